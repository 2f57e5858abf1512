// Which codes of a range a note means by how they end, on a small list.
import { describe, expect, it } from 'vitest';
import { type ListedCode, narrow, parseCodeEndings } from '../../shared/formats/code-endings.ts';

const range = (from: string, to = from) => ({ from, to });

/** Codes by the alphabet; `*` marks one with codes below it, `/` begins its seventh characters. */
const list = (...written: readonly string[]): readonly ListedCode[] =>
  written.map((one) => {
    const [code = '', seventh = ''] = one.replace('*', '').split('/');
    return { code, leaf: !one.includes('*'), seventh };
  });

const listed = list(
  ...['E08*', 'E085*', 'E0851', 'E0852', 'E0859', 'E11*', 'E116*', 'E1161*', 'E11610', 'E1169'],
  ...['I69*', 'I692*', 'I6920', 'I69220', 'I699*', 'I6990', 'I69990'],
  ...['S52*/ABDS', 'S520*/ABDS', 'S52001/ABDS', 'S5212/ADS', 'S524/ABDS'],
  ...['T36*/ADS', 'T360*/ADS', 'T360X*/ADS', 'T360X1/ADS', 'T360X5/ADS', 'T369*/ADS', 'T3695/ADS'],
  ...['T405*/ADS', 'T40515/ADS', 'T4051*/ADS', 'T40511/ADS'],
);

const meant = (written: string, ...ranges: readonly { from: string; to: string }[]) => {
  const endings = parseCodeEndings(written);
  if (endings === undefined || endings === 'any') return endings;
  return narrow(ranges, endings, listed).map(({ from }) => from);
};

describe('shared/formats/code-endings.ts', () => {
  it('finds what follows each category of the range, as far as the list has it', () => {
    expect(meant('.51-.52', range('E08', 'E13'))).toEqual(['E0851', 'E0852']);
    expect(meant('.61-', range('E08', 'E13'))).toEqual(['E1161']);
    expect(meant('.610', range('E08', 'E13'))).toEqual(['E11610']);
    expect(meant('.51, .59, .69', range('E08', 'E13'))).toEqual(['E0851', 'E0859', 'E1169']);
    // Only categories go on so: what `K01.1 with .9` means nobody knows.
    expect(meant('.9', range('E080', 'E119'))).toEqual([]);
  });

  it('takes fifth or sixth for the last character before the seventh', () => {
    const drugs = range('T36', 'T50');
    expect(meant('fifth or sixth character 5', drugs)).toEqual(['T360X5', 'T3695', 'T40515']);
    // T40.51 has the 1 as fifth character, but goes on: only its sixth says the intent.
    expect(meant('fifth or sixth character 1-4 or 6', drugs)).toEqual(['T360X1', 'T40511']);
    expect(meant('5th  or 6th characters 5', drugs)).toEqual(['T360X5', 'T3695', 'T40515']);
  });

  it('takes one place for that place alone', () => {
    expect(meant('fifth character 1', range('E08', 'E13'))).toEqual(['E0851', 'E1161']);
    expect(meant('5th digit 9', range('E11'))).toEqual(['E1169']);
    expect(meant('fifth-character .9', range('E11'))).toEqual(['E1169']);
  });

  it('fills up to the seventh character, where the code has it', () => {
    expect(meant('7th character B', range('S52'))).toEqual(['S52001B', 'S524XXB']);
    expect(meant('7th character B or D', range('S5212'))).toEqual(['S5212XD']);
  });

  it('leaves at least one character between category and final characters', () => {
    expect(meant('final characters -20', range('I69'))).toEqual(['I69220']);
    expect(meant('final characters 90', range('I69'))).toEqual(['I69990']);
  });

  it('tells what restricts nothing from what it does not understand', () => {
    expect(meant('fifth or sixth character to indicate intent', range('T36'))).toBe('any');
    for (const written of ['1', 'open fracture 7th character', '.52-.61', '.9-.1', 'any', '']) {
      expect(parseCodeEndings(written)).toBeUndefined();
    }
  });
});
