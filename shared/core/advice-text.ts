// The adviser's answer in words, as one coder says it to another: what is wrong with the code, what the record must state,
// and what it comes to.
import type { AdviceAxis } from './advice-axes.ts';
import { axisText, choiceText, stated, stemOf } from './advice-demand.ts';
import type { TitledCode } from './advice-peel.ts';
import { type CalendarDate, fiscalYearOf } from './calendar-date.ts';
import { countOf, dayText, listOf } from './wording.ts';

/** Why there is something to say: see `Advice` in operations/advise.ts. */
export const adviceReasons = [
  'category',
  'divided',
  'ended',
  'future',
  'unspecified',
  'specific',
  'unknown',
  'outside-horizon',
] as const;

/** One of {@link adviceReasons}. */
export type AdviceReason = (typeof adviceReasons)[number];

/** What is told. Codes as officially written. */
export type AdviceFacts = {
  readonly code: string;
  readonly title: string | null;
  readonly date: CalendarDate;
  readonly reason: AdviceReason;
  /** First day of what the code is on the date: of a future code when it begins. */
  readonly since: CalendarDate | null;
  /** What a divided or ended code became, a future one takes over from, an unknown one may be meant as. */
  readonly linked: readonly string[];
  readonly codes: readonly (TitledCode & { readonly includes?: readonly string[] })[];
  readonly axes: readonly AdviceAxis[];
};

/** Codes named with what the tabular list puts under them at most. */
const namedMax = 16;

/** Codes as a list; of many only how many. */
const codesText = (codes: readonly string[]): string =>
  codes.length > linkedMax ? countOf(codes.length, 'code') : listOf(codes);

const linkedMax = 8;

/** What it comes to when the record does not say. */
function openText({ axes, codes, code, reason }: AdviceFacts): readonly string[] {
  if (reason === 'unspecified') return [`Where the record says no more, ${code} stands.`];
  const open = axes.flatMap(({ options }) => options.filter((option) => option.whenNotStated));
  if (open.length === 0) return [];
  if (axes.length > 1)
    return ['Where the record does not say, the codes for “unspecified” remain.'];
  const named = open.map((option) => {
    const stem = stemOf(option, codes);
    return stem === undefined ? option.text : `${stem} (${option.text})`;
  });
  return [`If it states none of these, the code is ${choiceText(named)}.`];
}

const isOther = (text: string): boolean => /\bother\b/.test(text);

/** How the official guidelines (section I.A.9) tell `other` from `unspecified`. */
function otherText({ axes }: AdviceFacts): readonly string[] {
  const other = axes.some((axis) => stated(axis).some(({ text }) => isOther(text)));
  return other
    ? ['“Other” is for what the record names but no code does (Official Guidelines, I.A.9.a).']
    : [];
}

const includesText = ({ codes }: AdviceFacts): readonly string[] =>
  codes.length > namedMax
    ? []
    : codes.flatMap(({ code, includes = [] }) =>
        includes.length > 0
          ? [`${code} includes, by the tabular list: ${includes.join('; ')}.`]
          : [],
      );

/** What is the matter with the code itself. */
function leadText({ code, title, date, reason, since, linked, codes }: AdviceFacts): string {
  const name = title === null ? code : `${code} (${title})`;
  const day = dayText(date);
  const from = since === null ? '' : dayText(since);
  switch (reason) {
    case 'divided':
      return `${name} is no longer billable: on ${from} it became a category, divided into ${codesText(linked)}.`;
    case 'category':
      return `${name} is a category, never billable itself; ${countOf(codes.length, 'billable code')} stand${codes.length === 1 ? 's' : ''} under it on ${day}.`;
    case 'ended':
      return linked.length === 0
        ? `${name} ended on ${from}, and no code is named to take its place.`
        : `${name} ended on ${from}; ${codesText(linked)} ${linked.length === 1 ? 'takes' : 'take'} its place.`;
    case 'future':
      return `${name} is not valid before ${from}.`;
    case 'unspecified':
      return `${name} is billable on ${day}, but leaves open what ${countOf(codes.length, 'other code')} of FY${fiscalYearOf(date)} ${codes.length === 1 ? 'says' : 'say'}.`;
    case 'specific':
      return `${name} is billable on ${day}; no other code says more by its title.`;
    case 'unknown':
      return linked.length === 0
        ? `${name} is in no release.`
        : `${name} is in no release; perhaps ${codesText(linked)} is meant.`;
    case 'outside-horizon':
      return `Of ${code} on ${day} nothing can be said: no release taken in covers the date.`;
  }
}

/** The paragraphs: the matter, what the record must state, what remains. */
export function adviceText(facts: AdviceFacts): readonly string[] {
  const { axes, codes, reason } = facts;
  const lead = leadText(facts);
  const [only] = codes;
  if (!only) return [lead];
  if (reason === 'future') return [lead, `Until then: ${listOf(codes.map(named))}.`];
  if (codes.length === 1) return [lead, `If the record supports it: ${named(only)}.`];
  const [first] = axes;
  const asked =
    first && axes.length === 1
      ? [`The record must state ${axisText(first, [], codes, true)}.`]
      : [
          'The record must state:',
          ...axes.map(
            (axis, at) => `${at + 1}. ${axisText(axis, axes.slice(0, at), codes, false)}.`,
          ),
        ];
  return [lead, ...asked, ...openText(facts), ...otherText(facts), ...includesText(facts)];
}

const named = ({ code, title }: TitledCode): string => `${code} (${title})`;
