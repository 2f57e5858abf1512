import type { Hono } from 'hono';
import { beforeAll, describe, expect, test } from 'vitest';
import { addDays, calendarDate } from '../../shared/core/calendar-date.ts';
import { officialApp } from '../conformance/official-app.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { openOfficialStories, type Story } from './official-stories.ts';

/** Wrong answers listed before a test gives up. */
const listedMax = 20;

type Asked = { readonly story: Story; readonly date: string };

/** The day before, the day and the day after. */
const daysAround = (date: string): string[] =>
  [-1, 0, 1].map((days) => addDays(calendarDate(date), days));

/** Every story on each day around its own changes. */
const ownDays = (stories: readonly Story[]): Asked[] =>
  stories.flatMap((story) => {
    const dates = new Set(story.changes.flatMap(daysAround));
    return [...dates].map((date) => ({ story, date }));
  });

const flat = (parameters: readonly { name: string }[], name: string) =>
  parameters.filter((each) => each.name === name);

describe.skipIf(!haveOfficialFiles)('the three faces and the order files', () => {
  let app: Hono;
  let stories: readonly Story[] = [];
  let effectiveDates: readonly string[] = [];
  let asked: readonly Asked[] = [];

  beforeAll(async () => {
    app = await officialApp();
    ({ stories, effectiveDates } = openOfficialStories());
    asked = ownDays(stories);
  }, 300_000);

  const body = async (path: string, init?: RequestInit) => {
    const response = await app.request(path, init);
    return { status: response.status, body: JSON.parse(await response.text()) };
  };

  /** Asks about each code and day, and lists what was wrong. */
  async function wrongOnes(
    about: readonly Asked[],
    fault: (one: Asked) => Promise<string | undefined>,
  ): Promise<string[]> {
    const wrong: string[] = [];
    for (const one of about) {
      const said = await fault(one);
      if (said !== undefined) wrong.push(`${one.story.written} on ${one.date}: ${said}`);
      if (wrong.length >= listedMax) break;
    }
    return wrong;
  }

  test('there are codes of both systems, thousands of days, and every kind of change', () => {
    expect(stories.filter(({ system }) => system === 'icd10cm').length).toBeGreaterThan(9_000);
    expect(stories.filter(({ system }) => system === 'icd10pcs').length).toBeGreaterThan(100);
    expect(asked.length).toBeGreaterThan(25_000);
    const statuses = new Set(asked.map(({ story, date }) => story.on(date).status));
    expect([...statuses].sort()).toEqual(['billable', 'ended', 'future', 'header']);
  });

  test('JSON: each code on each day around its own changes', async () => {
    const wrong = await wrongOnes(asked, async ({ story, date }) => {
      const { system, written } = story;
      const expected = story.on(date);
      const answer = await body(`/v1/codes/${system}/${written}?date=${date}`);
      const { status, billable, title, provisional } = answer.body;
      const found = JSON.stringify([status, billable, title?.short, title?.long, provisional]);
      const wanted = JSON.stringify([
        expected.status,
        expected.status === 'billable',
        expected.short,
        expected.long,
        false,
      ]);
      return found === wanted ? undefined : `${found}, not ${wanted}`;
    });
    expect(wrong).toEqual([]);
  }, 300_000);

  test('JSON, in bulk: each ICD-10-CM code on each day around every effective date', async () => {
    const dates = effectiveDates.flatMap(daysAround);
    const ours = stories.filter(({ system }) => system === 'icd10cm');
    let checked = 0;
    const wrong: string[] = [];
    for (const date of dates) {
      const items = ours.map(({ system, written: code }) => ({ system, code, date }));
      const { status, body: answer } = await body('/v1/check', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ items }),
      });
      expect(status, JSON.stringify(answer).slice(0, 500)).toBe(200);
      for (const [at, story] of ours.entries()) {
        checked += 1;
        const { status: found, title } = answer.results[at];
        const expected = date < '2015-10-01' ? outside : story.on(date);
        const same = found === expected.status && (title?.long ?? '') === expected.long;
        if (!same && wrong.length < listedMax) {
          wrong.push(`${story.written} on ${date}: ${found}, not ${expected.status}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThan(350_000);
  }, 300_000);

  test('NLM: a code is found exactly when it is billable, first, and with its title of the day', async () => {
    const wrong = await wrongOnes(asked, async ({ story, date }) => {
      const { system, written } = story;
      const expected = story.on(date);
      const query = `terms=${written}&date=${date}&maxList=1`;
      const [, codes, , rows] = (await body(`/api/${system}/v3/search?${query}`)).body;
      if (expected.status !== 'billable') {
        return codes[0] === written ? `found, though ${expected.status}` : undefined;
      }
      if (codes[0] !== written) return `not found first, but ${codes[0]}`;
      const found = JSON.stringify(rows[0]);
      const wanted = JSON.stringify([written, expected.long]);
      return found === wanted ? undefined : `${found}, not ${wanted}`;
    });
    expect(wrong).toEqual([]);
  }, 300_000);

  test('FHIR: $validate-code says yes exactly when it is billable', async () => {
    const wrong = await wrongOnes(asked, async ({ story, date }) => {
      const { uri, written } = story;
      const expected = story.on(date);
      const query = new URLSearchParams({ url: uri, code: written, date });
      const { body: answer } = await body(`/fhir/R4/CodeSystem/$validate-code?${query}`);
      const [result] = flat(answer.parameter ?? [], 'result');
      const [display] = flat(answer.parameter ?? [], 'display');
      const found = JSON.stringify([result, display]);
      const wanted = JSON.stringify([
        { name: 'result', valueBoolean: expected.status === 'billable' },
        { name: 'display', valueString: expected.long },
      ]);
      return found === wanted ? undefined : `${found}, not ${wanted}`;
    });
    expect(wrong).toEqual([]);
  }, 300_000);

  test('FHIR $lookup, JSON and NLM agree on title, days and replacements', async () => {
    // Every third day: each is three requests, and the other tests have held each face to the files already.
    const some = asked.filter((_, at) => at % 3 === 0);
    const wrong = await wrongOnes(some, async ({ story, date }) => {
      const { system, uri, written } = story;
      const json = (await body(`/v1/codes/${system}/${written}?date=${date}`)).body;
      const query = new URLSearchParams({ system: uri, code: written, date });
      for (const name of ['billable', 'inactive', 'effectiveFrom', 'effectiveTo', 'replacedBy']) {
        query.append('property', name);
      }
      const fhir = (await body(`/fhir/R4/CodeSystem/$lookup?${query}`)).body;
      const told = JSON.stringify(lookupOf(fhir.parameter ?? []));
      const { title, billable, effective, replacedBy, status } = json;
      const wanted = JSON.stringify({
        display: [title.long],
        billable: [billable],
        inactive: [status !== 'billable' && status !== 'header'],
        effectiveFrom: [effective.from],
        effectiveTo: effective.to === null ? [] : [effective.to],
        replacedBy: replacedBy.map(({ code }: { code: string }) => code),
      });
      if (told !== wanted) return `FHIR ${told}, JSON ${wanted}`;
      if (!billable) return undefined;
      const fields = 'ef=effectiveFrom,effectiveTo&maxList=1';
      const nlm = (await body(`/api/${system}/v3/search?terms=${written}&date=${date}&${fields}`))
        .body[2];
      const days = [nlm.effectiveFrom[0], nlm.effectiveTo[0] || null];
      const same = days[0] === effective.from && days[1] === effective.to;
      return same ? undefined : `NLM ${days}, JSON ${JSON.stringify(effective)}`;
    });
    expect(wrong).toEqual([]);
  }, 300_000);
});

const outside = { status: 'outside-horizon', short: '', long: '' };

/** Display and properties of a $lookup answer, by name. */
function lookupOf(parameters: readonly Record<string, unknown>[]) {
  const values = (code: string): unknown[] =>
    parameters.flatMap(({ name, part }) => {
      if (name !== 'property' || !Array.isArray(part)) return [];
      const [first, second] = part;
      if (first?.valueCode !== code) return [];
      const value = Object.entries(second).find(([key]) => key.startsWith('value'));
      return [value?.[1]];
    });
  return {
    display: parameters.filter(({ name }) => name === 'display').map((one) => one.valueString),
    billable: values('billable'),
    inactive: values('inactive'),
    effectiveFrom: values('effectiveFrom'),
    effectiveTo: values('effectiveTo'),
    replacedBy: values('replacedBy'),
  };
}
