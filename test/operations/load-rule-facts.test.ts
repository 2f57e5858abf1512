import { describe, expect, test } from 'vitest';
import { type CalendarDate, calendarDate } from '../../shared/core/calendar-date.ts';
import type { CodeSystemId, Icd10Id } from '../../shared/core/code-system.ts';
import { loadRuleFacts } from '../../shared/operations/load-rule-facts.ts';
import { lookUpCode } from '../../shared/operations/look-up-code.ts';
import type { CodeFacts } from '../../shared/scrub/code-facts.ts';
import type { Subject } from '../../shared/scrub/rule.ts';
import { createCodeTable } from '../../shared/store/code-table.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { conversion, release } from '../support/releases.ts';
import { officialReference, openTestReference } from '../support/test-reference.ts';
import { smallReleases } from './small-releases.ts';

const reference = await openTestReference(smallReleases);
const subjectOf = (code: string, date: CalendarDate, system: Icd10Id = 'icd10cm'): Subject => ({
  type: 'claim',
  date,
  diagnoses: system === 'icd10cm' ? [{ position: 1, system, code, role: 'principal' }] : [],
  procedures: system === 'icd10pcs' ? [code] : [],
  lines: [],
});

async function factsOf(
  code: string,
  text: string,
  system: Icd10Id = 'icd10cm',
): Promise<CodeFacts> {
  const date = calendarDate(text);
  const facts = await loadRuleFacts(reference, [subjectOf(code, date, system)]);
  return facts.code(system, code, date).known;
}
const codesOf = (found: readonly { readonly code: string }[]) => found.map(({ code }) => code);

