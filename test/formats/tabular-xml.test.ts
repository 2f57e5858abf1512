// The tabular list in XML: what is read of it, and how every kind of damage is said instead of thrown.
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { readTabularXml } from '../../shared/formats/tabular-xml.ts';
import { diag, section, tabularXml } from './write-tabular-xml.ts';

const where = 'Tabular.xml';
const read = (text: string | Uint8Array, effective?: string) =>
  readTabularXml(typeof text === 'string' ? new TextEncoder().encode(text) : text, {
    where,
    ...(effective !== undefined && { effective: calendarDate(effective) }),
  });
const codesOf = ({ findings }: ReturnType<typeof read>) => findings.map(({ code }) => code);

const whole = tabularXml(
  section('A00-A09', [
    diag(
      'A00',
      'Cholera',
      '<includes><note>any  cholera\r\n (A00)</note></includes>',
      diag('A00.0', 'Cholera due to &#x2265; one', ''),
      diag('A00.9', 'Cholera, unspecified', '<excludes1><note>carrier (Z22.-)</note></excludes1>'),
    ),
  ]),
  section('S00-S09', [
    diag(
      'S00',
      'Superficial injury of head',
      `<excludes1><note>diabetes (E08 with .9)</note><note>other</note></excludes1>
       <sevenChrNote><note>The appropriate 7th character is to be added</note></sevenChrNote>
       <sevenChrDef><extension char="A">initial encounter</extension><note>NOS</note>
         <extension char="D">subsequent encounter</extension></sevenChrDef>`,
      diag('S00.0', 'Of scalp', '', diag('S00.00', 'Unspecified', '')),
    ),
  ]),
);

