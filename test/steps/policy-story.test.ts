// The two official editions of the Medicare Coverage Database joined with claims around every date in them: exactly the right
// ones are found, and told.
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Artifact, Claim, Template } from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { readPolicyLags } from '../../shared/operations/read-policy-lags.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { group, policy } from '../support/policies.ts';
import { type PolicyWorld, policyWorld } from '../support/policy-world.ts';
import { officialReference } from '../support/test-reference.ts';

/** A claim of one line, as words: id, procedure, diagnosis, date, state. */
function claimOf(words: string, more: Partial<Claim> = {}): Claim {
  const [id = '', procedure = '', diagnosis = '', date = '', state = ''] = words.split(' ');
  return {
    type: 'claim',
    id,
    codes: [{ system: 'icd10cm', code: diagnosis }],
    diagnoses: [{ system: 'icd10cm', code: diagnosis, role: 'principal' }],
    lines: [{ procedure, pointers: [1], dateOfService: calendarDate(date), billedCents: 30_000 }],
    claimFiling: 'MB',
    state,
    billedCents: 30_000,
    ...more,
  };
}

const both: Partial<Claim> = {
  codes: [
    { system: 'icd10cm', code: 'M5418' },
    { system: 'icd10cm', code: 'Z7901' },
  ],
  diagnoses: [
    { system: 'icd10cm', code: 'M5418', role: 'principal' },
    { system: 'icd10cm', code: 'Z7901', role: 'other' },
  ],
};

/** A58745 v21: M54.18 from 2026-04-01 in CT IL MA ME MN NH NY RI VT WI; published 2026-05-14. */
const epidural = [
  claimOf('ma-eve 62323 M5418 2026-03-31 MA'),
  claimOf('ma-first 62323 M5418 2026-04-01 MA'),
  claimOf('ny-later 64483 M5418 2026-07-09 NY'),
  claimOf('fl 62323 M5418 2026-04-01 FL'),
  claimOf('other-payer 62323 M5418 2026-04-01 MA', { claimFiling: 'CI' }),
  claimOf('noncovered-procedure 62322 M5418 2026-04-01 MA'),
  claimOf('other-procedure 99213 M5418 2026-04-01 MA'),
  claimOf('not-pointed-to 62323 M5418 2026-04-01 MA', {
    ...both,
    lines: [{ procedure: '62323', pointers: [2], dateOfService: calendarDate('2026-04-01') }],
  }),
  claimOf('by-name 62321 M5418 2026-04-02 CT', { claimFiling: 'ZZ', payer: 'medicare' }),
];

/** A58364 v42 (KY) and A58403 v29 (CA): M53.86 and M53.87 under an asterisk from 2026-10-01. */
const facet = [
  claimOf('ky-eve 64490 M5386 2026-09-30 KY'),
  claimOf('ky-first 64490 M5386 2026-10-01 KY'),
  claimOf('ca-first 64493 M5387 2026-10-01 CA'),
  claimOf('ny-first 64490 M5386 2026-10-01 NY'),
];

/** A57791 v12: M54.5 no longer listed from 2026-01-01. */
const stimulators = [
  claimOf('stim-eve 63650 M545 2025-12-31 CA'),
  claimOf('stim-first 63650 M545 2026-01-01 CA'),
  claimOf('stim-fl 63650 M545 2026-01-01 FL'),
];

const template: Template = {
  type: 'template',
  id: 'pain',
  name: 'Pain superbill',
  owner: 'Dana Whitfield, billing',
  codes: [{ system: 'icd10cm', code: 'M5418' }],
};

const tenants = ['spine', 'pain', 'elsewhere'] as const;

async function story(usesMax = 5_000) {
  const { codeTable } = await officialReference();
  const world = policyWorld({ codeTable, usesMax });
  for (const claim of [...epidural, ...facet, ...stimulators]) {
    await world.tenants.putArtifact('spine', claim);
  }
  await world.tenants.putArtifact('pain', template);
  await world.tenants.putArtifact('elsewhere', claimOf('fl 62323 M5418 2026-05-01 FL'));
  await world.arriveOfficially('2025-08-17');
  const [first] = await world.announce();
  return { world, first };
}

const lagsOf = (world: PolicyWorld, code: string, date: string) =>
  readPolicyLags(world, { code, date: calendarDate(date), limit: 10 });

