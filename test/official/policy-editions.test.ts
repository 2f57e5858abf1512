// The two editions of the real export, one after the other: what changed, which claims it hits,
// what each answers, and which codes articles still list although they ended. Facts as read by hand
// from CMS's tables.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Claim } from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { Version } from '../../shared/core/change.ts';
import { coverageOf } from '../../shared/core/coverage.ts';
import type { Payer } from '../../shared/core/payer.ts';
import { isMeaningful } from '../../shared/core/policy.ts';
import { diffEdition } from '../../shared/core/policy-diff.ts';
import { claimHit } from '../../shared/core/policy-impact.ts';
import { expansionsTaken, lagOf, listedCodes, unknownCodes } from '../../shared/core/policy-lag.ts';
import { lookupsOf } from '../../shared/core/policy-lookup.ts';
import { policyInForce } from '../../shared/core/policy-timeline.ts';
import { visibleVersions } from '../../shared/core/timeline.ts';
import { readExports } from '../feeds/cms-mcd-export/read-export.ts';
import { haveOfficialFiles, mirrorFolder, officialFiles } from '../support/official-files.ts';
import { officialReference } from '../support/test-reference.ts';

const day = calendarDate;
const folder = 'downloads.cms.gov/medicare-coverage-database/downloads/exports';
const oldPath = resolve(officialFiles, 'policy/editions/2025-08/current_article.zip');
const newPath = resolve(mirrorFolder, folder, 'current_article.zip');

/** Both editions taken in, the old one first. */
async function takeInBoth() {
  const [old, now] = [
    await readExports(readFileSync(oldPath)),
    await readExports(readFileSync(newPath)),
  ];
  const seen = { complete: true, edition: 'mcd-1', seq: 1, firstSeen: day('2025-08-17') };
  const first = diffEdition(new Map(), old.documents, seen);
  const second = diffEdition(new Map(first.state.map((one) => [one.id, one])), now.documents, {
    complete: true,
    edition: 'mcd-2',
    seq: 2,
    firstSeen: day('2026-09-06'),
  });
  return { first, second, versions: [...first.versions, ...second.versions] };
}
const taken = haveOfficialFiles ? takeInBoth() : undefined;
const both = async () => (await taken) ?? Promise.reject(new Error('no official files'));

const facet = ['64490', '64491', '64493', '64494', '64633', '64634', '64635', '64636'];
const epidural = ['62321', '62323', '64479', '64480', '64483', '64484'];
const payers: readonly Payer[] = [
  { id: 'medicare', title: 'Medicare', names: [], claimFiling: ['MA', 'MB'] },
];

/** A claim for 62323 with M54.18. */
const injection = (state: string, date: string, more: Partial<Claim> = {}): Claim => ({
  type: 'claim',
  id: `${state} ${date}`,
  claimFiling: 'MB',
  state,
  codes: [{ system: 'icd10cm', code: 'M5418' }],
  diagnoses: [{ system: 'icd10cm', code: 'M5418', role: 'principal' }],
  dateOfService: day(date),
  lines: [{ procedure: '62323', pointers: [1] }],
  ...more,
});

