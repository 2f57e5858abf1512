// Who a token stands for: a tenant, and whether an operator too; from a fixed list, or as the tenant table has it.
import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import {
  type CallerOf,
  createCallerOf,
  createStoredCallerOf,
  createTenantOf,
  refuseUnlessOperator,
} from '../../functions/api/authenticate.ts';
import { localCallerOf } from '../../infra/local/session.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import type { ItemValue } from '../../shared/ports/item-store.ts';

/** What the way to authenticate makes of a header; the refusal's code instead, where it refuses. */
async function answerTo(callerOf: CallerOf, authorization?: string): Promise<unknown> {
  let answer: unknown;
  const app = new Hono().get('/', async (c) => {
    answer = await callerOf(c);
    return c.text('');
  });
  app.onError((error, c) => {
    answer = 'code' in error ? error.code : error;
    return c.text('');
  });
  await app.request('/', { ...(authorization !== undefined && { headers: { authorization } }) });
  return answer;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The table with one token, `secret`, whose item has these attributes. */
async function stored(attributes: Readonly<Record<string, ItemValue>>): Promise<CallerOf> {
  const items = createMemoryItemStore();
  // The key as docs/runbook.md writes it.
  await items.put({ pk: `TOKEN#${sha256('secret')}`, sk: 'tenant', ...attributes });
  return createStoredCallerOf(items);
}

describe('functions/api/authenticate.ts', () => {
  const clinic = { tenant: 'clinic', operator: false };
  const fixed = createCallerOf(new Map([['secret', clinic]]));

  test.each([
    ['Bearer secret', clinic],
    ['bearer   secret', clinic],
    ['Bearer secre', 'unauthorized'],
    ['Bearer secrets', 'unauthorized'],
    ['Basic secret', 'unauthorized'],
    ['secret', 'unauthorized'],
    [undefined, 'unauthorized'],
  ])('%s stands for %j', async (authorization, expected) => {
    expect(await answerTo(fixed, authorization)).toEqual(expected);
    expect(await answerTo(await stored({ tenant: 'clinic' }), authorization)).toEqual(expected);
  });

  test.each([
    [true, true],
    [false, false],
    [undefined, false],
    // Not what the runbook writes: nobody becomes an operator by a slip.
    ['true', false],
    ['false', false],
    [1, false],
    [null, false],
  ])('a stored token with operator %j is an operator’s: %j', async (attribute, operator) => {
    const callerOf = await stored({
      tenant: 'clinic',
      ...(attribute !== undefined && { operator: attribute }),
    });
    expect(await answerTo(callerOf, 'Bearer secret')).toEqual({ tenant: 'clinic', operator });
  });

  test('a stored item without a tenant is nobody’s, operator or not', async () => {
    expect(await answerTo(await stored({ operator: true }), 'Bearer secret')).toBe('unauthorized');
  });

  test('the token of this machine is an operator’s', async () => {
    const caller = await answerTo(localCallerOf('printed'), 'Bearer printed');
    expect(caller).toEqual({ tenant: 'local', operator: true });
    expect(await answerTo(localCallerOf('printed'), 'Bearer another')).toBe('unauthorized');
  });

  test('the tenant alone is the caller’s, and a refusal stays one', async () => {
    const tenantOf = createTenantOf(fixed);
    const callerOf: CallerOf = async (c) => ({ tenant: await tenantOf(c), operator: false });
    expect(await answerTo(callerOf, 'Bearer secret')).toEqual(clinic);
    expect(await answerTo(callerOf, 'Bearer other')).toBe('unauthorized');
  });

  test('only an operator is let through, and what was asked for is named', () => {
    expect(() => refuseUnlessOperator({ ...clinic, operator: true }, 'this')).not.toThrow();
    expect(() => refuseUnlessOperator(clinic, 'this')).toThrow(
      expect.objectContaining({ code: 'forbidden', message: expect.stringMatching(/^this needs/) }),
    );
  });
});
