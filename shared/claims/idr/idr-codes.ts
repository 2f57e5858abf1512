// The codes of a claim of the IDR: its rows of CLM_PROD, each a diagnosis of a kind or a procedure, with its place among them.
import type { DiagnosisRole } from '../../core/artifact.ts';
import type { JoinRow } from '../../ports/table-join.ts';
import { addDiagnosis, addProcedure, type ClaimParts, warnAt } from '../claim-parts.ts';
import { codeColumns } from './idr-columns.ts';

/** One row. */
type CodeRow = {
  readonly line: number;
  readonly kind: string;
  readonly place: number;
  readonly system: 'icd10' | 'icd9';
  readonly diagnosis: string;
  readonly procedure: string;
};

const at = (name: (typeof codeColumns)[number]): number => codeColumns.indexOf(name);

function codeRow({ line, cells }: JoinRow): CodeRow {
  const cell = (name: (typeof codeColumns)[number]): string =>
    (cells[at(name)] ?? '').replace(/^~$/, '');
  return {
    line,
    kind: cell('CLM_PROD_TYPE_CD').toUpperCase(),
    place: Number(cell('CLM_VAL_SQNC_NUM')) || 0,
    system: cell('CLM_DGNS_PRCDR_ICD_IND') === '9' ? 'icd9' : 'icd10',
    diagnosis: cell('CLM_DGNS_CD'),
    procedure: cell('CLM_PRCDR_CD'),
  };
}

/**
 * CLM_PROD_TYPE_CD, in the order the claim gets them; the second list holds the kinds that name a code of it again, as the
 * principal diagnosis is also the first of all and `1` also the first external cause.
 */
const kinds: readonly (readonly [string, DiagnosisRole, string?])[] = [
  ['P', 'principal'],
  ['D', 'other', 'P'],
  ['A', 'admitting'],
  ['R', 'reason-for-visit'],
  ['1', 'external-cause'],
  ['E', 'external-cause', '1'],
];

/** Rows of a kind without the first that repeats a code of `named`. */
function withoutRepeat(rows: readonly CodeRow[], named: readonly CodeRow[]): readonly CodeRow[] {
  const code = named[0]?.diagnosis;
  const repeat = rows.findIndex(({ diagnosis }) => diagnosis === code);
  return rows.filter((_, index) => index !== repeat);
}

function takeProcedure(parts: ClaimParts, { line, system, procedure }: CodeRow): void {
  const where = `CLM_PROD line ${line}, CLM_PRCDR_CD`;
  if (system === 'icd10') addProcedure(parts, where, procedure);
  else {
    const message = 'ICD-9-CM procedure codes are not kept; left out';
    warnAt(parts.warnings, where, 'unsupported', message);
  }
}

/** Takes the codes of a claim. Without one that is called principal, the first of all is. */
export function takeCodes(parts: ClaimParts, given: readonly JoinRow[]): void {
  const rows = given.map(codeRow).toSorted((a, b) => a.place - b.place || a.line - b.line);
  const of = (kind: string): readonly CodeRow[] =>
    rows.filter((row) => row.kind === kind && row.diagnosis !== '');
  const hasPrincipal = of('P').length > 0;
  for (const [kind, role, named] of kinds) {
    const ofKind = named === undefined ? of(kind) : withoutRepeat(of(kind), of(named));
    for (const [index, { line, system, diagnosis }] of ofKind.entries()) {
      const isFirst = kind === 'D' && index === 0 && !hasPrincipal;
      const where = `CLM_PROD line ${line}, CLM_DGNS_CD`;
      const named9 = system === 'icd9' ? 'icd9cm' : 'icd10cm';
      addDiagnosis(parts, where, named9, diagnosis, isFirst ? 'principal' : role);
    }
  }
  for (const row of rows) if (row.procedure !== '') takeProcedure(parts, row);
}
