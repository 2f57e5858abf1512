// Discovery on CMS's page, which mixes both code systems and much else.
import { describe, expect, it } from 'vitest';
import { cmsPage, discoverCms } from '../../shared/feeds/cms-page.ts';
import { contextOf, linkPage } from './pages.ts';

const page = linkPage([
  '/files/zip/errata-january-12-2022.zip',
  '/files/zip/2026-code-descriptions-tabular-order.zip',
  '/files/zip/2026-code-tables-tabular-and-index.zip',
  '/files/zip/2026-poa-exempt-codes.zip',
  '/files/zip/2025-icd-10-pcs-order-file-long-and-abbreviated-titles.zip',
  '/files/zip/2022-code-descriptions-tabular-order-updated-02012022.zip',
  '/files/zip/2022-code-descriptions-tabular-order-updated-02012022.zip#again',
  '/medicare/coding/icd10/downloads/2015-code-descriptions.zip',
  'https://elsewhere.example/2026-code-descriptions.zip',
  '/medicare/payment',
]);
const namesOf = async (system: 'icd10cm' | 'icd10pcs', today = '2025-11-01') => {
  const found = await discoverCms(system, contextOf({ [cmsPage]: page }, today));
  return found.files.map(({ name }) => name);
};

describe('shared/feeds/cms-page.ts', () => {
  it('takes ICD-10-CM zips from FY2016 on, each once, and errata, whose members decide', async () => {
    expect(await namesOf('icd10cm')).toEqual([
      'errata-january-12-2022.zip',
      '2026-code-descriptions-tabular-order.zip',
      '2022-code-descriptions-tabular-order-updated-02012022.zip',
    ]);
  });

  it('takes ICD-10-PCS zips by their name', async () => {
    expect(await namesOf('icd10pcs')).toEqual([
      'errata-january-12-2022.zip',
      '2025-icd-10-pcs-order-file-long-and-abbreviated-titles.zip',
    ]);
  });

  it('does not see a file whose name dates it after today', async () => {
    expect(await namesOf('icd10cm', '2022-01-31')).not.toContain(
      '2022-code-descriptions-tabular-order-updated-02012022.zip',
    );
  });

  it('takes a page without files for unreadable, and a page that is not there for nothing', async () => {
    const empty = await discoverCms(
      'icd10cm',
      contextOf({ [cmsPage]: linkPage(['/a']) }, '2025-11-01'),
    );
    expect(empty.pagesRead).toEqual([]);
    expect(empty.findings.map(({ code }) => code)).toEqual(['listing-unreadable']);
    const gone = await discoverCms('icd10cm', contextOf({}, '2025-11-01'));
    expect(gone).toEqual({ files: [], findings: [], pagesRead: [], pagesNamed: [] });
  });
});
