// What `codewatch lookup` tells people.
import { describe, expect, test } from 'vitest';
import { chosenOf, systemsToAsk, textOf, untoldIn } from '../../infra/local/commands/lookup.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { lookUpCode } from '../../shared/operations/look-up-code.ts';
import { smallReleases } from '../operations/small-releases.ts';
import { hcpcsReleases } from '../support/hcpcs-releases.ts';
import { openTestReference } from '../support/test-reference.ts';

const ports = {
  ...(await openTestReference(smallReleases)),
  clock: { now: () => '2026-02-01T00:00:00.000Z' },
};
const told = async (code: string, date: string) =>
  textOf(await lookUpCode(ports, { system: 'icd10cm', code, date: calendarDate(date) }));

describe('infra/local/commands/lookup.ts', () => {
  test('a billable code: its title and since when', async () => {
    expect(await told('M54.50', '2021-10-01')).toBe(
      [
        'M54.50 on 2021-10-01: billable',
        '  Low back pain, unspecified',
        '  since 2021-10-01 (icd10cm-2022)',
        '  took over from: M54.5',
      ].join('\n'),
    );
  });

  test('a category: what to bill instead, and what is under it', async () => {
    expect(await told('M54.5', '2021-10-01')).toBe(
      [
        'M54.5 on 2021-10-01: a category, not billable',
        '  Low back pain',
        '  since 2021-10-01 (icd10cm-2022)',
        '  bill instead: M54.50 (official), M54.51 (official), M54.59 (official)',
        '  3 billable codes under it:',
        '    M54.50  Low back pain, unspecified',
        '    M54.51  Vertebrogenic low back pain',
        '    M54.59  Other low back pain',
      ].join('\n'),
    );
  });

  test('an unknown code: what may have been meant, and by which slip', async () => {
    expect(await told('W19A', '2021-10-01')).toBe(
      [
        'W19.A on 2021-10-01: in no release',
        '  did you mean:',
        '    W19.XXXA  billable (placeholder X missing or surplus)',
      ].join('\n'),
    );
    expect(await told('0DTJ4ZZ', '2021-10-01')).toContain(
      '    0DTJ4ZZ in ICD-10-PCS  billable (a code of another system)',
    );
  });

  test('a system without a release to tell by is named where no other knows the code', async () => {
    const date = calendarDate('2021-10-01');
    const answersTo = (code: string) =>
      Promise.all(systemsToAsk(code).map((system) => lookUpCode(ports, { system, code, date })));
    const untold = async (code: string) => {
      const answers = await answersTo(code);
      return untoldIn(answers, chosenOf(answers).answer).map(({ system }) => system);
    };
    expect(await untold('A9585')).toEqual(['hcpcs']);
    expect(await untold('M5450')).toEqual([]);
  });

  test('without a system, that one answers which knows the code, ICD-10-CM first', async () => {
    const own = { ...(await openTestReference(hcpcsReleases)), clock: ports.clock };
    const date = calendarDate('2018-04-01');
    const answered = async (code: string) => {
      const asked = systemsToAsk(code).map((system) => lookUpCode(own, { system, code, date }));
      const { answer, others } = chosenOf(await Promise.all(asked));
      return [answer, ...others].map((one) => `${one.system} ${one.code} ${one.status}`);
    };
    expect(await answered('a9585')).toEqual(['hcpcs A9585 billable']);
    expect(await answered('Q5102')).toEqual(['hcpcs Q5102 ended']);
    expect(await answered('M542')).toEqual(['icd10cm M54.2 billable']);
    // A code of two systems; with its dot it can be of one only.
    expect(await answered('J0120')).toEqual(['icd10cm J01.20 billable', 'hcpcs J0120 billable']);
    expect(await answered('J01.20')).toEqual(['icd10cm J01.20 billable']);
    // In no release of any: the system that has the most slips to offer says so.
    expect(await answered('A9586')).toEqual(['icd10cm A95.86 unknown']);
    expect(await answered('5l4.2')).toEqual(['icd10cm 5L4.2 unknown']);
    // No ICD-10-PCS release is taken in there.
    expect(await answered('0DTJ4ZZ')).toEqual(['icd10pcs 0DTJ4ZZ outside-horizon']);
  });

  test('more codes than are named are counted', async () => {
    const answer = await lookUpCode(ports, {
      system: 'icd10cm',
      code: 'M54',
      date: calendarDate('2021-10-01'),
    });
    const cut = { ...answer, children: answer.children?.slice(0, 2) ?? [] };
    // M54.2, M54.50, M54.51, M54.59 and M54.9 are billable under M54 then.
    expect(textOf(cut)).toContain('5 billable codes under it:');
    expect(textOf(cut).split('\n').at(-1)).toBe('    and 3 more codes');
  });
});
