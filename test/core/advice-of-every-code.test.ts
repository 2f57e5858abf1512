// The adviser over every category and every unspecified code of the newest official release: what it must never get wrong,
// whatever the titles say.
import { describe, expect, test } from 'vitest';
import { type AdviceAxis, adviceAxes } from '../../shared/core/advice-axes.ts';
import type { TitledCode } from '../../shared/core/advice-peel.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { createFamily } from '../../shared/core/code-family.ts';
import { type FamilyCode, openingsOf } from '../../shared/core/family-titles.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { officialReference } from '../support/test-reference.ts';

/** All listed codes of FY2026, by category. */
async function officialFamilies(): Promise<readonly (readonly FamilyCode[])[]> {
  const { catalogue } = await officialReference();
  const date = calendarDate('2025-10-01');
  const { items, total } = await catalogue.list('icd10cm', {
    date,
    billableOnly: false,
    offset: 0,
    limit: 100_000,
  });
  // 98,186 rows of which 74,719 billable: the order file of FY2026.
  expect([items.length, total]).toEqual([98_186, 98_186]);
  const codes = items.map(({ code, long, status }) => ({
    code,
    title: long,
    billable: status === 'billable',
  }));
  return [...Map.groupBy(codes, ({ code }) => code.slice(0, 3)).values()];
}

const headingsOf = (family: readonly FamilyCode[]): ReadonlyMap<string, string> =>
  new Map(family.filter(({ billable }) => !billable).map(({ code, title }) => [code, title]));

/** What is wrong with the options of one axis. */
function faultsOfOptions({ options, question, stated }: AdviceAxis): string[] {
  const faults: string[] = [];
  const texts = options.map(({ text }) => text.trim().toLowerCase());
  if (question.trim() === '' || stated.trim() === '') faults.push('nothing is asked');
  if (options.length < 2) faults.push('no choice');
  if (texts.includes('')) faults.push('an option without text');
  if (new Set(texts).size < texts.length) faults.push('two options of one text');
  if (options.some(({ codes }) => codes.length === 0)) faults.push('an option without codes');
  if (options.every(({ whenNotStated }) => whenNotStated)) faults.push('nothing to state');
  const codes = options.flatMap((option) => option.codes);
  if (new Set(codes).size < codes.length) faults.push('a code in two options');
  return faults;
}

/** Per code, which option of each axis it answers to; -1 where the axis does not concern it. */
function answersOf(codes: readonly TitledCode[], axes: readonly AdviceAxis[]): Int16Array[] {
  const answers = codes.map(() => new Int16Array(axes.length).fill(-1));
  const at = new Map(codes.map(({ code }, index) => [code, index]));
  axes.forEach(({ options }, axis) => {
    options.forEach((option, index) => {
      for (const code of option.codes) {
        const own = answers[at.get(code) ?? -1];
        if (!own) throw new Error(`${code} was not offered`);
        own[axis] = index;
      }
    });
  });
  return answers;
}

const toldApart = (one: Int16Array, other: Int16Array): boolean =>
  one.some((answer, axis) => answer >= 0 && (other[axis] ?? -1) >= 0 && other[axis] !== answer);

function faultsOf(codes: readonly TitledCode[], axes: readonly AdviceAxis[]): string[] {
  const faults = axes.flatMap(faultsOfOptions);
  const answers = answersOf(codes, axes);
  answers.forEach((own, index) => {
    const code = codes[index]?.code;
    if (codes.length > 1 && own.every((answer) => answer < 0)) faults.push(`${code} in no option`);
    for (let other = 0; other < index; other += 1) {
      const before = answers[other];
      if (before && !toldApart(own, before)) faults.push(`${codes[other]?.code} and ${code} alike`);
    }
  });
  return faults;
}

describe.skipIf(!haveOfficialFiles)('shared/core/advice-axes.ts over all of FY2026', () => {
  test('below every category the options hold exactly its codes, and tell any two of them apart', {
    timeout: 300_000,
  }, async () => {
    const wrong: string[] = [];
    let categories = 0;
    for (const family of await officialFamilies()) {
      const headings = headingsOf(family);
      for (const top of family) {
        if (top.billable) continue;
        categories += 1;
        const codes = family.filter((one) => one.billable && one.code.startsWith(top.code));
        const faults = faultsOf(codes, adviceAxes(codes, headings, top));
        if (faults.length > 0) wrong.push(`${top.code}: ${faults.slice(0, 3).join('; ')}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(categories).toBe(98_186 - 74_719);
  });

  test('so do the options of what says more than each unspecified code, and it is never that code', {
    timeout: 300_000,
  }, async () => {
    const wrong: string[] = [];
    let advised = 0;
    let alone = 0;
    for (const family of await officialFamilies()) {
      const headings = headingsOf(family);
      const { moreSpecific } = createFamily(family);
      for (const { code, title, billable } of family) {
        if (!billable || openingsOf(title) === 0) continue;
        const found = moreSpecific(code);
        if (!found) {
          alone += 1;
          continue;
        }
        advised += 1;
        const faults = faultsOf(found.codes, adviceAxes(found.codes, headings, found.top));
        if (found.codes.some((one) => one.code === code)) faults.push('offered to itself');
        if (faults.length > 0) wrong.push(`${code}: ${faults.slice(0, 3).join('; ')}`);
      }
    }
    expect(wrong).toEqual([]);
    // Nearly every unspecified code has something that says more: A09 (its own category) has not.
    expect(alone).toBeLessThan(advised / 50);
  });
});
