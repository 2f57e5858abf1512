import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type HttpServer, serveHttp } from '../../infra/local/http-server.ts';
import { apiOn, nlmApi } from '../api/nlm-under-test.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { officialReference } from '../support/test-reference.ts';
import { openBrowser, skipBrowserTests } from './chromium.ts';
import { serveWidgetPage } from './widget-page.ts';

/** As NLM's own page sets its widget up for ICD-10-CM. */
const options = "{ tableFormat: true, valueCols: [0], colHeaders: ['Code', 'Name'] }";
const suggesting = '{ tableFormat: true, nonMatchSuggestions: true }';

let browser: Browser;
let servers: readonly HttpServer[] = [];
let pages: Readonly<Record<'plain' | 'suggesting', HttpServer>>;
let api: HttpServer;
let officialApi: HttpServer | undefined;
let page: Page;
const faults: string[] = [];
/** Whoever comes first builds the snapshot of the official releases. */
const buildMsMax = 300_000;

/** Opens the page with the widget on a search URL of the API, which is on another origin than the page. */
async function openField(query: string, on: HttpServer = api, by: HttpServer = pages.plain) {
  const search = `${on.url}/api/icd10cm/v3/search?sf=code,name${query}`;
  page = await browser.newPage();
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(`${by.url}/?api=${encodeURIComponent(search)}`);
  return page.locator('#diagnosis');
}

/** Types into the empty field as a person does; returns when the widget has shown the answer for all of it. */
async function typeInto(field: Locator, text: string): Promise<void> {
  const answered = page.waitForResponse(
    (response) => new URL(response.url()).searchParams.get('terms') === text,
  );
  await field.fill('');
  await field.pressSequentially(text);
  await answered;
  await page.waitForFunction('field.lastAjaxRequest_ === null');
}

/** What the widget lists, when its count line says so many of so many. */
async function listed(shown: number, total: number): Promise<string[][]> {
  const list = page.locator('#lhc-tools-searchResults');
  await expect.poll(() => list.textContent()).toContain(`${shown} of ${total} total`);
  return list.evaluate((element) =>
    [...element.querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.textContent),
    ),
  );
}

/** What the page was told, once it was. */
async function told(what: 'picked' | 'suggested') {
  const text = () => page.locator(`#${what}`).textContent();
  await expect.poll(text).not.toBe('');
  return JSON.parse((await text()) ?? '');
}
const picked = () => told('picked');

describe.skipIf(skipBrowserTests)("functions/api/nlm-routes.ts behind NLM's own widget", () => {
  beforeAll(async () => {
    browser = await openBrowser();
    pages = {
      plain: await serveWidgetPage(options),
      suggesting: await serveWidgetPage(suggesting),
    };
    api = await serveHttp((await nlmApi()).fetch, 0);
    officialApi = haveOfficialFiles
      ? await serveHttp((await apiOn(await officialReference())).fetch, 0)
      : undefined;
    servers = [pages.plain, pages.suggesting, api, ...(officialApi ? [officialApi] : [])];
  }, buildMsMax);
  afterEach(async () => {
    await page.close();
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    for (const server of servers) await server.close();
  });

  it('lists what is typed, and the code picked by keyboard is the one shown', async () => {
    const field = await openField('');
    await typeInto(field, 'low back pain');
    expect((await listed(3, 3)).toSorted()).toEqual([
      ['M54.50', 'Low back pain, unspecified'],
      ['M54.51', 'Vertebrogenic low back pain'],
      ['M54.59', 'Other low back pain'],
    ]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const chosen = await page.locator('#completionOptions tr.selected td').allTextContents();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await field.inputValue()).toBe(chosen[0]);
    expect((await picked()).code).toBe(chosen[0]);
  });

  it('takes the code picked with the mouse', async () => {
    const field = await openField('');
    await typeInto(field, 'low back pain');
    await listed(3, 3);
    await page.locator('#completionOptions tr', { hasText: 'Vertebrogenic' }).click();
    expect(await field.inputValue()).toBe('M54.51');
    expect(await picked()).toEqual({ text: 'M54.51', code: 'M54.51' });
  });

  it('offers the code of the date of service, and what is to come of it as extra data', async () => {
    const field = await openField('&date=2021-09-30&ef=effectiveTo:until,replacedBy');
    await typeInto(field, 'low back pain');
    expect(await listed(1, 1)).toEqual([['M54.5', 'Low back pain']]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await picked()).toEqual({
      text: 'M54.5',
      code: 'M54.5',
      data: { until: '2021-09-30', replacedBy: ['M54.50', 'M54.51', 'M54.59'] },
    });
  });

  it('shows seven at first and all on request', async () => {
    const field = await openField('');
    await typeInto(field, 'low');
    expect(await listed(7, 12)).toHaveLength(7);
    await page.locator('#lhc-tools-moreResults').click();
    const all = await listed(12, 12);
    expect(new Set(all.map(([code]) => code)).size).toBe(12);
    await page.locator('#completionOptions tr', { hasText: 'S39.812A' }).click();
    expect((await picked()).code).toBe('S39.812A');
  });

  it('finds a code by its beginning, with the dot or without', async () => {
    const field = await openField('');
    for (const typed of ['M54.5', 'm545']) {
      await typeInto(field, typed);
      expect((await listed(3, 3)).map(([code]) => code).toSorted()).toEqual([
        'M54.50',
        'M54.51',
        'M54.59',
      ]);
    }
  });

  it('suggests what is near to a mistyped title', async () => {
    const field = await openField('', api, pages.suggesting);
    await field.pressSequentially('vertebrogenic low bakc');
    await page.keyboard.press('Tab');
    expect(await told('suggested')).toEqual(['M54.51 - Vertebrogenic low back pain']);
  });

  it.skipIf(!haveOfficialFiles)('offers the official codes of each date of service', async () => {
    const before = await openField('&date=2021-09-30', officialApi);
    await typeInto(before, 'low back pain');
    expect(await listed(1, 1)).toEqual([['M54.5', 'Low back pain']]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect((await picked()).code).toBe('M54.5');
    await page.close();

    const after = await openField('&date=2025-10-01', officialApi);
    await typeInto(after, 'low back pain');
    // The order file of FY2026; what M51.36 and M51.37 were split into speaks of back and lower extremity pain.
    const codes = (await listed(7, 7)).map(([code]) => code).toSorted();
    const discs = ['M51.362', 'M51.369', 'M51.372', 'M51.379'];
    expect(codes).toEqual([...discs, 'M54.50', 'M54.51', 'M54.59']);
    const folder = process.env.CODEWATCH_SCREENSHOTS;
    if (folder) await page.screenshot({ path: `${folder}/nlm-widget.png` });
    await page.locator('#completionOptions tr', { hasText: 'Low back pain, unspecified' }).click();
    expect((await picked()).code).toBe('M54.50');
  });
});
