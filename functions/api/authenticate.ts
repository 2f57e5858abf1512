// Who asks: a bearer token stands for one tenant. Comparison takes the same time however much of a token is right.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { CodewatchError } from '../../shared/core/errors.ts';

/** Answers the tenant a request speaks for; throws `unauthorized`. */
export type TenantOf = (c: Context) => string;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Authenticates by a fixed list of tokens, each with its tenant. */
export function createTenantOf(tenantByToken: ReadonlyMap<string, string>): TenantOf {
  const known = [...tenantByToken].map(([token, tenant]) => ({ digest: digest(token), tenant }));
  return (c) => {
    const header = c.req.header('authorization') ?? '';
    const token = /^Bearer +([\x21-\x7e]+)$/i.exec(header)?.[1];
    if (token === undefined) {
      throw new CodewatchError(
        'unauthorized',
        'this route needs the header Authorization: Bearer <token>',
      );
    }
    const given = digest(token);
    // Every entry is compared, so that time tells nothing about which one matched.
    const matches = known.filter((one) => timingSafeEqual(one.digest, given));
    const tenant = matches[0]?.tenant;
    if (tenant === undefined)
      throw new CodewatchError('unauthorized', 'the bearer token is not known');
    return tenant;
  };
}
