import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readX12Segments, type X12Item } from '../../shared/formats/x12-segments.ts';

const head = (element: string, component: string, terminator: string, repetition = '^'): string =>
  [
    'ISA',
    '00',
    '          ',
    '00',
    '          ',
    'ZZ',
    'SENDER         ',
    'ZZ',
    'RECEIVER       ',
    '251001',
    '1200',
    repetition,
    '00501',
    '000000001',
    '0',
    'P',
    component,
  ].join(element) + terminator;

async function read(file: string, size = Number.POSITIVE_INFINITY): Promise<readonly X12Item[]> {
  const bytes = Buffer.from(file, 'latin1');
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const items: X12Item[] = [];
  for await (const item of readX12Segments(pieces())) items.push(item);
  return items;
}

/** `2 GS*A*B` of a segment, `1 no-interchange` of a fault. */
const shown = (items: readonly X12Item[]): readonly string[] =>
  items.map((item) =>
    item.fault === undefined
      ? `${item.number} ${item.id === 'ISA' ? 'ISA' : item.elements.join('*')}`
      : `${item.number} ${item.fault}`,
  );

const plain = head('*', ':', '~');

describe('shared/formats/x12-segments.ts', () => {
  it('cuts segments and elements by the separators of ISA, whatever follows the terminator', async () => {
    const expected = ['1 ISA', '2 GS*HC', '3 ST*837*0001', '4 IEA*1*000000001'];
    for (const [element, terminator, lineEnd] of [
      ['*', '~', ''],
      ['*', '~', '\n'],
      ['|', "'", '\r\n'],
      ['\u001d', '\u001c', ''],
      ['*', '\n', ''],
      ['*', '\r', '\n'],
      ['~', '_', ' \n'],
    ] as const) {
      const end = terminator + lineEnd;
      const segments = ['GS*HC', 'ST*837*0001', 'IEA*1*000000001'];
      const body = segments.map((text) => text.replaceAll('*', element) + end).join('');
      const items = await read(head(element, ':', terminator) + lineEnd + body);
      expect(shown(items), JSON.stringify([element, end])).toEqual(expected);
    }
  });

  it('passes over a byte order mark, blanks and empty segments, which do not count', async () => {
    const file = `\u00ef\u00bb\u00bf \r\n${plain}\n\n~~  GS*HC~ ~\u001a`;
    expect(shown(await read(file))).toEqual(['1 ISA', '2 GS*HC']);
  });

  it('takes new separators from every interchange', async () => {
    const file = `${plain}GS*A:B~IEA*1*1~${head('|', '>', '\n')}GS|A>B\nIEA|1|1\n`;
    const items = await read(file);
    expect(shown(items)).toEqual([
      '1 ISA',
      '2 GS*A:B',
      '3 IEA*1*1',
      '4 ISA',
      '5 GS*A>B',
      '6 IEA*1*1',
    ]);
    expect(items.map((item) => (item.fault ? '' : item.elements[16]))).toContain('>');
  });

  it('opens the next interchange even when the one before was not closed', async () => {
    const file = `${plain}GS*A~${head('|', '>', '!')}GS|B!`;
    expect(shown(await read(file))).toEqual(['1 ISA', '2 GS*A', '3 ISA', '4 GS*B']);
  });

  it('reads an ISA whose elements are padded wrongly', async () => {
    const file = `${plain.replace('*          *', '*         *')}GS*A~`;
    expect(shown(await read(file))).toEqual(['1 ISA', '2 GS*A']);
  });

  it('keeps Latin-1 characters', async () => {
    const items = await read(`${plain}N3*Rue de l'\u00c9glise~`);
    expect(shown(items)).toEqual(['1 ISA', "2 N3*Rue de l'\u00c9glise"]);
  });

  it.each([
    ['an empty file', '', ['1 no-interchange']],
    ['blanks only', ' \n', ['1 no-interchange']],
    ['no ISA', 'GS*HC~ST*837~', ['1 no-interchange']],
    ['ISA without ISA16', `${plain.slice(0, -2)}~\nGS*A~\n`, ['1 header-invalid']],
    ['ISA of 15 elements', `${plain.slice(0, -4)}~GS*A~`, ['1 header-invalid']],
    ['ISA cut off', plain.slice(0, 50), ['1 header-invalid']],
    ['a separator used twice', head('*', '*', '~'), ['1 header-invalid']],
    ['a letter as terminator', `${plain.slice(0, -1)}GS*A~`, ['1 header-invalid']],
    ['a segment cut off', `${plain}GS*HC*SEN`, ['1 ISA', '2 unterminated']],
    ['a last IEA without terminator', `${plain}IEA*0*1\n`, ['1 ISA', '2 IEA*0*1']],
  ])('says what is wrong with %s', async (_, file, expected) => {
    expect(shown(await read(file))).toEqual(expected);
  });

  it('finds the next interchange behind what is none', async () => {
    const file = `Dear payer, ISA follows:\n${plain}GS*A~`;
    expect(shown(await read(file))).toEqual(['1 no-interchange', '2 ISA', '3 GS*A']);
    const broken = `${plain.slice(0, -4)}~GS*A~IEA*1*1~\n${plain}GS*B~`;
    expect(shown(await read(broken))).toEqual(['1 header-invalid', '2 ISA', '3 GS*B']);
  });

  it('leaves out a segment longer than 10,000 characters and goes on behind it', async () => {
    const file = `${plain}NTE*${'x'.repeat(9_996)}~NTE*${'x'.repeat(9_997)}~GS*A~`;
    const items = await read(file);
    expect(items.map(({ fault }) => fault)).toEqual([
      undefined,
      undefined,
      'segment-too-long',
      undefined,
    ]);
    expect(shown(items).at(-1)).toBe('4 GS*A');
  });

  it('gives up segments that never end, but not the next interchange', async () => {
    const wrong = `${plain}\n${'GS*A\n'.repeat(5_000)}`;
    expect(shown(await read(`${wrong}${plain}GS*B~`))).toEqual([
      '1 ISA',
      '2 segment-too-long',
      '3 ISA',
      '4 GS*B',
    ]);
  });

  it('leaves out a segment of more than 99 elements', async () => {
    const file = `${plain}HI${'*x'.repeat(99)}~HI${'*x'.repeat(100)}~GS*A~`;
    const items = await read(file);
    expect(items.map(({ fault }) => fault)).toEqual([
      undefined,
      undefined,
      'elements-too-many',
      undefined,
    ]);
  });

  it('finds the same in pieces of any size, in whole, damaged and endless files', async () => {
    const parts = fc.oneof(
      fc.constantFrom(
        'GS*A~',
        'IEA*1*1~\n',
        plain,
        head('|', '>', '!'),
        'GS|B!',
        'ISA',
        'ISA*',
        '~',
      ),
      fc.constantFrom(
        plain.slice(0, 60),
        `X${'y'.repeat(10_050)}`,
        ' ',
        '\u00ef\u00bb\u00bf',
        '\r\n',
      ),
      fc.string({ maxLength: 30 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(parts, { maxLength: 12 }),
        fc.integer({ min: 1, max: 300 }),
        async (texts, size) => {
          const file = texts.join('');
          expect(await read(file, size)).toEqual(await read(file));
        },
      ),
      { numRuns: 300 },
    );
  });
});