describe('shared/operations/load-rule-facts.ts', () => {
  test('a code is billable until it is divided, and then a header with its replacements', async () => {
    expect(await factsOf('M545', '2021-09-30')).toMatchObject({
      status: 'billable',
      title: 'Low back pain',
    });
    const header = await factsOf('M545', '2021-10-01');
    expect(header).toMatchObject({ status: 'header', since: '2021-10-01' });
    expect(header.replacedBy.map(({ code, title }) => [code, title])).toEqual([
      ['M5450', 'Low back pain, unspecified'],
      ['M5451', 'Vertebrogenic low back pain'],
      ['M5459', 'Other low back pain'],
    ]);
    expect(codesOf(header.below)).toEqual(['M5450', 'M5451', 'M5459']);
  });

  test('a future code has what it takes over from, an ended one what took its place', async () => {
    const future = await factsOf('M5450', '2021-09-30');
    expect([future.status, future.since, codesOf(future.replaces)]).toEqual([
      'future',
      '2021-10-01',
      ['M545'],
    ]);
    const ended = await factsOf('M5459', '2025-10-01');
    expect([ended.status, ended.since, codesOf(ended.replacedBy)]).toEqual([
      'ended',
      '2025-10-01',
      ['M54A0'],
    ]);
  });

  test('siblings and more specific codes are those of the date', async () => {
    const on = async (date: string) => {
      const { siblings, moreSpecific } = await factsOf('M5450', date);
      return [codesOf(siblings), codesOf(moreSpecific)];
    };
    expect(await on('2021-10-01')).toEqual([
      ['M5451', 'M5459'],
      ['M5451', 'M5459'],
    ]);
    expect(await on('2025-10-01')).toEqual([['M5451'], ['M5451']]);
  });

  test('an unknown code has near misses; of seven characters, those with another seventh', async () => {
    const slip = await factsOf('I1O', '2021-10-01');
    expect(slip.nearMisses).toEqual([
      { system: 'icd10cm', code: 'I10', reason: 'letter-o-digit-0', status: 'billable' },
    ]);
    const seventh = await factsOf('T360X1B', '2021-10-01');
    expect([seventh.status, codesOf(seventh.below)]).toEqual(['unknown', ['T360X1A', 'T360X1D']]);
  });

  test('an unknown code that begins as a header has the codes below that', async () => {
    const unlisted = await factsOf('M5452', '2021-10-01');
    expect([unlisted.status, codesOf(unlisted.below)]).toEqual([
      'unknown',
      ['M5450', 'M5451', 'M5459'],
    ]);
    expect(codesOf((await factsOf('M5452', '2025-10-01')).below)).toEqual(['M5450', 'M5451']);
  });

  test('a text that cannot be a code is unknown too', async () => {
    expect((await factsOf('M54.5.0', '2021-10-01')).status).toBe('unknown');
    expect((await factsOf('', '2021-10-01')).status).toBe('unknown');
  });

  test('before the oldest release nothing is known; the edition is the release in force', async () => {
    for (const code of ['I10', 'M542']) {
      expect((await factsOf(code, '2020-10-01')).status).toBe('billable');
      expect((await factsOf(code, '2020-09-30')).status).toBe('outside-horizon');
    }
    const facts = await loadRuleFacts(reference, []);
    const edition = (date: string) => facts.editionOn('icd10cm', calendarDate(date));
    expect([edition('2020-09-30'), edition('2021-09-30'), edition('2030-01-01')]).toEqual([
      null,
      '2020-10-01',
      '2025-10-01',
    ]);
  });

  test('procedures have their own system: billable, and a table with the codes below it', async () => {
    expect((await factsOf('0DTJ4ZZ', '2021-10-01', 'icd10pcs')).status).toBe('billable');
    const table = await factsOf('0DT', '2021-10-01', 'icd10pcs');
    expect([table.status, codesOf(table.below)]).toEqual(['header', ['0DTJ4ZZ']]);
    const diagnosis = await factsOf('0DTJ4ZZ', '2021-10-01');
    expect(diagnosis.nearMisses[0]).toMatchObject({ system: 'icd10pcs', reason: 'other-system' });
  });

  test('dates of lines are loaded beside the claim’s own', async () => {
    const dates = [calendarDate('2021-09-30'), calendarDate('2021-10-01')] as const;
    const subject: Subject = {
      ...subjectOf('M545', dates[1]),
      lines: dates.map((date, index) => ({ number: index + 1, date, pointers: [1] })),
    };
    const facts = await loadRuleFacts(reference, [subject]);
    expect(dates.map((date) => facts.code('icd10cm', 'M545', date).known.status)).toEqual([
      'billable',
      'header',
    ]);
  });

  test('what nobody loaded is no answer', async () => {
    const facts = await loadRuleFacts(reference, []);
    expect(() => facts.code('icd10cm', 'I10', calendarDate('2021-10-01'))).toThrow(/nobody loaded/);
  });

  test('without a snapshot codes are judged all the same, and the tree is said to be unknown', async () => {
    const date = calendarDate('2021-10-01');
    const { items } = reference;
    const table = { codeTable: createCodeTable(items), policies: createPolicyTable(items) };
    const subjects = ['M545', 'M5450', 'I1O'].map((code) => subjectOf(code, date));
    const facts = await loadRuleFacts(table, subjects);
    expect(facts.knowsTree).toBe(false);
    expect(facts.code('icd10cm', 'M545', date).known).toMatchObject({
      status: 'header',
      below: [],
    });
    expect(facts.code('icd10cm', 'M5450', date).known).toMatchObject({ siblings: [], side: null });
    expect(codesOf(facts.code('icd10cm', 'I1O', date).known.nearMisses)).toEqual(['I10']);
  });

  test('a table that moves on is read anew', async () => {
    const [first, second] = smallReleases;
    if (!first || !second) throw new Error('two releases are needed');
    const before = await openTestReference([first]);
    const after = await openTestReference([first, second]);
    let now = before.codeTable;
    // One table all the time, as the one in DynamoDB is.
    const codeTable = {
      ...before.codeTable,
      head: (system: CodeSystemId) => now.head(system),
      versions: (system: CodeSystemId, code: string) => now.versions(system, code),
      releases: (system: CodeSystemId) => now.releases(system),
    };
    const { policies } = before;
    const date = calendarDate('2021-10-01');
    const status = async () => {
      const facts = await loadRuleFacts({ codeTable, policies }, [subjectOf('M545', date)]);
      return facts.code('icd10cm', 'M545', date).known.status;
    };
    expect(await status()).toBe('billable');
    now = after.codeTable;
    expect(await status()).toBe('header');
  });

  test('what replaces a code changes with a category far away', async () => {
    const chain = await openTestReference([
      release('2020-10-01', ['Q10 1 Old']),
      release('2021-10-01', ['R10 1 New'], {
        conversions: [conversion('R10', '2021-10-01', 'Q10')],
      }),
      release('2022-10-01', ['R11 1 Newest'], {
        conversions: [conversion('R11', '2022-10-01', 'R10')],
      }),
    ]);
    const replacementsOn = async (text: string) => {
      const date = calendarDate(text);
      const facts = await loadRuleFacts(chain, [subjectOf('Q10', date)]);
      return codesOf(facts.code('icd10cm', 'Q10', date).known.replacedBy);
    };
    expect(await replacementsOn('2021-10-01')).toEqual(['R10']);
    expect(await replacementsOn('2022-10-01')).toEqual(['R11']);
    expect(await replacementsOn('2022-09-30')).toEqual(['R10']);
  });

  test('a release taken in late is seen between its date and the next one', async () => {
    const rows = (billable: 0 | 1) => [
      `Q10 ${billable} Late`,
      ...(billable ? [] : ['Q100 1 Late, one']),
    ];
    const late = await openTestReference([
      release('2020-10-01', rows(1)),
      release('2022-10-01', rows(1)),
      release('2021-10-01', rows(0)),
    ]);
    const statusOn = async (text: string) => {
      const date = calendarDate(text);
      const facts = await loadRuleFacts(late, [subjectOf('Q10', date)]);
      return facts.code('icd10cm', 'Q10', date).known.status;
    };
    expect(await statusOn('2021-09-30')).toBe('billable');
    expect(await statusOn('2023-01-01')).toBe('billable');
    expect(await statusOn('2021-10-01')).toBe('header');
    expect(await statusOn('2022-09-30')).toBe('header');
    expect(await statusOn('2022-10-01')).toBe('billable');
  });
});