describe('shared/formats/tabular-xml.ts', () => {
  it('reads notes and seventh characters at chapters, sections and codes, parents first', () => {
    const { list, counts, findings } = read(whole);
    expect(list?.effective).toBe('2016-10-01');
    expect(list?.nodes.map(({ at, level }) => `${level} ${at.from}-${at.to}`)).toEqual([
      ...['chapter A00-T88', 'diag A00-A00', 'diag A009-A009', 'diag S00-S00'],
    ]);
    const [chapter, cholera, unspecified, head] = list?.nodes ?? [];
    const resistance = {
      text: 'Use additional code (Z16.-)',
      targets: [{ from: 'Z16', to: 'Z16' }],
    };
    expect(chapter?.notes).toEqual([{ kind: 'notes', ...resistance }]);
    expect(cholera?.notes).toEqual([
      { kind: 'includes', text: 'any cholera (A00)', targets: [{ from: 'A00', to: 'A00' }] },
    ]);
    expect(unspecified).toMatchObject({
      title: 'Cholera, unspecified',
      notes: [{ kind: 'excludes1', targets: [{ from: 'Z22', to: 'Z22' }] }],
      seventh: [],
    });
    expect(head?.seventh).toEqual([
      { char: 'A', meaning: 'initial encounter' },
      { char: 'D', meaning: 'subsequent encounter' },
    ]);
    expect(counts).toMatchObject({ codes: 6, nodes: 4, notes: 6, targets: 3, unreadable: 1 });
    expect(counts.notesByKind).toMatchObject({
      notes: 1,
      includes: 1,
      excludes1: 3,
      sevenChrNote: 1,
    });
    expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'info tabular-targets',
    ]);
  });

  it('decodes character references, and keeps titles on one line', () => {
    const xml = tabularXml(
      section('A00-A09', [
        diag('A00', 'Low &#x2265; 5 &amp;\n Charc&#244;t', '<notes><note>x</note></notes>'),
      ]),
    );
    const [, node] = read(xml).list?.nodes ?? [];
    expect(node?.title).toBe('Low ≥ 5 & Charcôt');
  });

  it('reads the encoding the file declares, with or without byte order mark', () => {
    const latin = whole.replace('utf-8', 'iso-8859-1').replace('Cholera, unspecified', 'Charcôt');
    expect(read(Buffer.from(latin, 'latin1')).list?.nodes[2]?.title).toBe('Charcôt');
    expect(read(Buffer.from(`\ufeff${whole}`)).list).toBeDefined();
    // The same bytes are no UTF-8.
    const lying = Buffer.from(latin.replace('iso-8859-1', 'utf-8'), 'latin1');
    expect(codesOf(read(lying))).toEqual(['xml-encoding']);
  });

  it('takes the date of folder and name, if it lies in the year the list names', () => {
    expect(read(whole, '2017-04-01').list?.effective).toBe('2017-04-01');
    const other = read(whole, '2017-10-01');
    expect(other.list).toBeUndefined();
    expect(codesOf(other)).toContain('tabular-year-conflict');
  });

  it.each([
    ['a web page', '<!DOCTYPE html><html><body>404</body></html>', 'html-instead-of-file'],
    ['nothing', ' \r\n', 'empty-file'],
    ['a file cut off', whole.slice(0, whole.length / 2), 'xml-malformed'],
    ['a tag that does not close', whole.replace('</note>', ''), 'xml-malformed'],
    [
      'another list',
      '<?xml version="1.0"?><ICD10CM.index><version>2017</version></ICD10CM.index>',
      'tabular-root',
    ],
    ['text', 'not XML at all', 'xml-malformed'],
    ['no version', whole.replace('<version>2017</version>', ''), 'tabular-version'],
    ['two years', whole.replace('>2017<', '>2017 and 2018<'), 'tabular-version'],
    ['no chapter', tabularXml(), 'tabular-empty'],
    ['a code out of place', whole.replace('>S00.00<', '>S01.00<'), 'tabular-code'],
    ['something that is no code', whole.replace('>A00.9<', '>A00.9 or so<'), 'tabular-code'],
    ['a code twice', whole.replace('>A00.9<', '>A00.0<'), 'tabular-duplicate'],
    ['a section of nothing', whole.replaceAll('A00-A09', 'A00 to A09'), 'tabular-range'],
    ['a seventh character of two', whole.replace('char="A"', 'char="AB"'), 'tabular-seventh'],
  ])('refuses %s with a finding, and gives no list', (_, text, code) => {
    const result = read(text);
    expect(codesOf(result)).toContain(code);
    expect(result.findings.find((one) => one.code === code)?.severity).toBe('error');
    expect(result.list).toBeUndefined();
  });

  it('expands no entity of a file, and bears tags nested without end', () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${whole.slice(38)}`;
    expect(codesOf(read(bomb))).toEqual(['xml-entity']);
    const deep = tabularXml(`${'<diag>'.repeat(5000)}${'</diag>'.repeat(5000)}`);
    expect(codesOf(read(deep))).toEqual(['xml-refused']);
  });

  it('works out what a note narrows a range to, with the seventh characters from above', () => {
    const sequela = whole.replace('carrier (Z22.-)', 'open wound (S00.- with 7th character D)');
    expect(read(sequela).list?.nodes[2]?.notes[0]?.targets).toEqual([
      { from: 'S0000XD', to: 'S0000XD' },
    ]);
  });

  it('names nothing rather than half of what a note names', () => {
    const half = whole.replace('carrier (Z22.-)', 'carrier (Z22.-) or else (K43.1 K44.1)');
    const { list, counts } = read(half);
    expect(list?.nodes[2]?.notes[0]?.targets).toEqual([]);
    expect(counts.unreadable).toBe(2);
  });

  it('says how many notes it could not read, and lists the first', () => {
    const notes = Array.from({ length: 9 }, (_, i) => `<note>odd (K4${i}.1- K44.1)</note>`).join(
      '',
    );
    const xml = tabularXml(
      section('A00-A09', [diag('A00', 'Cholera', `<excludes2>${notes}</excludes2>`)]),
    );
    const { counts, findings, list } = read(xml);
    expect(counts).toMatchObject({ unreadable: 9, targets: 1 });
    expect(findings).toHaveLength(5);
    expect(findings.at(-1)?.message).toContain('There are 9 such findings');
    expect(list?.nodes[1]?.notes.every(({ targets }) => targets.length === 0)).toBe(true);
  });
});
