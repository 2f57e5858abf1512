// Excludes1 and "code first" over CDC's tabular list of FY2017 as published: pairs every coder knows, and none of their
// neighbours. Expected values were read off the printed list.
import { beforeAll, describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { readTabularXml } from '../../shared/formats/tabular-xml.ts';
import { scrubSubjects } from '../../shared/operations/scrub-claim.ts';
import type { RuleBook } from '../../shared/ports/rule-book.ts';
import { createRuleBook } from '../../shared/scrub/create-rule-book.ts';
import { officialBytes } from '../formats/official-member.ts';
import { claim } from '../scrub/hand-facts.ts';
import { readEditList } from '../scrub/official-edit-list.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { officialReference } from '../support/test-reference.ts';

describe.skipIf(!haveOfficialFiles)('scrub rules and the tabular list of FY2017', () => {
  let ruleBook: RuleBook;

  beforeAll(async () => {
    const bytes = await officialBytes({
      host: 'cdc',
      path: '2017/ICD10CM_FY2017_Full_XML.zip',
      member: /^icd10cm_tabular_2017\.xml$/,
    });
    const { list } = readTabularXml(bytes, { where: 'FY2017' });
    if (!list) throw new Error('the list cannot be read');
    ruleBook = createRuleBook({ tabular: [list], edits: readEditList() });
  }, 60_000);

  async function scrubbed(codes: readonly string[], date = '2017-01-15') {
    const more = {
      setting: 'professional',
      age: 40,
      sex: 'female',
      date: calendarDate(date),
    } as const;
    const reference = { ...(await officialReference()), ruleBook };
    const [items = []] = await scrubSubjects(reference, [claim(codes, more)]);
    return items;
  }
  const told = async (rule: string, codes: readonly string[], date?: string) =>
    (await scrubbed(codes, date)).filter((item) => item.rule === rule);

  test.each([
    [['M545', 'F4541'], 'M54', 'psychogenic dorsalgia (F45.41)'],
    [['N390', 'N3000'], 'N39.0', 'cystitis (N30.-)'],
    [['F329', 'F339'], 'F32', 'recurrent depressive disorder (F33.-)'],
    [
      ['I2510', 'I209'],
      'I20',
      'angina pectoris with atherosclerotic heart disease of native coronary arteries (I25.1-)',
    ],
    [
      ['I639', 'G459'],
      'I60-I69',
      'transient cerebral ischemic attacks and related syndromes (G45.-)',
    ],
  ])('%j exclude each other by the note at %s', async (codes, at, text) => {
    for (const order of [codes, codes.toReversed()]) {
      const items = await told('excludes1', order);
      expect(items).toHaveLength(1);
      expect(items[0]?.severity).toBe('error');
      expect(items[0]?.message).toContain(`the Excludes1 note at ${at} names “${text}”`);
    }
  });

  test('of two that exclude each other the first one’s note is told, once', async () => {
    const at = async (...codes: string[]) =>
      (await told('excludes1', codes)).map(({ message }) => /note at (\w+)/.exec(message)?.[1]);
    expect(await at('E1165', 'E1065')).toEqual(['E11']);
    expect(await at('E1065', 'E1165')).toEqual(['E10']);
  });

  test.each([
    [['M545', 'M542']],
    [['E1165', 'I10']],
    [['J449', 'J209']],
    [['O80', 'Z3A40']],
    // Excludes2: both may be coded.
    [['M545', 'M5136']],
  ])('%j go together', async (codes) => {
    expect(await told('excludes1', codes)).toEqual([]);
  });

  test('a later date is judged by this list for want of its own, and that is said', async () => {
    const [item] = await told('excludes1', ['M5450', 'F4541'], '2025-10-01');
    expect(item?.severity).toBe('warning');
    expect(item?.source).toContain(
      'effective 2016-10-01 (CDC/NCHS), for want of the one of fiscal year 2026',
    );
  });

  test('dementia before Alzheimer’s disease: the note is quoted as far as it concerns the claim', async () => {
    const [item] = await told('code-first', ['F0280', 'G309']);
    expect(item?.severity).toBe('error');
    expect(item?.message).toMatch(
      /at F02 the tabular list says to code first “the underlying physiological condition, such as: Alzheimer's \(G30\.-\)”\.$/,
    );
    expect(await told('code-first', ['G309', 'F0280'])).toEqual([]);
  });

  test('sepsis may be listed first, but not before the procedure it came from', async () => {
    expect(await told('code-first', ['A419'])).toEqual([]);
    expect(await told('code-first', ['A419', 'T814XXA'])).toHaveLength(1);
  });

  test('a note on poisonings (fifth or sixth character 1-4 or 6) leaves adverse effects alone', async () => {
    expect(await told('code-first', ['E032', 'T360X1A'])).toHaveLength(1);
    expect(await told('code-first', ['E032', 'T360X5A'])).toEqual([]);
  });

  test('a seventh character that is missing is offered with what each says', async () => {
    const [item] = await told('seventh-character', ['T360X1']);
    expect(item?.remedy).toBe(
      'Choose by the record: T36.0X1A (initial encounter), T36.0X1D (subsequent encounter), T36.0X1S (sequela).',
    );
  });
});
