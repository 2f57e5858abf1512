// Policies: the list of documents, and what changed in them.
import type { CalendarDate } from '../core/calendar-date.ts';
import { formatCode, normalizeCode } from '../core/code-system.ts';
import { CodewatchError } from '../core/errors.ts';
import type { ReviewItem } from '../core/policy.ts';
import { cursorAfter, readChangeCursor } from '../core/policy-pages.ts';
import { normalizeProcedure } from '../core/procedure-code.ts';
import type { PolicyPage, PolicyTable } from '../ports/policy-table.ts';
import { findVersions } from './find-policy.ts';
import {
  type PolicySummary,
  policySummary,
  type WrittenPolicyChange,
  writtenPolicyChange,
} from './written-policy.ts';

type Ports = { readonly policies: PolicyTable };

/** Which documents; codes in any spelling. */
export type PolicyListRequest = {
  readonly source?: string;
  /** Naming this HCPCS or CPT code. */
  readonly procedure?: string;
  /** Listing this ICD-10-CM code. */
  readonly diagnosis?: string;
  readonly limit: number;
  readonly after?: string;
};

const invalid = (message: string): CodewatchError => new CodewatchError('invalid-request', message);

function spelled<T>(value: string | undefined, read: (text: string) => T | undefined, why: string) {
  if (value === undefined) return undefined;
  const normal = read(value);
  if (normal === undefined) throw invalid(why);
  return normal;
}

/**
 * The newest version of each document, by source and id. Throws `invalid-request` for what cannot be a code, and
 * `unavailable` when asked by diagnosis while no snapshot is open.
 */
export async function readPolicies(
  { policies }: Ports,
  request: PolicyListRequest,
): Promise<PolicyPage<PolicySummary>> {
  const { source, limit, after } = request;
  const procedure = spelled(
    request.procedure,
    normalizeProcedure,
    'procedure: not an HCPCS or CPT code (five characters, like 62323 or A9585)',
  );
  const diagnosis = spelled(
    request.diagnosis,
    (text) => normalizeCode('icd10cm', text),
    'diagnosis: not an ICD-10-CM code (like M54.50)',
  );
  const page = await policies.list({
    ...(source !== undefined && { source }),
    ...(procedure !== undefined && { procedure }),
    ...(diagnosis !== undefined && { diagnosis }),
    limit,
    ...(after !== undefined && { after }),
  });
  return { ...page, items: page.items.map(policySummary) };
}

/** Which changes. `since` is the day they were first seen, inclusive. */
export type PolicyChangesRequest = {
  readonly source?: string;
  readonly id?: string;
  readonly since?: CalendarDate;
  /** Only those that may decide claims otherwise. */
  readonly meaningfulOnly?: boolean;
  readonly limit: number;
  readonly after?: string;
};

/** A page of a feed: `next` goes on at once, `resume` once there is more; one of them is there, never both. */
export type PolicyFeedPage<T> = PolicyPage<T> & { readonly resume?: string };

/** The cursor before the first change. */
const start = 'start';

/** The id of a document of a source as the source has it. */
async function spelledId(
  policies: PolicyTable,
  { source, id }: Pick<PolicyChangesRequest, 'source' | 'id'>,
): Promise<{ readonly id?: string }> {
  if (source === undefined || id === undefined) return {};
  const [version] = await findVersions(policies, { source, id });
  return version ? { id: version.id } : {};
}

/** A page of changes, first seen first; the last one has the cursor to ask again with later, for what came since. */
export async function readPolicyChanges(
  { policies }: Ports,
  { after, ...filter }: PolicyChangesRequest,
): Promise<PolicyFeedPage<WrittenPolicyChange>> {
  const from = after === undefined || after === start ? {} : { after };
  const spelled = await spelledId(policies, filter);
  const { items, next } = await policies.changes({ ...filter, ...spelled, ...from });
  const written = items.map(writtenPolicyChange);
  if (next !== undefined) return { items: written, next };
  const resume = cursorAfter(readChangeCursor(from.after), items) ?? start;
  return { items: written, resume };
}

/** A page of bulletins that a person has to look at, newest first; codes as officially written. */
export async function readReviews(
  { policies }: Ports,
  request: { readonly limit: number; readonly after?: string },
): Promise<PolicyPage<ReviewItem>> {
  const page = await policies.reviews(request);
  const written = (review: ReviewItem): ReviewItem => ({
    ...review,
    codes: review.codes.map((code) => formatCode('icd10cm', code)),
  });
  return { ...page, items: page.items.map(written) };
}
