// Which changes hit which claims and templates, worked out by hand for each kind.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Artifact } from '../../shared/core/artifact.ts';
import { type CalendarDate, calendarDate } from '../../shared/core/calendar-date.ts';
import type { Change, Version } from '../../shared/core/change.ts';
import { findingId } from '../../shared/core/finding.ts';
import {
  canHit,
  findingOf,
  hitOfChange,
  hitsClaim,
  hitsTemplate,
  impactOfArtifact,
  possibleHits,
} from '../../shared/core/impact.ts';
import { releaseId } from '../../shared/core/release.ts';
import { versionOfChange } from '../../shared/core/timeline.ts';
import { billable, changeOf, header } from '../steps/told-code-table.ts';

const day = calendarDate;
const pain = 'Low back pain';
const expanded = changeOf('expanded', 'M545', '2021-10-01', {
  before: billable(pain),
  after: header(pain),
  to: ['M5450'],
});
const ended = changeOf('ended', 'A00', '2021-10-01', { before: billable('Gone') });
const headerEnded = changeOf('ended', 'A0', '2021-10-01', { before: header('Gone') });
const retitled = changeOf('retitled', 'I10', '2021-10-01', {
  before: billable('Old'),
  after: billable('Entirely new'),
  cosmetic: false,
});
const cosmetic: Change = { ...retitled, cosmetic: true };
const added = changeOf('added', 'B00', '2021-10-01', { after: billable('New') });
const collapsed = changeOf('collapsed', 'I602', '2021-10-01', {
  before: header('X'),
  after: billable('X'),
});

const versionOf = (change: Change, seq = 1): Version =>
  versionOfChange(change, {
    system: 'icd10cm',
    seq,
    release: releaseId('icd10cm', change.effective),
  });
const began = versionOf(changeOf('added', 'M545', '2015-10-01', { after: billable(pain) }));
const lost = versionOf(expanded, 2);
const back = versionOf(
  changeOf('collapsed', 'M545', '2023-10-01', { before: header(pain), after: billable(pain) }),
  3,
);

const use = { system: 'icd10cm', code: 'M545' } as const;
const template: Artifact = { type: 'template', id: 't', codes: [use] };
const claimOn = (date?: string): Artifact => ({
  type: 'claim',
  id: 'c',
  codes: [use],
  ...(date === undefined ? {} : { dateOfService: day(date) }),
});

