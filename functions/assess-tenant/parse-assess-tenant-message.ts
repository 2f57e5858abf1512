// The messages to assess tenant, checked: what is none is a broken invariant and ends as a dead letter.
import * as z from 'zod';
import type {
  AssessTenantMessage,
  PartMessage,
  PolicyTenantMessage,
  TenantMessage,
} from '../../shared/steps/messages.ts';

const of = {
  tenant: z.string().min(1),
  release: z.string().min(1),
  seq: z.int().positive(),
};

const month = z.string().regex(/^(?:open|\d{4}-\d{2})$/);

// The part first: a tenant's message would take one too, and drop what tells it.
const part: z.ZodType<PartMessage> = z.object({
  ...of,
  month,
  step: z.int().nonnegative(),
});

const whole: z.ZodType<TenantMessage> = z.strictObject({
  ...of,
  used: z.record(z.string(), z.array(month)).exactOptional(),
});

const policies: z.ZodType<PolicyTenantMessage> = z.object({
  tenant: of.tenant,
  policies: z.object({ source: z.string().min(1), edition: z.string().min(1), seq: of.seq }),
  uses: z.array(z.string()).exactOptional(),
  step: z.int().positive().exactOptional(),
});

/** The message in a body; throws a ZodError that names the fields when it is none. */
export function parseAssessTenantMessage(body: unknown): AssessTenantMessage {
  return z.union([part, whole, policies]).parse(body);
}
