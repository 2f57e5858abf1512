// The input of a pull, checked: the schedule's, or what an operator types.
import * as z from 'zod';

/** Which feeds to pull; all when none is named. */
export type PullRequest = { readonly feeds?: readonly string[] };

const request: z.ZodType<PullRequest> = z.object({
  feeds: z.array(z.string().min(1)).min(1).exactOptional(),
});

/** The request in an event; throws a ZodError that names the fields when it is none. */
export function parsePullRequest(event: unknown): PullRequest {
  return request.parse(event ?? {});
}
