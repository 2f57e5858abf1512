// Writes small X12 files for the tests, in any separators, and reads them back in any pieces.

import type { IntakeRecord } from '../../../shared/claims/intake-record.ts';
import { readX12Claims } from '../../../shared/claims/x12/read-x12-claims.ts';
import type { Claim } from '../../../shared/core/artifact.ts';

/** Characters that part a file. */
export type Separators = {
  readonly element: string;
  readonly component: string;
  readonly terminator: string;
  /** What follows every terminator: nothing, LF, CR LF. */
  readonly lineEnd: string;
};

/** As most files have them. */
export const usual: Separators = { element: '*', component: ':', terminator: '~', lineEnd: '\n' };

// ISA11 says how elements are repeated, or U that nothing is.
const isa = ({ element, component, terminator }: Separators): string =>
  [
    'ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       ',
    `*251001*1200*${`${element}${component}${terminator}`.includes('^') ? 'U' : '^'}`,
    '*00501*000000001*0*P*:',
  ].join('');

/** Segments written with `*` and `:` in the separators asked for, without envelope. */
export const x12Text = (segments: readonly string[], separators: Separators = usual): string =>
  segments
    .map((segment) => segment.replaceAll(':', '\u0000').replaceAll('*', separators.element))
    .map((segment) => segment.replaceAll('\u0000', separators.component))
    .map((segment) => segment + separators.terminator + separators.lineEnd)
    .join('');

/** An interchange with one group of `transactions`, each the segments between ST and SE. */
export function x12File(
  transactions: readonly (readonly string[])[],
  version: string,
  separators: Separators = usual,
): string {
  const body = transactions.flatMap((segments, i) => {
    const control = String(i + 1).padStart(4, '0');
    const count = segments.length + 2;
    return [`ST*837*${control}*${version}`, ...segments, `SE*${count}*${control}`];
  });
  return x12Text(
    [
      isa(separators),
      `GS*HC*SENDER*RECEIVER*20251001*1200*1*X*${version}`,
      ...body,
      `GE*${transactions.length}*1`,
      'IEA*1*000000001',
    ],
    separators,
  );
}

/** A billing provider in Maryland with a taxonomy code (loop 2000A). */
export const provider: readonly string[] = [
  'HL*1**20*1',
  'PRV*BI*PXC*207Q00000X',
  'NM1*85*2*CLINIC*****XX*1234567893',
  'N3*1 MAIN STREET',
  'N4*BALTIMORE*MD*21201',
];

/** A subscriber who is the patient, born 1980-05-01, female, insured by payer 87726 (loop 2000B). */
export const subscriber = (hl = 2): readonly string[] => [
  `HL*${hl}*1*22*0`,
  'SBR*P*18*******CI',
  'NM1*IL*1*DOE*JANE****MI*MEMBER12345',
  'N3*99 ELM STREET',
  'N4*RICHMOND*VA*23220',
  'DMG*D8*19800501*F',
  'NM1*PR*2*UNITED*****PI*87726',
];

/** A professional file of one transaction: provider, subscriber, then the given segments. */
export const professional = (...segments: readonly string[]): string =>
  x12File([[...provider, ...subscriber(), ...segments]], '005010X222A1');

/** The same as an institutional file. */
export const institutional = (...segments: readonly string[]): string =>
  x12File([[...provider, ...subscriber(), ...segments]], '005010X223A2');

/** All records of a file given in pieces of `size` bytes. */
export async function recordsOf(
  file: string | Uint8Array,
  size = Number.POSITIVE_INFINITY,
): Promise<readonly IntakeRecord[]> {
  const bytes = typeof file === 'string' ? Buffer.from(file, 'latin1') : file;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const records: IntakeRecord[] = [];
  for await (const record of readX12Claims(pieces())) records.push(record);
  return records;
}

/** The claims taken in. */
export async function claimsOf(file: string | Uint8Array): Promise<readonly Claim[]> {
  return (await recordsOf(file)).flatMap((record) =>
    record.kind === 'accepted' && record.artifact.type === 'claim' ? [record.artifact] : [],
  );
}

/** The only claim of a file; fails when there is not exactly one record, an accepted one. */
export async function onlyClaim(file: string): Promise<Claim> {
  const records = await recordsOf(file);
  const [record] = records;
  if (records.length === 1 && record?.kind === 'accepted' && record.artifact.type === 'claim') {
    return record.artifact;
  }
  throw new Error(`not one accepted claim: ${JSON.stringify(records)}`);
}

/** Places and codes of all warnings, such as `segment 15, HI01: code-malformed`. */
export async function warningsOf(file: string): Promise<readonly string[]> {
  return (await recordsOf(file)).flatMap((record) =>
    record.kind === 'accepted'
      ? (record.warnings ?? []).map(({ where, code }) => `${where}: ${code}`)
      : [],
  );
}
