// Claims and templates that come, change and go after policies changed: what is found of them, and what no longer holds.
import { describe, expect, it } from 'vitest';
import type { Claim, Template } from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { PolicyDocument } from '../../shared/core/policy.ts';
import type { TenantStore } from '../../shared/ports/tenant-store.ts';
import { assessTenantPolicies } from '../../shared/steps/assess-tenant-policies.ts';
import { createCurrentPolicies } from '../../shared/steps/current-policies.ts';
import { registerArtifact } from '../../shared/steps/register.ts';
import { removeArtifact } from '../../shared/steps/remove.ts';
import { group, policy } from '../support/policies.ts';
import { medicare, policyWorld } from '../support/policy-world.ts';

/** A claim of one line, as words: id, procedure, date, diagnoses it points to. */
function claimOf(words: string): Claim {
  const [id = '', procedure = '', date = '', ...diagnoses] = words.split(' ');
  return {
    type: 'claim',
    id,
    codes: diagnoses.map((code) => ({ system: 'icd10cm', code })),
    diagnoses: diagnoses.map((code) => ({ system: 'icd10cm', code, role: 'other' })),
    lines: [{ procedure, dateOfService: calendarDate(date) }],
    claimFiling: 'MB',
    state: 'CT',
    billedCents: 30_000,
  };
}

const covers = (id: string, version: string, codes: string, procedures = '62323'): PolicyDocument =>
  policy({
    ...{ id, version, states: 'CT', effective: `2025-0${version}-01` },
    groups: [group('covered', codes, procedures)],
  });
/** Held by every edition: without any there would be none. */
const always = covers('A0', '1', 'M5416', '99999');

/** A world in which editions of these documents were collected, week by week, before anything was stored. */
async function worldOf(...weeks: readonly (readonly PolicyDocument[])[]) {
  const world = policyWorld();
  for (const [at, documents] of weeks.entries()) {
    await world.arrive(`2025-06-0${at + 1}`, { documents: [always, ...documents] });
    await world.announce();
    await world.tell();
  }
  return world;
}

/** M54.18 and M54.16 were listed; the second edition's version takes M54.18 away from 2025-03-01 on. */
const shrunk = () => worldOf([covers('A1', '1', 'M5416 M5418')], [covers('A1', '3', 'M5416')]);

