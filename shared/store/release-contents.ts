// The normal form of releases in the archive: what is diffed, verified and published, so that the table is never
// scanned. One JSON line with everything but the rows, then a line a row in tabular order; gzip.
import { gunzipSync, gzipSync } from 'node:zlib';
import type { ReleaseContent, Row } from '../core/release.ts';
import type { Archive } from '../ports/archive.ts';

/** Normal forms by hash, the last kept in memory: a release is read again when the next one arrives. */
export type ReleaseContents = {
  read(sha256: string): Promise<ReleaseContent>;
  /** Answers the sha256 it is archived under. */
  keep(content: ReleaseContent): Promise<string>;
};

const formVersion = 1;

/** Tab and line feed cannot occur in an order file that passed its parser; a broken invariant if they do. */
function encode(content: ReleaseContent): Uint8Array {
  const { system, effective, rows, conversions, ends } = content;
  const head = { form: formVersion, system, effective, conversions, ...(ends && { ends }) };
  const lines = [JSON.stringify(head)];
  for (const row of rows) {
    lines.push(`${row.code}\t${row.billable ? 1 : 0}\t${row.short}\t${row.long}`);
  }
  return gzipSync(lines.join('\n'), { level: 4 });
}

function decode(bytes: Uint8Array): ReleaseContent {
  const text = gunzipSync(bytes).toString('utf8');
  const end = text.indexOf('\n');
  const head = JSON.parse(end < 0 ? text : text.slice(0, end));
  if (head.form !== formVersion) throw new Error(`normal form ${head.form}, not ${formVersion}`);
  const rows: Row[] = [];
  const lines = end < 0 ? [] : text.slice(end + 1).split('\n');
  for (const line of lines) {
    const [code = '', flag, short = '', long = ''] = line.split('\t');
    rows.push({ order: rows.length + 1, code, billable: flag === '1', short, long });
  }
  const { system, effective, conversions, ends } = head;
  return { system, effective, conversions, rows, ...(ends && { ends }) };
}

/** One normal form, without keeping it. Throws `archive-missing`. */
export const readReleaseContent = async (
  archive: Pick<Archive, 'readNormalForm'>,
  sha256: string,
): Promise<ReleaseContent> => decode(await archive.readNormalForm(sha256));

/** Normal forms over an archive, at most `keep` of them in memory. */
export function createReleaseContents(archive: Archive, keep = 1): ReleaseContents {
  const recent = new Map<string, ReleaseContent>();
  const remember = (sha256: string, content: ReleaseContent): void => {
    recent.delete(sha256);
    recent.set(sha256, content);
    for (const oldest of recent.keys()) {
      if (recent.size <= keep) break;
      recent.delete(oldest);
    }
  };
  return {
    async read(sha256) {
      const content = recent.get(sha256) ?? (await readReleaseContent(archive, sha256));
      remember(sha256, content);
      return content;
    },
    async keep(content) {
      const sha256 = await archive.keepNormalForm(encode(content));
      remember(sha256, content);
      return sha256;
    },
  };
}
