// First part of ingest: the archived files of a candidate → parsed rows and everything there is to check them against.
import { createHash } from 'node:crypto';
import type { Addenda } from '../core/addenda.ts';
import { undoAddenda } from '../core/addenda.ts';
import type { Candidate, CandidateFile } from '../core/candidate.ts';
import type { CodesFileRow } from '../core/gate.ts';
import { hcpcsRelease } from '../core/hcpcs.ts';
import { listCodes } from '../core/list-codes.ts';
import type {
  Conversion,
  QualityFinding,
  ReleaseContent,
  Row,
  SourceRole,
} from '../core/release.ts';
import { parseAddenda } from '../formats/addenda.ts';
import { parseCodesFile } from '../formats/codes-file.ts';
import { parseConversionTable } from '../formats/conversion-table.ts';
import { parseHcpcsFile } from '../formats/hcpcs-file.ts';
import { looksLikeHtml } from '../formats/looks-like-html.ts';
import { parseOrderFile } from '../formats/order-file.ts';
import { openZip, type ZipContents } from '../formats/zip.ts';
import type { Archive } from '../ports/archive.ts';

/** A candidate as read: `content` has no rows when there was nothing to read them from. */
export type ReadCandidate = {
  readonly content: ReleaseContent;
  readonly codesFile: readonly CodesFileRow[] | undefined;
  readonly addenda: Addenda | undefined;
  readonly secondSource: readonly Row[] | undefined;
  readonly findings: readonly QualityFinding[];
};

type Bytes = { readonly bytes: Uint8Array; readonly where: string; readonly name: string };

const error = (code: string, where: string, message: string): QualityFinding => ({
  code,
  severity: 'error',
  where,
  message,
});

/** Reads the files of a role and hands each to its parser. */
type Reader = <T>(role: SourceRole, parse: (file: Bytes) => T | Promise<T>) => Promise<T[]>;

/** The bytes of a candidate's files, out of their zips where they are in one; each zip is opened once. */
function fileReader(archive: Archive, findings: QualityFinding[]) {
  const zips = new Map<string, ZipContents>();
  const openOnce = async (file: CandidateFile): Promise<ZipContents> => {
    const open = zips.get(file.sha256);
    if (open) return open;
    const zip = await openZip(await archive.read(file.sha256), { where: file.url });
    findings.push(...zip.findings);
    zips.set(file.sha256, zip);
    return zip;
  };
  const readLoose = async (file: CandidateFile): Promise<Bytes | undefined> => {
    const bytes = await archive.read(file.sha256);
    const name = decodeURIComponent(file.url.split('/').at(-1) ?? file.url);
    if (!looksLikeHtml(bytes)) return { bytes, where: file.url, name };
    const message = 'The server sent a web page instead of the file.';
    findings.push(error('html-instead-of-file', file.url, message));
    return undefined;
  };
  const readMember = async (file: CandidateFile, member: string): Promise<Bytes | undefined> => {
    const where = `${file.url}#${member}`;
    const zip = await openOnce(file);
    if (!zip.entries.some((entry) => entry.name === member)) {
      findings.push(error('member-missing', where, `The zip has no member ${member}.`));
      return undefined;
    }
    const read = await zip.read(member);
    findings.push(...read.findings);
    return { bytes: read.bytes, where, name: member };
  };
  return (file: CandidateFile): Promise<Bytes | undefined> =>
    file.member === undefined ? readLoose(file) : readMember(file, file.member);
}

function reader(archive: Archive, candidate: Candidate, findings: QualityFinding[]): Reader {
  const readFile = fileReader(archive, findings);
  return async (role, parse) => {
    const results = [];
    for (const file of candidate.files.filter((each) => each.role === role)) {
      const bytes = await readFile(file);
      if (bytes) results.push(await parse(bytes));
    }
    return results;
  };
}

