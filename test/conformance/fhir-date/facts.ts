// Checks the official facts a case rests on against the files CDC published, by the reader the product does not use.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Conversion } from '../../../shared/core/release.ts';
import { parseConversionTable } from '../../../shared/formats/conversion-table.ts';
import { cdcFolder } from '../../support/official-files.ts';
import {
  type OfficialRow,
  officialReleases,
  officialRows,
} from '../../support/official-order-files.ts';

/** The official files as facts are checked against them; each is read once. */
export type Officials = {
  readonly rows: (effective: string) => ReadonlyMap<string, OfficialRow>;
  readonly conversions: readonly Conversion[];
};

/** Opens the official files; `conversionTable` below CDC's folder. */
export async function openOfficials(conversionTable: string): Promise<Officials> {
  const read = new Map<string, ReadonlyMap<string, OfficialRow>>();
  const rows = (effective: string): ReadonlyMap<string, OfficialRow> => {
    const known = read.get(effective);
    if (known) return known;
    const release = officialReleases.find((one) => one.effective === effective);
    if (!release) throw new Error(`no official release takes effect on ${effective}`);
    const found = officialRows(release);
    read.set(effective, found);
    return found;
  };
  const { conversions } = await parseConversionTable(
    readFileSync(join(cdcFolder, conversionTable)),
    { system: 'icd10cm', name: conversionTable, where: conversionTable },
  );
  return { rows, conversions };
}

/** What the files say instead of a fact (its forms are in readme.md), or undefined when they say it. */
export function contradiction(officials: Officials, fact: string): string | undefined {
  const [first = '', second = '', third = '', ...rest] = fact.split(' ');
  const said =
    first === 'conversion'
      ? conversionSaid(officials.conversions, second, third)
      : first === 'count'
        ? countSaid(officials.rows(second), third, rest)
        : first === 'word'
          ? wordSaid(officials.rows(second), third)
          : rowSaid(officials.rows(first), second);
  return fact === `${prefixOf(fact)}${said}` ? undefined : said;
}

/** How many words of a fact say what is asked; the others are the answer. */
function prefixOf(fact: string): string {
  const words = fact.split(' ');
  const asked =
    words[0] === 'conversion' || words[0] === 'word' || words[2] === 'rows'
      ? 3
      : words[0] === 'count'
        ? 4
        : 2;
  return words
    .slice(0, asked)
    .map((word) => `${word} `)
    .join('');
}

function rowSaid(rows: ReadonlyMap<string, OfficialRow>, code: string): string {
  const row = rows.get(code);
  return row ? `${row.flag} ${row.long}` : '-';
}

function countSaid(
  rows: ReadonlyMap<string, OfficialRow>,
  of: string,
  rest: readonly string[],
): string {
  const under = of === 'under' ? (rest[0] ?? '') : '';
  const counted = [...rows].filter(([code]) => code.startsWith(under));
  return `${counted.length} ${counted.filter(([, row]) => row.flag === '1').length}`;
}

function wordSaid(rows: ReadonlyMap<string, OfficialRow>, word: string): string {
  const holds = (title: string): boolean =>
    title
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .some((each) => each.startsWith(word));
  const codes = [...rows].filter(([, row]) => row.flag === '1' && holds(row.long));
  return codes.map(([code]) => code).join(' ') || '-';
}

function conversionSaid(conversions: readonly Conversion[], from: string, to: string): string {
  const dates = conversions
    .filter((one) => one.code === to && takesOverFrom(one, from))
    .map((one) => one.effective);
  return dates.join(' ') || 'none';
}

function takesOverFrom({ previous }: Conversion, code: string): boolean {
  if (previous.kind !== 'codes') return false;
  return previous.parts.some((part) => {
    if (part.kind === 'code') return part.code === code;
    return part.kind === 'range' && part.from <= code && code <= part.to;
  });
}
