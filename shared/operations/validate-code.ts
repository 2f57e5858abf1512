// Validates a code on a date of service: may it be used, is the title right, and what is the matter if not.
import type { CalendarDate } from '../core/calendar-date.ts';
import { type CodeSystemId, codeSystems } from '../core/code-system.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { CodeTable } from '../ports/code-table.ts';
import { type Lookup, lookUpCode } from './look-up-code.ts';

/** What to validate; `date` is today when absent. */
export type ValidateRequest = {
  readonly system: CodeSystemId;
  /** In any spelling. */
  readonly code: string;
  readonly date?: CalendarDate;
  /** A title to hold against those of the date; case and blanks do not matter. */
  readonly display?: string;
  /** True: a category will do. */
  readonly abstract?: boolean;
};

/** What can be the matter: a status that makes the code unusable, or a title that is not the code's. */
export type ValidationIssue = {
  readonly kind: Exclude<Lookup['status'], 'billable'> | 'wrong-display';
  /** For people: what, where, and what to do. */
  readonly message: string;
};

/** The answer. */
export type Validation = {
  readonly result: boolean;
  /** Why not; empty when `result` is true. */
  readonly issues: readonly ValidationIssue[];
  /** The long title on the date (see {@link Lookup}); null of an unknown code. */
  readonly display: string | null;
  /** Everything known of the code on the date: replacements, children, near misses. */
  readonly lookup: Lookup;
};

/** Validates; nothing is thrown for a code or date without an answer. */
export async function validateCode(
  ports: { readonly codeTable: CodeTable; readonly catalogue?: Catalogue; readonly clock: Clock },
  request: ValidateRequest,
): Promise<Validation> {
  const { system, code, display, abstract = false } = request;
  const date = request.date ?? today(ports.clock);
  const lookup = await lookUpCode(ports, { system, code, date });
  const issues: ValidationIssue[] = [];
  const status = statusIssue(lookup, abstract);
  if (status) issues.push(status);
  if (display !== undefined && !isTitle(lookup, display)) {
    issues.push({ kind: 'wrong-display', message: wrongDisplay(lookup, display) });
  }
  return {
    result: issues.length === 0,
    issues,
    display: lookup.title?.long ?? null,
    lookup,
  };
}

/** Codes a message names at most. */
const namedMax = 10;

/** What keeps a code from being used on its date, in a sentence; undefined when nothing does. */
export function statusIssue(lookup: Lookup, abstract: boolean): ValidationIssue | undefined {
  const { code, date, status } = lookup;
  if (status === 'billable' || (status === 'header' && abstract)) return undefined;
  const { title } = codeSystems[lookup.system];
  const instead = named(lookup.replacedBy.map((one) => one.code));
  const from = lookup.effective?.from;
  const messages: Record<ValidationIssue['kind'], string> = {
    header: `${code} is a category of ${title} on ${date}, not a billable code${useText(lookup)}`,
    ended: `${code} ended in ${title} on ${from}${instead && `; in its place on ${date}: ${instead}`}`,
    future: `${code} is not valid in ${title} before ${from}; the date asked for is ${date}`,
    unknown: `${code} is in no release of ${title}${meantText(lookup)}`,
    'outside-horizon': `no release of ${title} covers ${date}`,
    'wrong-display': '',
  };
  return { kind: status, message: messages[status] };
}

function useText({ children, replacedBy }: Lookup): string {
  const codes = children && children.length > 0 ? children : replacedBy;
  return codes.length > 0 ? `; use one of ${named(codes.map((one) => one.code))}` : '';
}

function meantText({ nearMisses }: Lookup): string {
  const codes = (nearMisses ?? []).map((one) => one.code);
  return codes.length > 0 ? `; did you mean ${named(codes)}?` : '';
}

function named(codes: readonly string[]): string {
  const more = codes.length > namedMax ? ', …' : '';
  return `${codes.slice(0, namedMax).join(', ')}${more}`;
}

/** True when the text is the code's short or long title of the date; nothing can be held against an unknown code. */
function isTitle({ title }: Lookup, display: string): boolean {
  if (!title) return true;
  const given = bare(display);
  return given === bare(title.long) || given === bare(title.short);
}

const bare = (text: string): string => text.trim().replace(/\s+/gu, ' ').toLowerCase();

function wrongDisplay({ code, date, title }: Lookup, display: string): string {
  const shown = display.length > 120 ? `${display.slice(0, 120)}…` : display;
  return `"${shown}" is not the title of ${code} on ${date}; that is "${title?.long}"`;
}
