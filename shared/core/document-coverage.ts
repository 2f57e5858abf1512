// What one policy says of a procedure and a diagnosis, group by group, each with the words it says
// it in.
import { type Grade, isUnclear, listedGrade } from './listed-grade.ts';
import type { CoverageList, DiagnosisGroup, MappingCertainty, PolicyDocument } from './policy.ts';

/**
 * `covered`, `not-covered`: listed so. `conditional`: under a condition, or not surely.
 * `not-listed`: diagnoses are listed for the procedure, this one not among them. `no-policy`:
 * nobody names the procedure.
 */
export type CoverageVerdict =
  | 'covered'
  | 'not-covered'
  | 'conditional'
  | 'not-listed'
  | 'no-policy';

/** A procedure (HCPCS or CPT, upper case) and a diagnosis (ICD-10-CM, normal form). */
export type CoveragePair = { readonly procedure: string; readonly diagnosis: string };

/** What makes a document answer as it does. */
export type CoverageCause =
  | 'listed'
  | 'asterisk'
  | 'requires'
  | 'prior-authorization'
  | 'unclear-mapping'
  | 'everything-else'
  | 'procedure-non-covered'
  | 'not-listed'
  | 'no-diagnoses';

/** What one group of one document says. */
export type GroupSays = {
  readonly answer: Exclude<CoverageVerdict, 'no-policy'>;
  readonly cause: CoverageCause;
  readonly list: CoverageList;
  /** Of diagnoses; for the causes `procedure-non-covered` and `no-diagnoses` of procedures. */
  readonly group: string;
  readonly mapping: MappingCertainty;
  readonly quote?: string;
  /** The condition of an asterisk, where the document gives one. */
  readonly footnote?: string;
};

/**
 * Groups of diagnoses for the procedure; one for none by name is, unsurely, for any the document
 * names.
 */
export const groupsFor = (document: PolicyDocument, procedure: string): DiagnosisGroup[] =>
  document.groups.filter(
    ({ procedures }) => procedures.length === 0 || procedures.includes(procedure),
  );

const namesProcedure = (document: PolicyDocument, procedure: string): boolean =>
  document.procedureGroups.some(({ codes }) => codes.includes(procedure)) ||
  document.groups.some(({ procedures }) => procedures.includes(procedure));

/** True when some list of the document that is for the procedure has the diagnosis. */
export const listsPair = (
  document: PolicyDocument,
  { procedure, diagnosis }: CoveragePair,
): boolean =>
  namesProcedure(document, procedure) &&
  groupsFor(document, procedure).some((group) => listedGrade(group, diagnosis) !== undefined);

/** What makes a group answer as it does for a code it lists so. */
function causeOf({ list }: DiagnosisGroup, grade: Grade): CoverageCause {
  if (list === 'requires' || list === 'prior-authorization') return list;
  if (grade === 'unclear') return 'unclear-mapping';
  return grade === 'asterisk' ? 'asterisk' : 'listed';
}

const said = (
  group: DiagnosisGroup,
  answer: GroupSays['answer'],
  cause: CoverageCause,
): GroupSays => ({
  answer,
  cause,
  list: group.list,
  group: group.group,
  mapping: isUnclear(group) ? 'unclear' : group.mapping,
  ...(group.quote === undefined ? {} : { quote: group.quote }),
  ...(cause === 'asterisk' && group.footnote !== undefined ? { footnote: group.footnote } : {}),
});

/** What a group says of a diagnosis it lists; nothing of others. */
function saidOfListed(group: DiagnosisGroup, diagnosis: string): GroupSays[] {
  const grade = listedGrade(group, diagnosis);
  if (!grade) return [];
  const cause = causeOf(group, grade);
  const plain = group.list === 'not-covered' ? 'not-covered' : 'covered';
  return [said(group, cause === 'listed' ? plain : 'conditional', cause)];
}

/** What `XX000` says of a diagnosis that no other list of the document names for the procedure. */
const saidOfEverythingElse = (group: DiagnosisGroup): GroupSays =>
  isUnclear(group)
    ? said(group, 'conditional', 'unclear-mapping')
    : said(group, 'not-covered', 'everything-else');

/** What the groups of procedures say of the procedure alone. */
function saidOfProcedure(
  document: PolicyDocument,
  procedure: string,
  wanted: 'non-covered' | 'any',
) {
  const groups = document.procedureGroups.filter(
    ({ codes, nonCovered }) => codes.includes(procedure) && (wanted === 'any' || nonCovered),
  );
  return groups.map(
    ({ group, quote }): GroupSays => ({
      answer: wanted === 'any' ? 'conditional' : 'not-covered',
      cause: wanted === 'any' ? 'no-diagnoses' : 'procedure-non-covered',
      list: wanted === 'any' ? 'covered' : 'not-covered',
      group,
      mapping: 'explicit',
      ...(quote === undefined ? {} : { quote }),
    }),
  );
}

/** What a document that names the procedure says of a diagnosis that none of its lists for it has. */
export function saidOfUnlisted(document: PolicyDocument, procedure: string): GroupSays[] {
  const groups = groupsFor(document, procedure);
  const rest = groups.filter(({ everythingElse }) => everythingElse);
  if (rest.length > 0) return rest.map(saidOfEverythingElse);
  const lists = groups.filter(
    ({ diagnoses }) => diagnoses.codes.length + diagnoses.ranges.length > 0,
  );
  const covered = lists.filter(({ list }) => list === 'covered');
  const asked = covered.length > 0 ? covered : lists;
  const first = asked.find((group) => !isUnclear(group)) ?? asked[0];
  if (first) return [said(first, isUnclear(first) ? 'conditional' : 'not-listed', 'not-listed')];
  const [empty] = groups;
  const named = saidOfProcedure(document, procedure, 'any').slice(0, 1);
  return named.length > 0 || !empty ? named : [said(empty, 'conditional', 'no-diagnoses')];
}

/**
 * What each group of a document says of a procedure and a diagnosis; empty when the document does
 * not name the procedure. A group that lists the diagnosis speaks first, then `XX000` (of what no
 * list that may pay names), then that it is not among those listed. A procedure said to be
 * non-covered is so whatever a group of unclear mapping lists.
 */
export function documentSays(
  document: PolicyDocument,
  { procedure, diagnosis }: CoveragePair,
): GroupSays[] {
  if (!namesProcedure(document, procedure)) return [];
  const groups = groupsFor(document, procedure);
  const listed = groups.flatMap((group) => saidOfListed(group, diagnosis));
  const nonCovered = saidOfProcedure(document, procedure, 'non-covered');
  if (nonCovered.length > 0) {
    return [...nonCovered, ...listed.filter(({ mapping }) => mapping !== 'unclear')];
  }
  return listed.length > 0 ? listed : saidOfUnlisted(document, procedure);
}

/** True when the document only names the procedure: it decides nothing by diagnosis. */
export const isMute = (says: readonly GroupSays[]): boolean =>
  says.every(({ cause }) => cause === 'no-diagnoses');

/** What the groups of one document come to. */
export function verdictOf(says: readonly GroupSays[]): CoverageVerdict {
  const answers = new Set(says.map(({ answer }) => answer));
  const [only] = answers;
  if (answers.size < 2) return only ?? 'no-policy';
  if (!answers.has('covered') || answers.has('not-covered')) return 'conditional';
  // Listed without condition for the procedure; what another group asks for all the same still has
  // to be met.
  const asks = says.some(({ cause }) => cause === 'requires' || cause === 'prior-authorization');
  return asks ? 'conditional' : 'covered';
}
