// Gets an official file for the tests: loose in the mirror, or a member of one of its zips by base name.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openZip } from '../../shared/formats/zip.ts';
import { cdcFolder, cmsFolder } from '../support/official-files.ts';

/** Where a file is: below CDC's ICD10CM folder or CMS's site; `member` is the base name inside a zip. */
export type OfficialFile = {
  readonly host: 'cdc' | 'cms';
  readonly path: string;
  readonly member?: RegExp;
};

/** The bytes of an official file; throws when the mirror does not have it or a zip has not exactly one such member. */
export async function officialBytes({ host, path, member }: OfficialFile): Promise<Uint8Array> {
  const bytes = readFileSync(resolve(host === 'cdc' ? cdcFolder : cmsFolder, path));
  if (!member) return bytes;
  const zip = await openZip(bytes, { where: path });
  const found = zip.entries.filter(({ basename }) => member.test(basename));
  const [entry, more] = found;
  if (zip.findings.length > 0 || !entry || more)
    throw new Error(`${path}: ${found.length} members fit ${member}`);
  const read = await zip.read(entry.name);
  if (read.findings.length > 0) throw new Error(JSON.stringify(read.findings));
  return read.bytes;
}
