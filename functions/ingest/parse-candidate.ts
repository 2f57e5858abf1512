// The message from pull to ingest, checked: what is not a candidate is a broken invariant and ends as a dead letter.
import * as z from 'zod';
import { type CalendarDate, parseCalendarDate } from '../../shared/core/calendar-date.ts';
import type { Candidate } from '../../shared/core/candidate.ts';
import { codeSystemIds } from '../../shared/core/code-system.ts';
import type { SourceRole } from '../../shared/core/release.ts';

const date = z.custom<CalendarDate>(
  (value) => typeof value === 'string' && parseCalendarDate(value) !== undefined,
  'not a calendar date (YYYY-MM-DD)',
);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'not a lower-case sha256');
// An object, not a list, so that the compiler misses a role that is left out.
const roles = {
  order: 'order',
  codes: 'codes',
  addenda: 'addenda',
  'codes-addenda': 'codes-addenda',
  conversion: 'conversion',
  archive: 'archive',
  'second-source': 'second-source',
  hcpcs: 'hcpcs',
} as const satisfies { readonly [role in SourceRole]: role };

const file = z.object({
  role: z.enum(roles),
  url: z.string().min(1),
  sha256,
  member: z.string().exactOptional(),
});

const finding = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  where: z.string(),
  message: z.string(),
});

const candidate: z.ZodType<Candidate> = z.object({
  id: z.string().min(1),
  feed: z.string().min(1),
  system: z.enum(codeSystemIds),
  effective: date,
  published: date,
  files: z.array(file).min(1),
  findings: z.array(finding),
  reconstruct: z.boolean().exactOptional(),
  approval: z.object({ by: z.string(), at: z.string(), reason: z.string() }).exactOptional(),
});

/** The candidate in a message body; throws a ZodError that names the fields when it is none. */
export function parseCandidate(body: unknown): Candidate {
  return candidate.parse(body);
}