describe('shared/steps/register.ts, policies', () => {
  it('finds at once that a claim stored later is no longer covered, with the id assessing gives it', async () => {
    const world = await shrunk();
    const { findings } = await world.register('spine', claimOf('1 62323 2025-04-01 M5418'));
    expect(findings).toMatchObject([
      {
        kind: 'coverage-removed',
        code: 'M5418',
        effective: '2025-03-01',
        artifact: { type: 'claim', id: '1' },
        policy: { id: 'A1', version: '3', procedures: ['62323'], after: 'not-listed' },
      },
    ]);
    expect(findings[0]).not.toHaveProperty('seq');
    const earlier = await worldOf([covers('A1', '1', 'M5416 M5418')]);
    await earlier.register('spine', claimOf('1 62323 2025-04-01 M5418'));
    await earlier.arrive('2025-06-02', { documents: [always, covers('A1', '3', 'M5416')] });
    await earlier.announce();
    await earlier.tell();
    const { items } = await earlier.tenants.listFindings('spine', { limit: 10 });
    expect(items.map(({ id }) => id)).toEqual(findings.map(({ id }) => id));
  });

  it('finds nothing of dates, procedures, payers and states the change is not about', async () => {
    const world = await shrunk();
    for (const one of [
      claimOf('early 62323 2025-02-28 M5418'),
      claimOf('other 64483 2025-04-01 M5418'),
      { ...claimOf('payer 62323 2025-04-01 M5418'), claimFiling: 'CI' },
      { ...claimOf('state 62323 2025-04-01 M5418'), state: 'NY' },
    ]) {
      expect((await world.register('spine', one)).findings).toEqual([]);
    }
  });

  it('finds a claim whose procedure is written in lower case, as it comes and as it is assessed', async () => {
    const [old, now] = ['M5416 M5418', 'M5416'].map((codes, at) =>
      covers('A1', at === 0 ? '1' : '3', codes, '0213T'),
    );
    if (!old || !now) throw new Error('two documents');
    const one = claimOf('1 0213t 2025-04-01 M5418');
    const { findings } = await (await worldOf([old], [now])).register('spine', one);
    expect(findings).toMatchObject([{ policy: { id: 'A1', procedures: ['0213T'] } }]);
    const earlier = await worldOf([old]);
    await earlier.register('spine', one);
    await earlier.arrive('2025-06-02', { documents: [always, now] });
    await earlier.announce();
    await earlier.tell();
    expect(await earlier.found('spine')).toEqual(['spine coverage-removed M5418 0213T A1 1 open']);
  });

  it('is no news to a claim stored later that more is covered now', async () => {
    const world = await worldOf([covers('A1', '1', 'M5416')], [covers('A1', '3', 'M5416 M5418')]);
    const { findings } = await world.register('spine', claimOf('1 62323 2025-04-01 M5418'));
    expect(findings).toEqual([]);
  });

  it('closes what a replacement has put right, and opens it again when it is put back', async () => {
    const world = await shrunk();
    const wrong = claimOf('1 62323 2025-04-01 M5418');
    const { findings } = await world.register('spine', wrong);
    const right = await world.register('spine', claimOf('1 62323 2025-04-01 M5416'));
    expect(right).toMatchObject({ findings: [], closed: findings.map(({ id }) => id) });
    expect(await world.found('spine')).toEqual(['spine coverage-removed M5418 62323 A1 1 fixed']);
    await world.register('spine', wrong);
    expect(await world.found('spine')).toEqual(['spine coverage-removed M5418 62323 A1 1 open']);
  });

  it('keeps open that a claim may be paid now as long as it is so, whatever else of it changes', async () => {
    const world = await worldOf([covers('A1', '1', 'M5416')]);
    await world.register('spine', claimOf('1 62323 2025-04-01 M5418'));
    await world.arrive('2025-06-02', { documents: [always, covers('A1', '3', 'M5416 M5418')] });
    await world.announce();
    await world.tell();
    const open = 'spine coverage-added M5418 62323 A1 1 open';
    expect(await world.found('spine')).toEqual([open]);
    await world.register('spine', claimOf('1 62323 2025-04-02 M5418 I10'));
    expect(await world.found('spine')).toEqual([open]);
    await world.register('spine', claimOf('1 62323 2025-02-01 M5418'));
    expect(await world.found('spine')).toEqual([open.replace('open', 'fixed')]);
  });

  it('opens again what was found of a claim that is removed and stored again as it was', async () => {
    const world = await worldOf([covers('A1', '1', 'M5416')]);
    const claim = claimOf('1 62323 2025-04-01 M5418');
    await world.register('spine', claim);
    await world.arrive('2025-06-02', { documents: [always, covers('A1', '3', 'M5416 M5418')] });
    await world.announce();
    await world.tell();
    await world.remove('spine', claim);
    expect(await world.found('spine')).toEqual(['spine coverage-added M5418 62323 A1 1 fixed']);
    await world.register('spine', claim);
    expect(await world.found('spine')).toEqual(['spine coverage-added M5418 62323 A1 1 open']);
  });

  it('closes what was found of a claim that is removed', async () => {
    const world = await shrunk();
    const claim = claimOf('1 62323 2025-04-01 M5418');
    await world.register('spine', claim);
    expect(await world.remove('spine', claim)).toBe(true);
    expect(await world.found('spine')).toEqual(['spine coverage-removed M5418 62323 A1 1 fixed']);
  });

  it('closes what was found of a template that no longer has the diagnosis', async () => {
    const template = (code: string): Template => ({
      type: 'template',
      id: 't',
      codes: [{ system: 'icd10cm', code }],
    });
    const world = await worldOf([covers('A1', '1', 'M5416 M5418')]);
    await world.register('spine', template('M5418'));
    await world.arrive('2025-06-02', { documents: [always, covers('A1', '3', 'M5416')] });
    await world.announce();
    await world.tell();
    expect(await world.found('spine')).toEqual(['spine coverage-removed M5418 62323 A1 t open']);
    await world.register('spine', template('M5416'));
    expect(await world.found('spine')).toEqual(['spine coverage-removed M5418 62323 A1 t fixed']);
  });

  it('reads the snapshot as far as it is as new as the table', async () => {
    const world = await shrunk();
    const old = await worldOf([covers('A1', '1', 'M5416 M5418')]);
    const claim = claimOf('1 62323 2025-04-01 M5418');
    const registeredWith = async (policies: typeof world.policies) => {
      const reads: string[] = [];
      const counted = {
        ...policies,
        naming: (procedure: string) => {
          reads.push(procedure);
          return policies.naming(procedure);
        },
      };
      const readPolicies = createCurrentPolicies({
        policies: world.policies,
        reference: { now: () => ({ policies: counted }) },
        payers: [medicare],
      });
      const { findings } = await registerArtifact({ ...world, readPolicies }, 'spine', claim);
      return { reads, kinds: findings.map(({ kind }) => kind) };
    };
    const kinds = ['coverage-removed'];
    expect(await registeredWith({ ...world.policies })).toEqual({ reads: ['62323'], kinds });
    expect(await registeredWith(old.policies)).toEqual({ reads: [], kinds });
  });
});

