// Every code that ever changed in an official release, and what the order files say of it on any day: worked out from
// the files alone, apart from the product's diff and timeline.
import { join } from 'node:path';
import { type CodeSystemId, codeSystems } from '../../shared/core/code-system.ts';
import { cdcFolder, cmsFolder } from '../support/official-files.ts';
import {
  type OfficialRow,
  officialReleases,
  orderFileRows,
} from '../support/official-order-files.ts';

/** What a code is on a day; titles of an ended code are its last, of a future code its first. */
export type OfficialState = {
  readonly status: 'billable' | 'header' | 'ended' | 'future';
  readonly short: string;
  readonly long: string;
};

/** One code through all releases. */
export type Story = {
  readonly system: CodeSystemId;
  /** FHIR system. */
  readonly uri: string;
  /** With the official dot. */
  readonly written: string;
  /** Days on which something about it changed. */
  readonly changes: readonly string[];
  /** What it is on a day on or after the first release. */
  readonly on: (date: string) => OfficialState;
};

/** From a day on the files list the code so, or not at all. */
type Point = { readonly effective: string; readonly row: OfficialRow | undefined };
type DatedFile = { readonly effective: string; readonly path: string };

/** In force before the first order file that lists them, as the conversion table dates them: COVID-19 and vaping. */
const early: Readonly<Record<string, string>> = {
  U07: '2020-04-01',
  U070: '2020-04-01',
  U071: '2020-04-01',
};

/** Yearly ICD-10-PCS order files that follow one another without an update between them. */
const pcsFiles: readonly DatedFile[] = [
  ['2015-10-01', '2016-pcs-long-abbrev-titles.zip'],
  ['2016-10-01', '2017-pcs-long-abbrev-titles.zip'],
  ['2017-10-01', '2018-icd-10-pcs-order-file.zip'],
  ['2018-10-01', '2019-icd-10-pcs-order-file.zip'],
  ['2019-10-01', '2020-icd-10-pcs-order.zip'],
].map(([effective = '', file = '']) => ({
  effective,
  path: join(cmsFolder, 'medicare/coding/icd10/downloads', file),
}));

/** Of the ICD-10-PCS codes that changed, one in so many. */
const pcsSample = 50;

/** Reads them: all of ICD-10-CM, a sample of ICD-10-PCS; with every day a release of ICD-10-CM takes effect. */
export function openOfficialStories(): {
  readonly stories: readonly Story[];
  readonly effectiveDates: readonly string[];
} {
  const files = officialReleases.map(({ effective, file }) => ({
    effective,
    path: join(cdcFolder, file),
  }));
  const first = '2015-10-01';
  const cm = changedCodes(files).map(([code, points]) => story('icd10cm', code, points, first));
  const pcs = changedCodes(pcsFiles)
    .filter((_, at) => at % pcsSample === 0)
    .map(([code, points]) => story('icd10pcs', code, points, first));
  const dates = [...files.map(({ effective }) => effective), ...Object.values(early)];
  return { stories: [...cm, ...pcs], effectiveDates: [...new Set(dates)].sort() };
}

const same = (a: OfficialRow | undefined, b: OfficialRow | undefined): boolean =>
  a?.flag === b?.flag && a?.short === b?.short && a?.long === b?.long;

/** What the files say of each code that is not the same in all of them: a point each time they say something else. */
function changedCodes(files: readonly DatedFile[]): [string, readonly Point[]][] {
  const points = new Map<string, Point[]>();
  for (const { effective, path } of files) {
    const rows = orderFileRows(path);
    for (const code of new Set([...points.keys(), ...rows.keys()])) {
      const before = points.get(code) ?? [];
      const row = rows.get(code);
      if (same(before.at(-1)?.row, row)) continue;
      points.set(code, [...before, { effective, row }]);
    }
  }
  const first = files[0]?.effective;
  return [...points].filter(([, all]) => all.length > 1 || all[0]?.effective !== first);
}

function story(system: CodeSystemId, code: string, points: readonly Point[], first: string): Story {
  const start = early[code];
  const dated = points.map(({ effective, row }, at) => ({
    effective: at === 0 ? (start ?? effective) : effective,
    row,
  }));
  const changes = dated.map(({ effective }) => effective).filter((date) => date !== first);
  const { uri } = codeSystems[system];
  const written =
    system === 'icd10cm' && code.length > 3 ? `${code.slice(0, 3)}.${code.slice(3)}` : code;
  return { system, uri, written, changes, on: (date) => stateOn(dated, date) };
}

function stateOn(points: readonly Point[], date: string): OfficialState {
  const at = points.findLastIndex(({ effective }) => effective <= date);
  const row = points[at]?.row;
  if (row) return { status: row.flag === '1' ? 'billable' : 'header', ...titles(row) };
  const last = points[at - 1]?.row;
  if (last) return { status: 'ended', ...titles(last) };
  return { status: 'future', ...titles(points[0]?.row) };
}

const titles = (row: OfficialRow | undefined) => ({
  short: row?.short ?? '',
  long: row?.long ?? '',
});
