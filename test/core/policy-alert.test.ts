// The alert on an edition of policies, as far as it says whom a policy is for.
import { describe, expect, it } from 'vitest';
import { alertText } from '../../shared/core/alert-wording.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { emptyTally } from '../../shared/core/impact-tally.ts';
import { buildPolicyAlert, policyTallyName } from '../../shared/core/policy-alert.ts';
import { diffPolicy } from '../../shared/core/policy-diff.ts';
import { group, type PolicyParts, policy } from '../support/policies.ts';

/** The alert of a clinic with one claim for what the policy covers no longer. */
function alertOn(parts: PolicyParts) {
  const before = { version: '1', groups: [group('covered', 'M5416 M5417', '62323')], ...parts };
  const after = {
    ...{ version: '2', effective: '2026-01-01', groups: [group('covered', 'M5417', '62323')] },
    ...parts,
  };
  const seen = { edition: 'acme-2', seq: 2, firstSeen: calendarDate('2026-01-05') };
  const change = diffPolicy(policy(before), policy(after), seen);
  if (!change) throw new Error('nothing changed');
  const key = { kind: 'coverage-removed', conditional: false, unlisted: false, change } as const;
  const counted = {
    ...{ templates: [], templatesMore: 0, templatesTotal: 0 },
    claims: { count: 1, billedCents: 10_000 },
  };
  const frame = { id: 'a1', tenant: 'clinic', release: 'acme-2', seq: 2, createdAt: '2026-01-05' };
  const hit = {
    tally: { ...emptyTally, claims: 1, codes: { [policyTallyName(key)]: counted } },
    changes: [change],
  };
  const alert = buildPolicyAlert(frame, hit, { titleOf: () => 'Acme Health' });
  if (!alert) throw new Error('nothing was hit');
  return { alert, text: alertText(alert, 'https://codewatch.example').replace(/\s+/g, ' ') };
}

describe('shared/core/policy-alert.ts', () => {
  it('names the plan a policy is limited to, in what is sent and in the e-mail', () => {
    const { alert, text } = alertOn({ plan: 'Gold PPO' });
    expect(alert.policies).toMatchObject([{ plan: 'Gold PPO' }]);
    expect(text).toContain('(Billing and Coding: Injections, plan Gold PPO) no longer covers');
    expect(text).toContain('Acme Health, plan Gold PPO, in CT');
  });

  it('names none of a policy for all plans', () => {
    const { alert, text } = alertOn({});
    expect(Object.keys(alert.policies?.[0] ?? {})).not.toContain('plan');
    expect(text).toContain('Acme Health, in CT');
  });
});
