// Policies for tests: a document is written down by what matters to the test, the rest is filled
// in.
import { type CalendarDate, calendarDate } from '../../shared/core/calendar-date.ts';
import type {
  CoverageList,
  DiagnosisGroup,
  PolicyDocument,
  PolicyVersion,
} from '../../shared/core/policy.ts';
import { normalPolicy } from '../../shared/core/policy-normal-form.ts';

const contractor = 'Wellpoint Federal';
const words = (text: string): string[] => text.split(' ').filter(Boolean);

/**
 * A group of diagnoses for procedures, both by blanks: `group('covered', 'M5416 M5417', '62321
 * 62323')`.
 */
export const group = (
  list: CoverageList,
  codes: string,
  procedures: string,
  more: Partial<DiagnosisGroup> = {},
): DiagnosisGroup => ({
  list,
  group: '1',
  diagnoses: { codes: words(codes), ranges: [] },
  everythingElse: false,
  asterisked: [],
  procedures: words(procedures),
  mapping: 'prose',
  ...more,
});

/** What a test says of a document: dates as text, states by blanks. */
export type PolicyParts = Omit<Partial<PolicyDocument>, 'effective' | 'ends' | 'published'> & {
  readonly effective?: string;
  readonly ends?: string;
  readonly published?: string;
  /** One contractor's. */
  readonly states?: string;
  /** Procedures of group 1, by blanks; by default those of `groups`. */
  readonly procedures?: string;
};

/** A document, in normal form: `A1`, version 1, of medicare in CT, from 2025-01-01. */
export function policy(parts: PolicyParts = {}): PolicyDocument {
  const { effective, ends, published, states, procedures, ...rest } = parts;
  const groups = rest.groups ?? [];
  const ofGroups = groups.flatMap((one) => one.procedures);
  const named = procedures === undefined ? ofGroups : words(procedures);
  return normalPolicy({
    source: 'mcd',
    id: 'A1',
    kind: 'article',
    payer: 'medicare',
    version: '1',
    title: 'Billing and Coding: Injections',
    url: 'https://example.org/A1',
    ...(published === undefined ? {} : { published: calendarDate(published) }),
    effective: calendarDate(effective ?? '2025-01-01'),
    ...(ends === undefined ? {} : { ends: calendarDate(ends) }),
    jurisdictions: [{ contractor, states: ['CT'] }],
    procedureGroups: named.length > 0 ? [{ group: '1', codes: named, nonCovered: false }] : [],
    groups,
    revisions: [],
    related: [],
    texts: {},
    ...rest,
    ...(states === undefined ? {} : { jurisdictions: [{ contractor, states: words(states) }] }),
  });
}

/** A version of it as the edition of this number took it in. */
export const taken = (
  document: PolicyDocument,
  seq: number,
  firstSeen: CalendarDate = calendarDate('2025-06-01'),
): PolicyVersion => ({ ...document, edition: `mcd-${seq}`, seq, firstSeen });