describe('shared/core/impact', () => {
  it('claims are hit by ended and expanded from the effective date on, and never before it', () => {
    for (const change of [ended, expanded]) {
      expect(hitsClaim(change, day('2021-09-30'), [])).toBe(false);
      expect(hitsClaim(change, day('2021-10-01'), [])).toBe(true);
      expect(hitsClaim(change, day('2030-01-01'), [])).toBe(true);
      expect(hitsClaim(change, undefined, [])).toBe(false);
    }
    for (const change of [retitled, cosmetic, added, collapsed, headerEnded]) {
      expect(hitsClaim(change, day('2021-10-01'), [])).toBe(false);
    }
  });

  it('templates are hit by ended, expanded and a title that means something else', () => {
    for (const change of [ended, expanded, retitled]) expect(hitsTemplate(change, [])).toBe(true);
    for (const change of [cosmetic, added, collapsed, headerEnded]) {
      expect(hitsTemplate(change, [])).toBe(false);
      expect(canHit(change)).toBe(false);
    }
  });

  it('a code that became billable again hits only the claims dated in between', () => {
    const versions = [began, lost, back];
    expect(hitsClaim(expanded, day('2023-09-30'), versions)).toBe(true);
    expect(hitsClaim(expanded, day('2023-10-01'), versions)).toBe(false);
    expect(hitsTemplate(expanded, versions)).toBe(false);
  });

  it('a template registered later is hit by the newest version, a future one included', () => {
    const [hit, ...others] = impactOfArtifact(template, () => [began, lost]);
    expect(others).toEqual([]);
    expect(hit).toMatchObject({
      kind: 'expanded',
      code: 'M545',
      release: 'icd10cm-2022',
      effective: '2021-10-01',
      replacedBy: [{ code: 'M5450' }],
    });
    expect(impactOfArtifact(template, () => [began, lost, back])).toEqual([]);
    expect(impactOfArtifact(template, () => [began])).toEqual([]);
    expect(impactOfArtifact(template, () => [])).toEqual([]);
  });

  it('a claim registered later is hit by the version in force on its date', () => {
    const versions = [began, lost, back];
    expect(impactOfArtifact(claimOn('2021-09-30'), () => versions)).toEqual([]);
    expect(impactOfArtifact(claimOn('2021-10-01'), () => versions)).toHaveLength(1);
    expect(impactOfArtifact(claimOn('2023-10-01'), () => versions)).toEqual([]);
    expect(impactOfArtifact(claimOn(), () => versions)).toEqual([]);
  });

  it('a header that never was billable hits nothing: no change took anything away', () => {
    const always = versionOf(
      changeOf('added', 'M54', '2015-10-01', { after: header('Dorsalgia') }),
    );
    expect(impactOfArtifact(template, () => [always])).toEqual([]);
  });

  it('of a category that later ended, the loss is named that came first', () => {
    const gone = versionOf(changeOf('ended', 'M545', '2024-10-01', { before: header(pain) }), 4);
    const [hit] = impactOfArtifact(claimOn('2025-01-01'), () => [began, lost, gone]);
    expect(hit).toMatchObject({ kind: 'expanded', release: 'icd10cm-2022' });
  });

  it('a restated version names the release of its own date, not the one that arrived late', () => {
    const restated: Version = { ...lost, kind: 'restated', release: 'icd10cm-2021-01' };
    const [hit] = impactOfArtifact(template, () => [began, restated]);
    expect(hit?.release).toBe('icd10cm-2022');
  });

  it('a template still using a code cannot be told to have put its label right', () => {
    const renamed = versionOf(retitled);
    expect(possibleHits([renamed], true)).toEqual([]);
    expect(possibleHits([renamed], false)).toHaveLength(1);
    expect(possibleHits([began, lost], true).map(({ release }) => release)).toEqual([
      'icd10cm-2022',
    ]);
  });

  it('registering finds a claim exactly when assessing its release with all versions known does', () => {
    const dates = ['2016-10-01', '2018-10-01', '2020-04-01', '2022-10-01'].map(day);
    const step = fc.constantFrom('billable', 'header', 'gone', 'none');
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 3000 }),
        (steps, offset) => {
          const history = historyOf(steps, dates);
          const date = day(new Date(Date.UTC(2016, 0, 1 + offset)).toISOString().slice(0, 10));
          const claim = claimOn(date);
          const registered = impactOfArtifact(claim, () => history.versions);
          const assessed = history.changes
            .filter((change) => hitsClaim(change, date, history.versions))
            .map((change) =>
              hitOfChange(change, {
                system: 'icd10cm',
                id: releaseId('icd10cm', change.effective),
              }),
            );
          const ids = (hits: typeof assessed): string[] =>
            hits.map((hit) => findingId('a', hit, claim)).sort();
          expect(ids(registered)).toEqual(ids(assessed));
        },
      ),
    );
  });

  it('a finding of a template is due on the effective date, one of a claim states what is at risk', () => {
    const hit = hitOfChange(expanded, { system: 'icd10cm', id: 'icd10cm-2022' });
    const ofTemplate = findingOf('a', hit, {
      ref: { type: 'template', id: 't' },
      owner: 'Dana',
      billedCents: 0,
    });
    expect(ofTemplate).toMatchObject({
      state: 'open',
      owner: 'Dana',
      due: '2021-10-01',
      atRisk: { billedCents: 0, reworkCentsMin: 0, reworkCentsMax: 0 },
    });
    const ofClaim = findingOf('a', hit, { ref: { type: 'claim', id: 'c' }, billedCents: 9_900 }, 2);
    expect(ofClaim.due).toBeUndefined();
    expect(ofClaim).toMatchObject({
      seq: 2,
      atRisk: { billedCents: 9_900, reworkCentsMin: 2_500, reworkCentsMax: 10_000 },
    });
  });

  it('ids of findings differ by tenant, release, code, type and artifact, and by nothing else', () => {
    const base = { release: 'icd10cm-2022', code: 'M545' };
    const artifact = { type: 'claim', id: '1' } as const;
    const ids = [
      findingId('a', base, artifact),
      findingId('b', base, artifact),
      findingId('a', { ...base, release: 'icd10cm-2023' }, artifact),
      findingId('a', { ...base, code: 'M5450' }, artifact),
      findingId('a', base, { ...artifact, type: 'template' }),
      findingId('a', base, { ...artifact, id: '2' }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(findingId('a', base, artifact)).toBe(ids[0]);
    expect(ids[0]).toMatch(/^icd10cm-2022\.M545\.[0-9a-f]{24}$/);
  });
});

type Step = 'billable' | 'header' | 'gone' | 'none';

/**
 * Versions and changes of one code that takes these steps at these dates; `none` changes nothing.
 */
function historyOf(
  steps: readonly string[],
  dates: readonly CalendarDate[],
): { versions: Version[]; changes: Change[] } {
  const factsOf = (step: Step) =>
    step === 'billable' ? billable(pain) : step === 'header' ? header(pain) : null;
  const versions = [began];
  const changes: Change[] = [];
  let now: Step = 'billable';
  steps.forEach((given, i) => {
    const step = given as Step;
    const effective = dates[i];
    if (!effective || step === 'none' || step === now) return;
    const before = factsOf(now);
    const after = factsOf(step);
    const kind = !after ? 'ended' : !before ? 'added' : after.billable ? 'collapsed' : 'expanded';
    const change: Change = { code: 'M545', kind, effective, before, after, replacedBy: [] };
    changes.push(change);
    versions.push(versionOf(change, i + 2));
    now = step;
  });
  return { versions, changes };
}