describe.skipIf(!haveOfficialFiles)('the official policy editions, joined with claims', () => {
  it('hit exactly the claims they decide otherwise, however little one message may look at', async () => {
    for (const usesMax of [5_000, 1]) {
      const { world, first } = await story(usesMax);
      expect(first).toMatchObject({ changes: 0, tenants: 0 });
      await world.arriveOfficially('2026-09-06');
      const [second] = await world.announce();
      // A57206 was reviewed, A56681 is the very same: neither is among them.
      expect(second?.changes).toBe(4);
      const messages = await world.tell();
      expect(messages > 10).toBe(usesMax === 1);
      expect(await world.found(...tenants)).toEqual([
        'pain coverage-added M5418 62321+62323+64479+64480+64483+64484 A58745 pain open',
        'spine coverage-added M5386 64490 A58364 ky-first open',
        'spine coverage-added M5387 64493 A58403 ca-first open',
        'spine coverage-added M5418 62321 A58745 by-name open',
        'spine coverage-added M5418 62323 A58745 ma-first open',
        'spine coverage-added M5418 64483 A58745 ny-later open',
        'spine coverage-removed M545 63650 A57791 stim-first open',
      ]);
      const told = (await world.publish()).map(({ subject, attributes }) => ({
        tenant: attributes.tenant,
        severity: attributes.severity,
        kinds: attributes.kinds,
        payers: attributes.payers,
        subject,
      }));
      expect(told).toEqual([
        {
          tenant: 'pain',
          severity: 'low',
          kinds: ['coverage-added'],
          payers: ['medicare'],
          subject: 'Coverage: A58745 covers M54.18 since 1 April 2026 (1 template)',
        },
        {
          tenant: 'spine',
          severity: 'high',
          kinds: ['coverage-removed', 'coverage-added'],
          payers: ['medicare'],
          subject: 'Coverage: 4 policies changed (6 claims)',
        },
      ]);
    }
  }, 240_000);

  it('A57791 lags behind M54.5, which ended on 2021-10-01, until its next version', async () => {
    const { world } = await story();
    const { items } = await lagsOf(world, 'M54.5', '2025-08-17');
    expect(items).toMatchObject([
      {
        id: 'A57791',
        version: '11',
        // It became a category: it has codes below it.
        kind: 'expanded',
        since: '2021-10-01',
        stillListed: true,
        lists: [{ group: '1', taken: [], leftOut: ['M54.50', 'M54.51', 'M54.59'] }],
      },
    ]);
    await world.arriveOfficially('2026-09-06');
    await world.announce();
    expect((await lagsOf(world, 'M54.5', '2025-12-31')).items).toHaveLength(1);
    // A57206 listed the three new codes from the beginning, all of them.
    expect((await lagsOf(world, 'M54.5', '2026-01-01')).items).toEqual([]);
    const all = await readPolicyLags(world, { source: 'mcd', limit: 100 });
    // What is left: lists of version 21 and 34, as CMS's tables have them.
    expect(all.items.map(({ id, code, lists: [list] }) => [id, code, list?.leftOut])).toEqual([
      ['A58745', 'M48.06', ['M48.061']],
      ['A56681', 'M50.12', ['M50.120']],
      ['A58745', 'M50.12', ['M50.120']],
    ]);
  }, 240_000);

  it('which of the codes in place of M51.36 a list took, and which it left out', async () => {
    const { codeTable } = await officialReference();
    const world = policyWorld({ codeTable });
    const lists = (id: string, codes: string) =>
      policy({ id, effective: '2025-01-01', groups: [group('covered', codes, '62323')] });
    await world.arrive('2025-01-05', {
      documents: [
        lists('A1', 'M51360 M51361'),
        lists('A2', 'M5136'),
        lists('A3', 'M51360 M51361 M51362 M51369'),
        lists('A4', 'M5116'),
      ],
    });
    await world.announce();
    const { items } = await lagsOf(world, 'M51.36', '2025-01-05');
    expect(
      items.map(({ id, stillListed, since, lists: [list] }) => [id, stillListed, since, list]),
    ).toEqual([
      [
        'A1',
        false,
        '2024-10-01',
        {
          list: 'covered',
          group: '1',
          taken: ['M51.360', 'M51.361'],
          leftOut: ['M51.362', 'M51.369'],
        },
      ],
      [
        'A2',
        true,
        '2024-10-01',
        {
          list: 'covered',
          group: '1',
          taken: [],
          leftOut: ['M51.360', 'M51.361', 'M51.362', 'M51.369'],
        },
      ],
    ]);
  }, 120_000);
});

const docs = new URL('../../docs/alerts/', import.meta.url);
const readDoc = (name: string): string => readFileSync(new URL(name, docs), 'utf8');
const schema = z.fromJSONSchema(JSON.parse(readDoc('alert.schema.json')));

const superbill: Template = { ...template, id: 'facets', name: 'Facet joints', codes: [] };

/** What a clinic has stored, and is told of the edition of September 2026. */
const mailed: Readonly<Record<string, readonly Artifact[]>> = {
  'A58745-2026-04-01': [
    template,
    claimOf('1 62323 M5418 2026-04-02 MA'),
    claimOf('2 62323 M5418 2026-06-11 MA'),
    claimOf('3 64483 M5418 2026-08-20 NH'),
  ],
  'A58364-A58403-2026-10-01': [
    { ...superbill, codes: [{ system: 'icd10cm', code: 'M5386' }] },
    claimOf('1 64490 M5386 2026-08-20 KY'),
  ],
  'A57791-2026-01-01': [
    claimOf('1 63650 M545 2026-01-15 CA'),
    claimOf('2 63685 M545 2026-02-12 CA'),
  ],
};

describe.skipIf(!haveOfficialFiles)('docs/alerts, on policies', () => {
  for (const [name, artifacts] of Object.entries(mailed)) {
    it(`the e-mail of ${name} is what the code writes, and its JSON follows the schema`, async () => {
      const world = policyWorld({ codeTable: (await officialReference()).codeTable });
      for (const artifact of artifacts) await world.tenants.putArtifact('riverside', artifact);
      await world.arriveOfficially('2025-08-17');
      await world.arriveOfficially('2026-09-06');
      await world.announce();
      await world.tell();
      const [publication] = await world.publish();
      const { subject = '', bodies = { email: '', default: '', https: '' } } = publication ?? {};
      const written = `Subject: ${subject}\n\n${bodies.email}`;
      if (process.env.UPDATE_DOCS) writeFileSync(new URL(`${name}.txt`, docs), written);
      expect(written).toBe(readDoc(`${name}.txt`));
      expect(schema.safeParse(JSON.parse(bodies.default)).error).toBeUndefined();
      expect(bodies.https).toBe(bodies.default);
      expect(subject).toMatch(/^[\x20-\x7e]{1,100}$/);
    }, 60_000);
  }
});