describe.skipIf(!haveOfficialFiles)('the editions of 2025-08-17 and 2026-09-06', () => {
  it('tells six new documents first, then exactly what each article changed', async () => {
    const { first, second } = await both();
    expect(first.changes.map(({ kinds }) => kinds)).toEqual(Array(6).fill(['new']));
    const told = second.changes.map((change) => ({
      id: `${change.id} v${change.before} v${change.version}`,
      kinds: change.kinds,
      effective: change.effective,
      retroactive: change.retroactive,
      moves: change.moves.map(({ list, direction, codes, procedures }) => ({
        list,
        direction,
        codes,
        procedures,
      })),
    }));
    const added = (codes: string[], procedures: string[]) => [
      { list: 'covered', direction: 'added', codes, procedures },
    ];
    const stimulators = ['63650', '63655', '63663', '63664', '63685'];
    expect(told).toEqual([
      {
        id: 'A57206 v26 v33',
        kinds: ['review'],
        effective: '2026-10-01',
        retroactive: false,
        moves: [],
      },
      {
        id: 'A57791 v11 v12',
        kinds: ['codes'],
        effective: '2026-01-01',
        retroactive: true,
        moves: [
          { list: 'covered', direction: 'removed', codes: ['M545'], procedures: stimulators },
        ],
      },
      {
        id: 'A58364 v32 v42',
        kinds: ['codes'],
        effective: '2026-10-01',
        retroactive: false,
        moves: added(['M5386', 'M5387'], facet),
      },
      {
        id: 'A58403 v24 v29',
        kinds: ['codes'],
        effective: '2026-10-01',
        retroactive: false,
        moves: added(['M5386', 'M5387'], facet),
      },
      {
        id: 'A58745 v20 v21',
        kinds: ['codes'],
        effective: '2026-04-01',
        retroactive: true,
        moves: added(['M5418'], epidural),
      },
    ]);
  });

  it('hits claims for 62323 with M54.18 in a Wellpoint state from 2026-04-01 on, and none elsewhere', async () => {
    const { second, versions } = await both();
    const hits = (claim: Claim) =>
      second.changes.flatMap((change) => {
        const mine = versions.filter(({ id }) => id === change.id);
        return claimHit(change, mine, claim, payers) ? [change.id] : [];
      });
    for (const state of ['CT', 'IL', 'MA', 'ME', 'MN', 'NH', 'NY', 'RI', 'VT', 'WI']) {
      expect(hits(injection(state, '2026-04-01'))).toEqual(['A58745']);
      expect(hits(injection(state, '2026-03-31'))).toEqual([]);
    }
    for (const state of ['TX', 'OH', 'CA', 'FL']) {
      expect(hits(injection(state, '2026-05-01'))).toEqual([]);
    }
    expect(hits(injection('NY', '2026-05-01', { claimFiling: 'CI' }))).toEqual([]);
    const other = { lines: [{ procedure: '62322', pointers: [1] }] };
    expect(hits(injection('NY', '2026-05-01', other))).toEqual([]);
  });

  it('looks up uses of the moved codes only', async () => {
    const { second, versions } = await both();
    const codes = second.changes.filter(isMeaningful).flatMap((change) => {
      const mine = versions.filter(({ id }) => id === change.id);
      const { claims, templates } = lookupsOf(change, mine);
      // Lists gained and lost codes, nothing else: what they do not list is decided as before.
      expect(claims.procedures).toEqual([]);
      expect(templates).toEqual(claims);
      return claims.codes;
    });
    expect([...new Set(codes)].sort()).toEqual(['M5386', 'M5387', 'M5418', 'M545']);
  });

  it('answers by the version in force on the day', async () => {
    const { versions } = await both();
    const ids = [...new Set(versions.map(({ id }) => id))];
    const answer = (procedure: string, diagnosis: string, state: string, date: string) => {
      const inForce = ids
        .map((id) =>
          policyInForce(
            versions.filter((version) => version.id === id),
            day(date),
          ),
        )
        .filter((version) => version !== undefined);
      const { answer, policies } = coverageOf(inForce, { procedure, diagnosis, state });
      return [answer, ...policies.map(({ id, version }) => `${id} v${version}`)];
    };
    expect(answer('62323', 'M5418', 'NY', '2026-03-31')).toEqual(['not-listed', 'A58745 v20']);
    expect(answer('62323', 'M5418', 'NY', '2026-04-01')).toEqual(['covered', 'A58745 v21']);
    expect(answer('62322', 'M5418', 'NY', '2026-04-01')).toEqual(['not-covered', 'A58745 v21']);
    expect(answer('62323', 'Z0000', 'TX', '2026-04-01')).toEqual(['not-covered', 'A56681 v34']);
    expect(answer('64493', 'M5386', 'OH', '2026-09-30')).toEqual(['not-listed', 'A58364 v32']);
    expect(answer('64493', 'M5386', 'OH', '2026-10-01')).toEqual(['conditional', 'A58364 v42']);
    expect(answer('64493', 'M47816', 'OH', '2026-10-01')).toEqual(['covered', 'A58364 v42']);
    expect(answer('62323', 'M5418', 'FL', '2026-04-01')).toEqual(['no-policy']);
  });

  it('finds that A57791 still listed M54.5 after it ended on 2021-10-01', async () => {
    const { first, second } = await both();
    const { codeTable } = await officialReference();
    const timelines = new Map<string, readonly Version[]>();
    const load = async (code: string) => {
      if (!timelines.has(code)) {
        timelines.set(code, visibleVersions(await codeTable.versions('icd10cm', code)));
      }
      return timelines.get(code) ?? [];
    };
    for (const document of [...first.state, ...second.state]) {
      for (const code of listedCodes(document)) {
        for (const { replaces } of await load(code)) {
          for (const replaced of replaces) await load(replaced.code);
        }
      }
    }
    const timelineOf = (code: string) => timelines.get(code) ?? [];
    const lagging = (documents: typeof first.state, on: string) =>
      documents.flatMap((document) =>
        lagOf(document, timelineOf, day(on)).map((lag) => [
          document.id,
          lag.code,
          lag.kind,
          lag.since,
        ]),
      );
    expect(lagging(first.state, '2025-08-17')).toEqual([
      ['A57791', 'M545', 'expanded', '2021-10-01'],
    ]);
    expect(lagging(second.state, '2026-09-06')).toEqual([]);
    expect(second.state.flatMap((one) => unknownCodes(one, timelineOf))).toEqual([]);
    const stimulators = first.state.filter(({ id }) => id === 'A57791');
    const lists = stimulators.flatMap(
      (one) => lagOf(one, timelineOf, day('2025-08-17'))[0]?.lists ?? [],
    );
    expect(lists).toEqual([
      { list: 'covered', group: '1', taken: [], leftOut: ['M5450', 'M5451', 'M5459'] },
    ]);
    const takenOf = second.state.flatMap((document) =>
      expansionsTaken(document, timelineOf, day('2026-09-06')).flatMap(({ code, lists }) =>
        lists.map(({ taken, leftOut }) => [document.id, code, taken.join(' '), leftOut.join(' ')]),
      ),
    );
    expect(takenOf).toEqual([
      ['A56681', 'M4806', 'M48061 M48062', ''],
      ['A56681', 'M5012', 'M50121 M50122 M50123', 'M50120'],
      ['A57206', 'M4806', 'M48061 M48062', ''],
      ['A57206', 'M545', 'M5450 M5451 M5459', ''],
      ['A57791', 'M4806', 'M48061 M48062', ''],
      ['A58745', 'M4806', 'M48062', 'M48061'],
      ['A58745', 'M5012', 'M50121 M50122 M50123', 'M50120'],
    ]);
  }, 600_000);
});
