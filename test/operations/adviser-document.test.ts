// docs/adviser.md reads aloud what the adviser says: its examples are the program's own words, and stay so.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../../infra/local/commands/advise.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { advise } from '../../shared/operations/advise.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { officialReference } from '../support/test-reference.ts';

const document = readFileSync(new URL('../../docs/adviser.md', import.meta.url), 'utf8');
const example = /^### (\S+) on (\d{4}-\d{2}-\d{2})\n\n```text\n([^`]+)\n```$/gm;
const examples = [...document.matchAll(example)].map(([, code = '', date = '', words = '']) => ({
  code,
  date,
  words,
}));

describe('docs/adviser.md', () => {
  test('every example is read', () => {
    expect(examples.length).toBe(document.match(/^### /gm)?.length);
    expect(examples.length).toBeGreaterThan(40);
  });

  test.skipIf(!haveOfficialFiles).each(examples)(
    'says of $code on $date what the adviser says',
    async ({ code, date, words }) => {
      const ports = {
        ...(await officialReference()),
        clock: { now: () => '2026-01-01T00:00:00.000Z' },
      };
      const advice = await advise(ports, { code, date: calendarDate(date) });
      expect(linesOf(advice)).toBe(words);
    },
  );
});
