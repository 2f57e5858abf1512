// Discovery in CDC's folders, on listings written by hand.
import { describe, expect, it } from 'vitest';
import { cdcRoot, discoverCdc } from '../../shared/feeds/cdc-listing.ts';
import { contextOf, iisListing } from './pages.ts';

const path = new URL(cdcRoot).pathname;
const root = iisListing(path, [
  ['2014', undefined, '6/13/2024'],
  ['2015', undefined, '6/13/2024'],
  ['2022', undefined, '9/22/2022'],
  ['2025-Update', undefined, '2/24/2025'],
  ['CM- Committee', undefined, '6/18/2019'],
]);
const folder2022 = iisListing(`${path}2022/`, [
  ['Code Descriptions zip.zip', 2_245_367, '6/23/2021'],
  ['Table and Index zip.zip', 22_264_470, '6/23/2021'],
  ['icd10cm_order_2022.txt', 14_282_982, '12/16/2021'],
  ['icd10-Order-Files-2022-April-1.pdf', 122_769, '12/16/2021'],
]);
const update = iisListing(`${path}2025-Update/`, [
  ['Code-desciptions-April-2025.zip', 2_307_694, '1/23/2025'],
  ['ICD-10-CM-Conversion-Table-FY2026-PROPOSED.xlsx', 100_000, '1/23/2025'],
]);
const pages = {
  [cdcRoot]: root,
  [`${cdcRoot}2022/`]: folder2022,
  [`${cdcRoot}2025-Update/`]: update,
};
const named = (names: readonly { name: string }[]) => names.map(({ name }) => name);

describe('shared/feeds/cdc-listing.ts', () => {
  it('reads the folders from FY2016 on and lists the files of use with date and size', async () => {
    const context = contextOf(pages, '2025-11-01');
    const found = await discoverCdc(context);
    expect(context.asked).toEqual([cdcRoot, `${cdcRoot}2022/`, `${cdcRoot}2025-Update/`]);
    expect(found.files[0]).toEqual({
      url: `${cdcRoot}2022/Code%20Descriptions%20zip.zip`,
      name: 'Code Descriptions zip.zip',
      folder: '2022',
      publisher: 'cdc',
      page: `${cdcRoot}2022/`,
      listed: '2021-06-23',
      sizeBytes: 2_245_367,
    });
    expect(named(found.files)).toEqual([
      'Code Descriptions zip.zip',
      'icd10cm_order_2022.txt',
      'Code-desciptions-April-2025.zip',
    ]);
    expect(found.pagesRead).toEqual(context.asked);
  });

  it('keeps what can hold the tabular list apart from the files of releases', async () => {
    const found = await discoverCdc(contextOf(pages, '2025-11-01'));
    expect(found.documents).toMatchObject([
      { name: 'Table and Index zip.zip', folder: '2022', listed: '2021-06-23' },
    ]);
  });

  it('does not see what is listed after today, whatever the folder says', async () => {
    const found = await discoverCdc(contextOf(pages, '2021-07-15'));
    expect(named(found.files)).toEqual(['Code Descriptions zip.zip']);
  });

  it('leaves a PROPOSED table out and says so', async () => {
    const found = await discoverCdc(contextOf(pages, '2025-11-01'));
    const [finding] = found.findings;
    expect(found.findings).toHaveLength(1);
    expect(finding).toMatchObject({ code: 'conversion-proposed', severity: 'warning' });
    expect(finding?.where).toMatch(/PROPOSED\.xlsx$/);
  });

  it('goes on with the other folders when one cannot be had', async () => {
    const { [`${cdcRoot}2022/`]: gone, ...rest } = pages;
    expect(gone).toBeDefined();
    const found = await discoverCdc(contextOf(rest, '2025-11-01'));
    expect(named(found.files)).toEqual(['Code-desciptions-April-2025.zip']);
    expect(found.pagesRead).not.toContain(`${cdcRoot}2022/`);
  });

  it('takes an error page for no listing, so that nothing seems withdrawn', async () => {
    const maintenance = '<!DOCTYPE html><html><body><h1>Down for maintenance</h1></body></html>';
    const found = await discoverCdc(contextOf({ [cdcRoot]: maintenance }, '2025-11-01'));
    expect(found.files).toEqual([]);
    expect(found.pagesRead).toEqual([]);
    expect(found.findings.map(({ code }) => code)).toContain('listing-unreadable');
  });

  it('does not take a listing that lacks its end for whole, but uses the lines it has', async () => {
    const cut = folder2022.replace('</html>', '');
    const found = await discoverCdc(
      contextOf({ ...pages, [`${cdcRoot}2022/`]: cut }, '2025-11-01'),
    );
    expect(named(found.files)).toContain('Code Descriptions zip.zip');
    expect(found.pagesRead).not.toContain(`${cdcRoot}2022/`);
  });
});