describe('shared/steps/policy-hits.ts, while claims change', () => {
  /** An assessment under way does something the moment before it stores what it found. */
  async function assessWhile(
    meanwhile: (world: Awaited<ReturnType<typeof worldOf>>) => Promise<unknown>,
  ) {
    const world = await worldOf([covers('A1', '1', 'M5416 M5418')]);
    await world.register('spine', claimOf('1 62323 2025-04-01 M5418'));
    await world.arrive('2025-06-02', { documents: [always, covers('A1', '3', 'M5416')] });
    await world.announce();
    const [message] = world.assessTenantQueue.messages;
    let isDone = false;
    const tenants: TenantStore = {
      ...world.tenants,
      async addFindings(tenant, findings, isUntold) {
        if (!isDone) {
          isDone = true;
          await meanwhile(world);
        }
        return world.tenants.addFindings(tenant, findings, isUntold);
      },
    };
    const outcome = await assessTenantPolicies(
      { ...world, tenants },
      JSON.parse(message?.body ?? '{}'),
    );
    return { outcome, found: await world.found('spine') };
  }

  it('closes again what it found of a claim that was put right meanwhile, and does not count it', async () => {
    const { outcome, found } = await assessWhile((world) =>
      world.register('spine', claimOf('1 62323 2025-04-01 M5416')),
    );
    expect(found).toEqual(['spine coverage-removed M5418 62323 A1 1 fixed']);
    expect(outcome).toMatchObject({ hits: { claims: 0 }, alerts: [] });
  });

  it('closes again what it found of a claim that was removed meanwhile', async () => {
    const { outcome, found } = await assessWhile((world) =>
      removeArtifact(world, 'spine', 'claim', '1'),
    );
    expect(found).toEqual(['spine coverage-removed M5418 62323 A1 1 fixed']);
    expect(outcome).toMatchObject({ hits: { claims: 0 }, alerts: [] });
  });
});

describe('what a document does not list', () => {
  const listed = 'A9 covers 62323 for M54.16 alone';
  const isNew = covers('A9', '3', 'M5416');

  it(`hits by procedure the claims with other diagnoses: ${listed}`, async () => {
    const world = await worldOf([]);
    for (const words of [
      'listed 62323 2025-04-01 M5416',
      'unlisted 62323 2025-04-01 I10 E119',
      'supported 62323 2025-04-01 I10 M5416',
      'eve 62323 2025-02-28 I10',
      'other 64483 2025-04-01 I10',
    ]) {
      await world.register('spine', claimOf(words));
    }
    await world.arrive('2025-06-02', { documents: [always, isNew] });
    await world.announce();
    await world.tell();
    expect(await world.found('spine')).toEqual([
      // The line as a whole, by the first of its diagnoses.
      'spine coverage-removed I10 62323 A9 unlisted open',
    ]);
    const { items } = await world.tenants.listFindings('spine', { limit: 10, code: 'I10' });
    expect(items[0]?.policy).toMatchObject({
      ...{ unlisted: true, before: 'no-policy', after: 'not-listed', procedures: ['62323'] },
    });
    expect(items[0]?.policy).not.toHaveProperty('group');
    const [told] = await world.publish();
    expect(told?.bodies.email).toContain(
      'Not covered since 1 March 2025: what it does not list (the policy is new).\n  For 62323',
    );
    expect(told?.subject).toBe(
      'Coverage: A9 does not cover what it does not list since 1 March 2025 (1 claim)',
    );
  });

  it('hits them when a list that named the procedure without diagnoses begins to list some', async () => {
    const empty = policy({
      ...{ id: 'A9', version: '1', states: 'CT', procedures: '62323' },
    });
    const world = await worldOf([empty]);
    await world.register('spine', claimOf('1 62323 2025-04-01 I10'));
    await world.arrive('2025-06-02', { documents: [always, isNew] });
    await world.announce();
    await world.tell();
    expect(await world.found('spine')).toEqual(['spine coverage-removed I10 62323 A9 1 open']);
  });

  it('finds by HCPCS Level II codes alike, and a procedure said to be non-covered whatever the diagnosis', async () => {
    const of = (version: string, nonCovered: boolean) =>
      policy({
        ...{ id: 'A9', version, states: 'CT', effective: `2025-0${version}-01` },
        procedureGroups: [{ group: '2', codes: ['J1885', '62322'], nonCovered }],
      });
    const world = await worldOf([of('1', false)]);
    const drug = claimOf('drug J1885 2025-04-01 I10');
    await world.register('spine', {
      ...drug,
      codes: [...drug.codes, { system: 'hcpcs', code: 'J1885' }],
    });
    await world.register('spine', claimOf('cpt 62322 2025-04-01 I10'));
    await world.arrive('2025-06-02', { documents: [always, of('3', true)] });
    await world.announce();
    await world.tell();
    expect(await world.found('spine')).toEqual([
      'spine coverage-removed I10 62322 A9 cpt open',
      'spine coverage-removed I10 J1885 A9 drug open',
    ]);
  });

  it('closes them when a later version lists another diagnosis of the line', async () => {
    const world = await worldOf([], [isNew]);
    await world.register('spine', claimOf('1 62323 2025-06-01 I10 E119'));
    expect(await world.found('spine')).toEqual(['spine coverage-removed I10 62323 A9 1 open']);
    await world.arrive('2025-06-03', { documents: [always, covers('A9', '4', 'M5416 E119')] });
    await world.announce();
    await world.tell();
    expect(await world.found('spine')).toEqual([
      'spine coverage-added E119 62323 A9 1 open',
      'spine coverage-removed I10 62323 A9 1 fixed',
    ]);
  });
});
