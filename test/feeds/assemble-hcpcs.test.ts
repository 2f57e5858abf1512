// HCPCS on CMS's page, and the releases its files make up.
import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { assembleHcpcs } from '../../shared/feeds/assemble-hcpcs.ts';
import type { DownloadedFile } from '../../shared/feeds/feed.ts';
import { discoverHcpcs, hcpcsPage } from '../../shared/feeds/hcpcs-page.ts';
import { quarterOfName } from '../../shared/feeds/hcpcs-quarter.ts';
import { inspectFile } from '../../shared/feeds/inspect-file.ts';
import { type HcpcsToWrite, hcpcsText } from '../formats/write-hcpcs.ts';
import { writeZip } from '../formats/write-zip.ts';
import { contextOf, linkPage } from './pages.ts';

const url = (name: string): string => `https://www.cms.gov/files/zip/${name}`;
const gadobutrol = { code: 'A9585', long: 'Injection, gadobutrol, 0.1 ml', added: '20120101' };
const april = 'HCPC2021_APR_ANWEB.txt';

/** A zip as CMS makes them, downloaded. */
async function download(
  name: string,
  published: string,
  members: Readonly<Record<string, readonly HcpcsToWrite[]>>,
): Promise<DownloadedFile> {
  const dosDate = ((2020 - 1980) << 9) | (1 << 5) | 1;
  const entries = Object.entries(members).map(([member, codes]) => ({
    ...{ name: member, content: hcpcsText(codes), dosDate },
  }));
  const about = { name: 'HCPC2021_recordlayout.txt', content: 'the layout', dosDate };
  const subject = { name, url: url(name), system: 'hcpcs' } as const;
  const inspection = await inspectFile(writeZip([about, ...entries]), subject);
  return {
    ...{ url: url(name), name, publisher: 'cms', page: hcpcsPage },
    ...{ sha256: `sha of ${name}`, lastModified: calendarDate(published), inspection },
  };
}

const assembled = (...files: DownloadedFile[]) => {
  const { candidates, findings } = assembleHcpcs(files, 'cms-hcpcs');
  return {
    candidates,
    findings,
    lines: candidates.map(
      ({ effective, published, files: [file] }) =>
        `${effective} of ${published}: ${file?.member?.slice(0, 12)}`,
    ),
  };
};

describe('shared/feeds/hcpcs-page.ts', () => {
  it('takes the alpha-numeric files of the page, each once, and nothing else', async () => {
    const page = linkPage([
      '/files/zip/october-2026-alpha-numeric-hcpcs-file.zip',
      '/files/zip/april-2024-alpha-numeric-hcpcs-files.zip',
      '/files/zip/april-2024-alpha-numeric-hcpcs-files.zip#again',
      '/files/zip/other-codes.zip',
      '/files/document/alpha-numeric-hcpcs-file.pdf',
      'https://elsewhere.example/july-2026-alpha-numeric-hcpcs-file.zip',
      '/files/zip/april-2027-alpha-numeric-hcpcs-file-updated-03-12-2027.zip',
    ]);
    const found = await discoverHcpcs(contextOf({ [hcpcsPage]: page }, '2026-11-01'));
    expect(found.files.map(({ name }) => name)).toEqual([
      'october-2026-alpha-numeric-hcpcs-file.zip',
      'april-2024-alpha-numeric-hcpcs-files.zip',
    ]);
    expect(found).toMatchObject({ pagesRead: [hcpcsPage], findings: [] });
  });

  it('takes a page without files for unreadable, and a page that is not there for nothing', async () => {
    const empty = await discoverHcpcs(contextOf({ [hcpcsPage]: linkPage(['/a']) }, '2026-11-01'));
    expect(empty.pagesRead).toEqual([]);
    expect(empty.findings.map(({ code }) => code)).toEqual(['listing-unreadable']);
    const gone = await discoverHcpcs(contextOf({}, '2026-11-01'));
    expect(gone).toEqual({ files: [], findings: [], pagesRead: [], pagesNamed: [] });
  });
});

