// An export of articles as large as the real one (mid-2026): 2,000 articles, 431,000 covered and 45,000 non-covered rows, 18,000
// procedures, paragraphs of up to 80,000 characters. The same arguments always give the same export.
import type { ExportContractor, ExportDocument, McdExport } from './mcd-export-bytes.ts';

/** What to write. */
export type FullSize = {
  readonly articles?: number;
  readonly coveredRows?: number;
  readonly nonCoveredRows?: number;
  /** The first so many articles have a new version with one code more and one less. */
  readonly changed?: number;
  /** ICD-10-CM codes with dots to take from; by default made up in their form. */
  readonly codes?: readonly string[];
  /** Last day of the export's period. */
  readonly day?: string;
};

const madeUp: readonly string[] = ['A', 'C', 'E', 'G', 'I', 'K', 'M', 'S'].flatMap((letter) =>
  Array.from({ length: 9000 }, (_, index) => {
    const digits = String(index + 10000).slice(1);
    return `${letter}${digits.slice(0, 2)}.${digits.slice(2)}${index % 10}`;
  }),
);

const stateNames =
  'AK AZ CA CNMI CO CT DN EM FL GA HI IL KY MA NF NY OH QN SF TX UN WA WI WM'.split(' ');

const contractors: readonly ExportContractor[] = Array.from({ length: 12 }, (_, index) => ({
  id: String(200 + index),
  name: `Contractor ${String.fromCharCode(65 + index)}, LLC`,
  states: [...stateNames.slice(index, index + 8), `${stateNames[index]} until 2019-12-31`],
}));

/** `count` items of a pool beginning at a place of its own for each article. */
const taken = (pool: readonly string[], from: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => pool[(from + index) % pool.length] ?? '');

const shares = (total: number, parts: number, part: number): number =>
  Math.floor((total * (part + 1)) / parts) - Math.floor((total * part) / parts);

/** Paragraphs that are an article's own and no two of which are alike, as they would be packed and kept once otherwise. */
const longText = (index: number, characters: number): string =>
  Array.from({ length: Math.ceil(characters / 80) }, (_, at) => {
    const mixed = ((index * 7919 + at * 104_729) * 2_654_435_761) % 4_294_967_296;
    return `<p>Rule ${mixed}: it is the provider&rsquo;s responsibility, §&nbsp;1862(a).</p>\r\n`;
  })
    .join('')
    .slice(0, characters);

function article(index: number, size: Required<Omit<FullSize, 'day'>>): ExportDocument {
  const isChanged = index < size.changed;
  const procedures = Array.from({ length: 9 }, (_, at) =>
    String(10000 + ((index * 9 + at) % 89000)),
  );
  const covered = shares(size.coveredRows, size.articles, index);
  const start = (index * 37) % size.codes.length;
  const codes = taken(size.codes, isChanged ? start + 1 : start, covered);
  const notCovered = shares(size.nonCoveredRows, size.articles, index);
  return {
    id: String(50_000 + index),
    version: isChanged ? '12' : '11',
    published: isChanged ? '2026-09-01' : '2026-01-02',
    effective: isChanged ? '2026-10-01' : '2026-01-01',
    contractors: Array.from({ length: 12 }, (_, at) => String(200 + ((index + at) % 12))),
    procedures: [{ codes: procedures, paragraph: 'N/A' }],
    covered: [
      {
        codes,
        paragraph: `<p>These codes support medical necessity for CPT codes ${procedures.slice(0, 5).join(', ')}:</p>`,
      },
    ],
    notCovered: [{ codes: taken(size.codes, start + covered + 7, notCovered), paragraph: 'N/A' }],
    columns: { description: longText(index, index % 40 === 0 ? 80_000 : 6000) },
    revisions: [['1', '2026-01-01', `<p>Revision ${index}: codes &amp; texts</p>`]],
    related: [`L${30_000 + index}`],
  };
}

/** The export; each article has its share of the rows. */
export function fullSizeMcdExport(options: FullSize = {}): McdExport {
  const { articles = 2000, coveredRows = 431_000, nonCoveredRows = 45_000 } = options;
  const { changed = 0, codes = madeUp, day = '2026-09-06' } = options;
  const size = { articles, coveredRows, nonCoveredRows, changed, codes };
  const documents = Array.from({ length: articles }, (_, index) => article(index, size));
  return { day, contractors, documents };
}
