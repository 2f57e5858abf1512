// Puts a document of the Medicare Coverage Database together from its parts, however they came: dates read, HTML made plain
// text, groups of diagnoses mapped to procedures.
import type { CalendarDate } from '../core/calendar-date.ts';
import type {
  CoverageList,
  DiagnosisGroup,
  Jurisdiction,
  PolicyDocument,
  PolicyRevision,
  ProcedureGroup,
} from '../core/policy.ts';
import { normalPolicy } from '../core/policy-normal-form.ts';
import type { FindingList } from '../formats/finding-list.ts';
import { htmlText } from '../formats/html-text.ts';
import { diagnosisSet, procedureCodes } from './mcd-codes.ts';
import { readMcdDate } from './mcd-date.ts';
import type { McdContractor, McdGroup, McdParts } from './mcd-parts.ts';
import { mapProcedures } from './mcd-prose.ts';
import { footnoteIn, nonCoveredSentence, quoteOf, sentencesOf } from './mcd-sentences.ts';

/** The id people know a document by: as given, else letter and number. */
export const mcdDisplayId = ({
  kind,
  number,
  displayId,
}: Pick<McdParts, 'kind' | 'number' | 'displayId'>): string =>
  /^[A-Z]{1,3}\d+$/.test(displayId) ? displayId : `${kind === 'lcd' ? 'L' : 'A'}${number}`;

/** The page for people of a version of a document. */
export const mcdUrl = ({
  kind,
  number,
  version,
}: Pick<McdParts, 'kind' | 'number' | 'version'>): string =>
  `https://www.cms.gov/medicare-coverage-database/view/${kind}.aspx?${kind}id=${number}&ver=${version}`;

/** Says what is wrong with a document: where and in which list. */
type Say = (code: string, severity: 'error' | 'warning' | 'info', message: string) => void;

/** A day, undefined when there is none; what is nonsense is said and none. */
function dayOf(written: string, what: string, say: Say): CalendarDate | undefined {
  const read = readMcdDate(written);
  if (read.kind === 'day') return read.day;
  if (read.kind === 'nonsense') sayNonsense(written, what, say);
  return undefined;
}

function sayNonsense(written: string, what: string, say: Say): void {
  const message = `Its ${what} is no date: ${JSON.stringify(written.slice(0, 40))}.`;
  say('mcd-date', 'warning', message);
}

/** The days a document applies; undefined, with the reason, when one of the dates that decide is none, or they are reversed. */
function daysOf(
  parts: McdParts,
  ended: CalendarDate | undefined,
  say: Say,
): { effective: CalendarDate; ends?: CalendarDate } | undefined {
  const deciding = [...parts.effective, ...parts.ends];
  const odd = deciding.filter((written) => readMcdDate(written).kind === 'nonsense');
  for (const written of odd) sayNonsense(written, 'effective or end date', say);
  if (odd.length > 0) return undefined;
  const [effective] = parts.effective.flatMap((written) => dayOf(written, '', say) ?? []);
  if (effective === undefined) {
    const message = 'It has no effective date and is left as it was known. See its page.';
    say('mcd-no-effective-date', 'warning', message);
    return undefined;
  }
  const days = [...parts.ends.flatMap((written) => dayOf(written, '', say) ?? []), ended];
  const [ends] = days.filter((day) => day !== undefined).sort();
  if (ends !== undefined && ends < effective) {
    const message = `It ends on ${ends}, before its first day, ${effective}, and is left as it was known. See its page.`;
    say('mcd-dates-reversed', 'warning', message);
    return undefined;
  }
  return { effective, ...(ends === undefined ? {} : { ends }) };
}

function procedureGroup(group: McdGroup, say: Say): ProcedureGroup {
  const paragraph = htmlText(group.paragraph);
  const nonCovered = nonCoveredSentence(paragraph);
  const quote = quoteOf(nonCovered ?? sentencesOf(paragraph)[0]);
  return {
    group: group.group,
    codes: procedureCodes(group, say),
    nonCovered: nonCovered !== undefined,
    ...(quote === undefined ? {} : { quote }),
  };
}

/** The group; undefined when it lists nothing: a paragraph alone is no list. */
function diagnosisGroup(
  list: CoverageList,
  group: McdGroup,
  procedureGroups: readonly ProcedureGroup[],
  say: Say,
): DiagnosisGroup | undefined {
  const { diagnoses, asterisked, hasXx000 } = diagnosisSet(group, say);
  // In a covered list it means that no code applies, which lists nothing.
  const everythingElse = hasXx000 && list === 'not-covered';
  const isEmpty = diagnoses.codes.length === 0 && diagnoses.ranges.length === 0;
  if (isEmpty && !everythingElse) return undefined;
  const paragraph = htmlText(group.paragraph);
  const footnote =
    asterisked.length > 0 ? htmlText(group.asterisk) || footnoteIn(paragraph) : undefined;
  return {
    list,
    group: group.group,
    diagnoses,
    everythingElse,
    asterisked,
    ...(footnote === undefined ? {} : { footnote }),
    ...mapProcedures({ group: group.group, paragraph }, procedureGroups),
  };
}