/** Two publishers' files are mostly the same bytes; their hash is kept for that, not the 14 MB. */
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Undoes the addenda of an update to get back the release it updated, checked against the addenda's own counts. */
function reconstruct(
  candidate: Candidate,
  rows: readonly Row[],
  addenda: Addenda | undefined,
  findings: QualityFinding[],
): readonly Row[] {
  const where = 'reconstruction';
  if (!addenda?.base) {
    findings.push(error('reconstruct-addenda', where, 'There are no addenda to undo.'));
    return [];
  }
  const undone = undoAddenda(candidate.system, rows, addenda);
  const billable = undone.rows.filter((row) => row.billable).length;
  const headers = undone.rows.length - billable;
  const { base } = addenda;
  const fits = base.codes === billable && (base.headers === null || base.headers === headers);
  if (undone.misfits.length > 0 || !fits) {
    const codes = listCodes(undone.misfits.map((misfit) => misfit.code));
    findings.push(
      error(
        'reconstruct-counts',
        where,
        `Undoing the addenda gives ${billable} codes and ${headers} headers, not ${base.codes} and ${base.headers}; misfits: ${codes || 'none'}.`,
      ),
    );
  }
  return undone.rows;
}

/** A HCPCS candidate: one file, taken as it stands on the candidate's day. */
async function readHcpcs(
  read: Reader,
  { feed, system, effective }: Candidate,
  findings: QualityFinding[],
): Promise<ReadCandidate> {
  const [file] = await read('hcpcs', ({ bytes, name, where }) =>
    parseHcpcsFile(bytes, { name, where }),
  );
  if (file) findings.push(...file.findings);
  else findings.push(error('hcpcs-file-missing', feed, 'No HCPCS file could be read.'));
  const content = file
    ? hcpcsRelease(file.codes, effective)
    : { system, effective, rows: [], conversions: [] };
  return { content, codesFile: undefined, addenda: undefined, secondSource: undefined, findings };
}

/** Reads and parses every file of a candidate. Bad input is findings; only an unreachable archive throws. */
export async function readCandidate(
  archive: Archive,
  candidate: Candidate,
): Promise<ReadCandidate> {
  const { system, effective } = candidate;
  const findings: QualityFinding[] = [...candidate.findings];
  const read = reader(archive, candidate, findings);
  if (candidate.files.some(({ role }) => role === 'hcpcs'))
    return readHcpcs(read, candidate, findings);
  const take = <T extends { findings: readonly QualityFinding[] }>(parsed: T): T => {
    findings.push(...parsed.findings);
    return parsed;
  };
  let orderHash = '';
  const [order] = await read('order', ({ bytes, where }) => {
    orderHash = hashOf(bytes);
    return take(parseOrderFile(bytes, { system, where }));
  });
  if (!order)
    findings.push(error('order-file-missing', candidate.feed, 'No order file could be read.'));
  const [codes] = await read('codes', ({ bytes, where }) =>
    take(parseCodesFile(bytes, { system, where })),
  );
  const [addenda] = await read('addenda', ({ bytes, where }) =>
    take(parseAddenda(bytes, { system, where })),
  );
  const tables = await read('conversion', (file) =>
    parseConversionTable(file.bytes, { system, name: file.name, where: file.where }).then(take),
  );
  const [second] = await read('second-source', ({ bytes, where }) =>
    hashOf(bytes) === orderHash ? order : take(parseOrderFile(bytes, { system, where })),
  );
  const rows = candidate.reconstruct
    ? reconstruct(candidate, order?.rows ?? [], addenda?.addenda, findings)
    : (order?.rows ?? []);
  const conversions: readonly Conversion[] = tables.flatMap((table) => table.conversions);
  return {
    content: { system, effective, rows, conversions },
    codesFile: candidate.reconstruct ? undefined : codes?.codes,
    addenda: candidate.reconstruct ? undefined : addenda?.addenda,
    secondSource: candidate.reconstruct ? undefined : second?.rows,
    findings,
  };
}