describe('shared/feeds/hcpcs-quarter.ts', () => {
  it.each([
    ['HCPC2026_JAN_ANWEB_12082025.txt', '2026-01-01'],
    ['HCPC2025_OCT_ANWEB_v3.txt', '2025-10-01'],
    ['HCPC2020_APRIL_ANWEB_w_disclaimer_v5.xlsx', '2020-04-01'],
    ['HCPC2021_APR_CONTR_ANWEB.xlsx', '2021-04-01'],
    ['folder/HCPC2018_CONTR_ANWEB.txt', '2018-01-01'],
    ['HCPC2026_MAY_ANWEB.txt', undefined],
    ['HCPC2026_recordlayout.txt', undefined],
  ])('dates %s', (name, quarter) => {
    expect(quarterOfName(name)).toBe(quarter);
  });
});

describe('shared/feeds/assemble-hcpcs.ts', () => {
  it('makes one release of a quarter, from the text and not from the reports beside it', async () => {
    const zip = await download('april-2021-alpha-numeric-hcpcs-file.zip', '2021-03-11', {
      [april]: [gadobutrol],
      'HCPC2021_APR_ANWEB.xlsx': [],
      'HCPC2021_APR_ANWEB_Transaction Report.xlsx': [],
      'HCPC2021_APR_ANWEB_Corrections.xlsx': [],
    });
    const { candidates, lines } = assembled(zip);
    expect(lines).toEqual(['2021-04-01 of 2021-03-11: HCPC2021_APR']);
    expect(candidates[0]).toMatchObject({
      ...{ feed: 'cms-hcpcs', system: 'hcpcs', findings: [] },
      files: [{ role: 'hcpcs', url: zip.url, member: april }],
    });
  });

  it('makes one more for each day on which a code begins or is gone, up to the next quarter’s first', async () => {
    const codes = [
      gadobutrol,
      { ...gadobutrol, code: 'A0002', added: '20210509' },
      { ...gadobutrol, code: 'A0003', terminated: '20210630' },
      { ...gadobutrol, code: 'A0004', terminated: '20210930' },
    ];
    const zip = await download('april-2021-alpha-numeric-hcpcs-file.zip', '2021-03-11', {
      [april]: codes,
    });
    const days = (files: readonly DownloadedFile[]) =>
      assembled(...files).candidates.map(({ effective }) => effective);
    expect(days([zip])).toEqual(['2021-04-01', '2021-05-09', '2021-07-01']);
    const july = await download('july-2021-alpha-numeric-hcpcs-file.zip', '2021-06-10', {
      'HCPC2021_JUL_ANWEB.txt': codes,
    });
    // July's own file tells of 1 July, and of 30 September what April's must not.
    expect(days([july, zip])).toEqual(['2021-04-01', '2021-05-09', '2021-07-01', '2021-10-01']);
    expect(assembled(july, zip).lines[2]).toBe('2021-07-01 of 2021-06-10: HCPC2021_JUL');
  });

  it('takes a later edition as a correction of every day the earlier one told of', async () => {
    const first = await download('april-2021-alpha-numeric-hcpcs-file.zip', '2021-03-11', {
      [april]: [gadobutrol, { ...gadobutrol, code: 'A0002', added: '20210509' }],
    });
    const second = await download(
      'april-2021-alpha-numeric-hcpcs-file-updated-03-25-2021.zip',
      '2021-03-26',
      { [april]: [gadobutrol] },
    );
    expect(assembled(second, first).lines).toEqual([
      '2021-04-01 of 2021-03-11: HCPC2021_APR',
      '2021-04-01 of 2021-03-25: HCPC2021_APR',
      '2021-05-09 of 2021-03-11: HCPC2021_APR',
      '2021-05-09 of 2021-03-25: HCPC2021_APR',
    ]);
  });

  it('doubts a file whose zip is named for another quarter, and knows none in a zip without one', async () => {
    const mixed = await download('july-2021-alpha-numeric-hcpcs-file.zip', '2021-06-10', {
      [april]: [gadobutrol],
    });
    const { candidates } = assembled(mixed);
    expect(candidates[0]?.effective).toBe('2021-04-01');
    expect(candidates[0]?.findings).toMatchObject([
      { code: 'effective-date-conflict', severity: 'error' },
    ]);
    const none = await download('july-2021-alpha-numeric-hcpcs-file.zip', '2021-06-10', {});
    expect(assembled(none)).toMatchObject({
      candidates: [],
      findings: [{ code: 'effective-date-unknown', severity: 'error' }],
    });
  });
});
