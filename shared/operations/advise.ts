// Advises on a code used on a date: the codes that would say more, and what the record must state to choose among them.
import { type AdviceAxis, adviceAxes } from '../core/advice-axes.ts';
import type { AxisId } from '../core/advice-lexicon.ts';
import type { TitledCode } from '../core/advice-peel.ts';
import { type AdviceReason, adviceText } from '../core/advice-text.ts';
import type { CalendarDate } from '../core/calendar-date.ts';
import { formatCode } from '../core/code-system.ts';
import type { ReleaseId } from '../core/release.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import type { Clock } from '../ports/clock.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { RuleBook } from '../ports/rule-book.ts';
import { offersFor } from './advice-offers.ts';
import { type LookupStatus, lookUpCode } from './look-up-code.ts';

/** A code that may be chosen, on the date. With the official dot. */
export type OfferedCode = {
  readonly code: string;
  /** The long title. */
  readonly title: string;
  /** Inclusion terms of the tabular list in force on the date; absent when that list is not at hand. */
  readonly includes?: readonly string[];
};

/** One thing the record must state. */
export type OfferedAxis = {
  readonly axis: AxisId;
  readonly question: string;
  /** Options of earlier axes under which alone it arises; empty when it concerns all codes, or no few of them. */
  readonly appliesTo: readonly string[];
  /** `whenNotStated`: for a record that does not say. Codes with the official dot, each in one option at most. */
  readonly options: readonly {
    readonly text: string;
    readonly whenNotStated: boolean;
    readonly codes: readonly string[];
  }[];
};

/**
 * The answer. `reason` tells why these codes are offered: those below a `category`; what a code `divided` (it was
 * billable once) or `ended` became; what holds until a `future` code does; what says more than an `unspecified` one.
 * A `specific`, `unknown` or `outside-horizon` code is offered nothing.
 */
export type Advice = {
  readonly system: 'icd10cm';
  readonly code: string;
  readonly date: CalendarDate;
  readonly status: LookupStatus;
  readonly reason: AdviceReason;
  /** The long title. */
  readonly title: string | null;
  readonly release: ReleaseId | null;
  readonly provisional: boolean;
  /** Any two codes are in different options of at least one axis. */
  readonly axes: readonly OfferedAxis[];
  readonly codes: readonly OfferedCode[];
  /** The same in words, a paragraph each. */
  readonly text: readonly string[];
};

/** What is asked; `date` is today when absent. Any spelling of the code. */
export type AdviceRequest = { readonly code: string; readonly date?: CalendarDate };

const system = 'icd10cm';

/** A reference with its catalogue, and the clock. */
type Ports = {
  readonly codeTable: CodeTable;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly ruleBook?: RuleBook;
};

/** Advises on an ICD-10-CM code. Needs a catalogue: what stands beside a code is nowhere else to be read. */
export async function advise(ports: Ports, request: AdviceRequest): Promise<Advice> {
  const lookup = await lookUpCode(ports, { system, ...request });
  const { reason, offer, linked } = await offersFor(ports.catalogue, lookup);
  const axes = adviceAxes(offer.codes, offer.headings, offer.top).map(writtenAxis);
  const offered = offer.codes.map((one) => withIncludes(ports.ruleBook, lookup.date, one));
  const { code, date, status, title, release, provisional } = lookup;
  const long = title?.long ?? null;
  const since = lookup.effective?.from ?? null;
  const facts = { code, title: long, date, reason, since, linked, codes: offered, axes };
  return {
    system,
    code,
    date,
    status,
    reason,
    title: long,
    release,
    provisional,
    axes: axes.map(({ axis, question, appliesTo, options }) => ({
      axis,
      question,
      appliesTo,
      options,
    })),
    codes: offered,
    text: adviceText(facts),
  };
}

const written = (code: string): string => formatCode(system, code);

const writtenAxis = (axis: AdviceAxis): AdviceAxis => ({
  ...axis,
  options: axis.options.map((option) => ({ ...option, codes: option.codes.map(written) })),
});

function withIncludes(
  book: RuleBook | undefined,
  date: CalendarDate,
  { code, title }: TitledCode,
): OfferedCode {
  const tabular = book?.tabularOn(date);
  const notes = tabular?.exact ? tabular.notesOf(code) : undefined;
  const includes = notes
    ?.filter(({ node, note }) => note.kind === 'inclusionTerm' && node.at.from === code)
    .map(({ note }) => note.text);
  return { code: written(code), title, ...(includes && { includes }) };
}