/** Contractors that are responsible for some state still, by name; when none is any more, all as they last were. */
function jurisdictionsOf(parts: McdParts): {
  jurisdictions: readonly Jurisdiction[];
  ended: CalendarDate | undefined;
} {
  const active = parts.contractors.filter((contractor) => contractor.ended === undefined);
  const counted = active.length > 0 ? active : parts.contractors;
  const ends = active.length > 0 ? [] : parts.contractors.map((contractor) => contractor.ended);
  const limits = new Set(parts.primaryStates);
  const byName = new Map<string, Set<string>>();
  for (const { name, states } of limitedTo(counted, limits)) {
    const known = byName.get(name) ?? new Set<string>();
    byName.set(name, known);
    for (const state of states) known.add(state);
  }
  const jurisdictions = [...byName].map(([contractor, states]) => ({
    contractor,
    states: [...states],
  }));
  return {
    jurisdictions,
    ended: ends
      .filter((day) => day !== undefined)
      .sort()
      .at(-1),
  };
}

/** Only where the document says it applies; as it is when it says nothing, or names states of none of its contractors. */
function limitedTo(
  contractors: readonly McdContractor[],
  limits: ReadonlySet<string>,
): readonly McdContractor[] {
  if (limits.size === 0) return contractors;
  const within = contractors
    .map((one) => ({ ...one, states: one.states.filter((state) => limits.has(state)) }))
    .filter((one) => one.states.length > 0);
  return within.length > 0 ? within : contractors;
}

function revisionsOf(parts: McdParts, say: Say): readonly PolicyRevision[] {
  return parts.revisions.map(({ number, date, text }) => {
    const day = dayOf(date, `revision ${number}'s date`, say);
    return { number, ...(day === undefined ? {} : { date: day }), text: htmlText(text) };
  });
}

function textsOf(parts: McdParts): Readonly<Record<string, string>> {
  const paragraphs = (name: string, groups: readonly McdGroup[]): (readonly [string, string])[] =>
    groups.map((group) => [`${name}-${group.group}`, group.paragraph]);
  const named: (readonly [string, string])[] = [
    ...Object.entries(parts.texts),
    ...paragraphs('procedures', parts.procedures),
    ...paragraphs('covered', parts.covered),
    ...paragraphs('not-covered', parts.notCovered),
  ];
  return Object.fromEntries(
    named.map(([name, html]) => [name, htmlText(html)] as const).filter(([, text]) => text !== ''),
  );
}

/**
 * The document in normal form; undefined, with a finding, when it has no contractor (`mcd-no-contractor`), no effective date
 * (`mcd-no-effective-date`), an end before it (`mcd-dates-reversed`), or one of the dates that decide is none (`mcd-date`):
 * nothing can be decided by it. Other findings, all warnings: `mcd-date` for dates that do not decide, `mcd-range`,
 * `mcd-no-states`. `where` is put before the document's id.
 */
export function assembleMcdDocument(
  parts: McdParts,
  report: { readonly where: string; readonly list: FindingList },
): PolicyDocument | undefined {
  const id = mcdDisplayId(parts);
  const say: Say = (code, severity, message) =>
    report.list.add(code, severity, `${report.where} ${id} version ${parts.version}`, message);
  if (parts.contractors.length === 0) {
    const message = 'It has no contractor, so where it applies is not known; it is left as it was.';
    say('mcd-no-contractor', 'warning', message);
    return undefined;
  }
  const { jurisdictions, ended } = jurisdictionsOf(parts);
  const days = daysOf(parts, ended, say);
  if (!days) return undefined;
  const published = dayOf(parts.published, 'publication date', say);
  const everywhere = jurisdictions.filter(({ states }) => states.length === 0);
  for (const { contractor } of everywhere) {
    const message = `Its contractor ${contractor} has no state now: it counts everywhere.`;
    say('mcd-no-states', 'warning', message);
  }
  const procedureGroups = parts.procedures
    .map((group) => procedureGroup(group, say))
    .filter((group) => group.codes.length > 0);
  const groupsOf = (list: CoverageList, groups: readonly McdGroup[]): readonly DiagnosisGroup[] =>
    groups
      .map((group) => diagnosisGroup(list, group, procedureGroups, say))
      .filter((group) => group !== undefined);
  return normalPolicy({
    source: 'mcd',
    id,
    kind: parts.kind,
    payer: 'medicare',
    version: parts.version,
    title: htmlText(parts.title).replaceAll('\n', ' '),
    url: mcdUrl(parts),
    ...(published === undefined ? {} : { published }),
    ...days,
    jurisdictions,
    procedureGroups,
    groups: [...groupsOf('covered', parts.covered), ...groupsOf('not-covered', parts.notCovered)],
    revisions: revisionsOf(parts, say),
    related: parts.related,
    texts: textsOf(parts),
  });
}
