import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import { haveOfficialFiles } from '../support/official-files.ts';
import { officialReleases, officialRows } from '../support/official-order-files.ts';
import { officialReference } from '../support/test-reference.ts';
import { bodyOf } from './api-under-test.ts';
import { apiOn } from './nlm-under-test.ts';

/** Whoever comes first builds the snapshot of the official releases. */
const buildMsMax = 300_000;

describe.skipIf(!haveOfficialFiles)('functions/api/nlm-routes.ts on the official releases', () => {
  let app: Hono;
  beforeAll(async () => {
    app = await apiOn(await officialReference());
  }, buildMsMax);
  const found = async (query: string, system = 'icd10cm') =>
    bodyOf(await app.request(`/api/${system}/v3/search?${query}`));

  it("answers the examples in NLM's documentation as NLM did when they were written", async () => {
    // clinicaltables.nlm.nih.gov/apidoc/icd10cm/v3/doc.html, Sample API Queries. 71 hits until FY2019, 78 since FY2021.
    const response = await app.request(
      '/api/icd10cm/v3/search?sf=code,name&terms=A15&date=2019-09-30',
    );
    expect(await response.text()).toBe(
      '[7,["A15.0","A15.4","A15.5","A15.6","A15.7","A15.8","A15.9"],null,[' +
        '["A15.0","Tuberculosis of lung"],' +
        '["A15.4","Tuberculosis of intrathoracic lymph nodes"],' +
        '["A15.5","Tuberculosis of larynx, trachea and bronchus"],' +
        '["A15.6","Tuberculous pleurisy"],' +
        '["A15.7","Primary respiratory tuberculosis"],' +
        '["A15.8","Other respiratory tuberculosis"],' +
        '["A15.9","Respiratory tuberculosis unspecified"]]]',
    );
    const [total, codes, extra, rows] = await found('sf=code,name&terms=tuberc&date=2019-09-30');
    expect([total, codes.length, extra, rows.length]).toEqual([71, 7, null, 7]);
    expect((await found('sf=code,name&terms=tuberc&date=2025-10-01'))[0]).toBe(78);
  });

  it('counts on every release as the order file does, word for word', async () => {
    for (const release of officialReleases) {
      const billable = [...officialRows(release).values()].filter(({ flag }) => flag === '1');
      for (const word of ['tuberc', 'crohn', 'x', '2', 'sjogren']) {
        // By hand: a word begins where no letter or digit stands before it.
        const begins = new RegExp(`(?<![a-z0-9])${word}`, 'i');
        const titled = billable.filter(({ long }) => begins.test(long.replaceAll('ö', 'o')));
        const [total] = await found(`sf=name&terms=${word}&date=${release.effective}`);
        expect(total, `${word} in ${release.id}`).toBe(Math.min(titled.length, 10_000));
      }
    }
  });

  it('counts no further than 10,000, and lists in tabular order', async () => {
    const [total, codes] = await found('terms=&date=2025-10-01&maxList=3');
    expect(total).toBe(10_000);
    expect(codes).toEqual(['A00.0', 'A00.1', 'A00.9']);
    expect((await found('terms=of&sf=name&date=2025-10-01'))[0]).toBe(10_000);
    expect((await found('terms=open+approach&sf=name', 'icd10pcs'))[0]).toBe(10_000);
  });

  it('refuses q over more hits than it counts, rather than leave some out', async () => {
    const response = await app.request(
      '/api/icd10cm/v3/search?terms=of&sf=name&q=NOT+lung&date=2025-10-01',
    );
    expect(response.status).toBe(400);
    expect((await bodyOf(response)).detail).toMatch(/^q: 10000 codes or more match the terms/);
  });

  it('narrows by q exactly', async () => {
    const rows = officialRows(officialReleases[13] ?? expect.fail('no FY2026'));
    const expected = [...rows].filter(
      ([code, { flag, long }]) => flag === '1' && /^E11/.test(code) && /\bkidney\b/.test(long),
    );
    const [total] = await found('terms=E11&q=name:kidney&date=2025-10-01');
    expect(expected.length).toBeGreaterThan(0);
    expect(total).toBe(expected.length);
    const [withoutTerms] = await found('terms=&q=code:E11*+AND+name:kidney&date=2025-10-01');
    expect(withoutTerms).toBe(expected.length);

    // "fracture" alone begins a word of far more than 10,000 titles.
    const broken = [...rows.values()].filter(
      ({ flag, long }) => flag === '1' && /\bfracture/i.test(long) && /\bfemur\b/i.test(long),
    );
    const [fractures] = await found('terms=fracture&sf=name&q=name:femur&date=2025-10-01');
    expect(fractures).toBe(broken.length);
  });
});