/** A small generator (mulberry32): the same sample every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe.skipIf(!haveOfficialFiles)(
  'shared/operations/load-rule-facts.ts, official releases',
  () => {
    test('U07.1 (COVID-19) took effect between two releases, on 2020-04-01', async () => {
      const official = await officialReference();
      const statuses: string[] = [];
      for (const text of ['2020-03-31', '2020-04-01', '2020-03-31']) {
        const date = calendarDate(text);
        const facts = await loadRuleFacts(official, [subjectOf('U071', date)]);
        statuses.push(facts.code('icd10cm', 'U071', date).known.status);
      }
      expect(statuses).toEqual(['future', 'billable', 'future']);
    });

    test('what is kept answers like a look-up made anew, for codes that changed and others, on any date', async () => {
      const official = await officialReference();
      const next = random(11);
      const ports = { ...official, clock: { now: () => '2026-01-01T00:00:00.000Z' } };
      const record = await official.codeTable.releases('icd10cm');
      const changed = new Set<string>();
      for (const one of record) {
        const page = await official.codeTable.changes(one, { limit: 150 });
        for (const { code } of page.items) changed.add(code);
      }
      const date = calendarDate('2025-10-01');
      const query = { date, billableOnly: false, offset: 0, limit: 100_000 };
      const listed = codesOf((await official.catalogue.list('icd10cm', query)).items);
      const sample = [...changed, ...listed.filter(() => next() < 0.005)];
      const dates = [
        ...['2015-10-01', '2016-09-30', '2020-03-31', '2020-04-01', '2021-09-30', '2021-10-01'],
        ...['2022-03-31', '2022-04-01', '2023-04-01', '2024-09-30', '2025-09-30', '2026-01-15'],
      ].map(calendarDate);
      const cases = sample.flatMap((code) =>
        dates.filter(() => next() < 0.4).map((day) => ({ code, day })),
      );
      expect(cases.length).toBeGreaterThan(5000);
      const subjects = cases.map(({ code, day }) => subjectOf(code, day));
      await loadRuleFacts(official, subjects);
      const warm = await loadRuleFacts(official, subjects);
      // Another table object shares nothing that is kept.
      const fresh = await loadRuleFacts(
        { ...official, codeTable: { ...official.codeTable } },
        subjects,
      );
      const wrong: string[] = [];
      for (const { code, day } of cases) {
        const facts = warm.code('icd10cm', code, day).known;
        const anew = fresh.code('icd10cm', code, day).known;
        const found = await lookUpCode(ports, { system: 'icd10cm', code, date: day });
        const isSame =
          facts.status === found.status &&
          facts.title === (found.title?.long ?? null) &&
          facts.replacedBy.length === found.replacedBy.length &&
          JSON.stringify({ ...facts }) === JSON.stringify({ ...anew });
        if (!isSame) wrong.push(`${code} on ${day}: ${facts.status}, looked up ${found.status}`);
      }
      expect(wrong.slice(0, 20)).toEqual([]);
    });
  },
);
