// What `codewatch intake` is given: files, standard input, and folders, which stand for the files in them. Files that only
// make claims together become one source.
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type IdrTableName, idrTableOf } from '../../shared/claims/idr/idr-tables.ts';
import { betweenFiles } from '../../shared/claims/idr/table-rows.ts';
import { UsageError } from './usage.ts';

/** One thing to take in; `size` in bytes where it is known. */
export type IntakeSource = {
  /** What it is called on the terminal: a path, or the paths of the tables in it. */
  readonly shown: string;
  readonly paths: readonly string[];
  readonly size?: number;
  /** The file a table stands in, by its name; for tables that were put together. */
  readonly tables?: ReadonlyMap<string, string>;
};

type Found = { readonly file: string; readonly size?: number; readonly table?: IdrTableName };

/** More than the longest header of the tables has. */
const headBytes = 16_384;

/** A usage error for a file that cannot be read, and why. */
export function cannotRead(file: string, error: unknown): UsageError {
  const why = error instanceof Error && 'code' in error ? error.code : error;
  return new UsageError(`${file} cannot be read (${why})`);
}

/** The table of CMS's repository that a file holds, by its first line. */
async function tableIn(file: string): Promise<IdrTableName | undefined> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const text = buffer.toString('latin1', 0, bytesRead).replace(/^\u00ef\u00bb\u00bf/, '');
    const [line = ''] = text.trimStart().split(/\r|\n/, 1);
    const cells = line.toUpperCase().split(/[,|\t;]/);
    return idrTableOf(cells.map((cell) => cell.replaceAll('"', '').trim()))?.name;
  } finally {
    await handle.close();
  }
}

async function filesOf(word: string): Promise<readonly Found[]> {
  if (word === '-') return [{ file: word }];
  try {
    const found = await stat(word);
    if (found.isDirectory()) return await filesIn(word);
    if (!found.isFile()) return [{ file: word }];
    const table = await tableIn(word);
    return [{ file: word, size: found.size, ...(table && { table }) }];
  } catch (error) {
    throw error instanceof UsageError ? error : cannotRead(word, error);
  }
}

/** The files of a folder in the order of their names; what begins with a dot, and folders in it, are passed over. */
async function filesIn(folder: string): Promise<readonly Found[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .toSorted();
  if (names.length === 0) throw new UsageError(`${folder} is a folder without files`);
  return (await Promise.all(names.map((name) => filesOf(join(folder, name))))).flat();
}

/** The sources of a command line, in its order; tables that belong together stand where the first of them is. */
export async function intakeSources(words: readonly string[]): Promise<readonly IntakeSource[]> {
  const found = (await Promise.all(words.map(filesOf))).flat();
  const related = found.filter(({ table }) => table !== undefined);
  const [first, ...others] = related;
  const single = ({ file, size }: Found): IntakeSource => ({
    shown: file === '-' ? 'standard input' : file,
    paths: [file],
    ...(size !== undefined && { size }),
  });
  if (!first || others.length === 0) return found.map(single);
  const together: IntakeSource = {
    shown: `${first.file} and ${others.length} more`,
    paths: related.map(({ file }) => file),
    size: related.reduce((sum, { size = 0 }) => sum + size, 0),
    tables: new Map(
      related.flatMap(({ table = '', file }) =>
        // A table in several files is told by its name: which of them is meant cannot be known.
        related.filter((one) => one.table === table).length > 1 ? [] : [[table, file]],
      ),
    ),
  };
  return found.flatMap((one) => {
    if (one === first) return [together];
    return one.table === undefined ? [single(one)] : [];
  });
}

/** The bytes of a source; tables stand one behind the other, a line with a mark between them. */
export async function* bytesOf({ paths }: IntakeSource): AsyncGenerator<Uint8Array> {
  for (const [index, path] of paths.entries()) {
    if (index > 0) yield Buffer.from(`\n${betweenFiles}\n`);
    yield* path === '-' ? process.stdin : createReadStream(path);
  }
}

/** Where a record stands: of tables that were put together, `CLM line 7` is line 7 of its file. */
export function placeIn({ tables }: IntakeSource, where: string): string {
  const [, table = '', rest = ''] = /^([A-Z_]+) (line .*)$/.exec(where) ?? [];
  const file = tables?.get(table);
  return file === undefined ? where : `${basename(file)} ${rest}`;
}
