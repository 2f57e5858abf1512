// The page about the API in a real browser: it reads well, needs nothing from elsewhere, and works without scripts.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpServer, serveHttp } from '../../infra/local/http-server.ts';
import { apiWithSnapshot } from '../api/api-under-test.ts';
import { openBrowser, skipBrowserTests } from './chromium.ts';

let browser: Browser;
let server: HttpServer;
const faults: string[] = [];
const asked: string[] = [];

beforeAll(async () => {
  if (skipBrowserTests) return;
  browser = await openBrowser();
  server = await serveHttp((await apiWithSnapshot()).app.fetch, 0);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function openDocs(options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  const page = await browser.newPage(options);
  faults.length = 0;
  asked.length = 0;
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => faults.push(message.text()));
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${server.url}/docs`, { waitUntil: 'networkidle' });
  return page;
}

describe.skipIf(skipBrowserTests)('functions/api/docs-page.ts', () => {
  it('shows every operation under a heading, and asks no other host for anything', async () => {
    const page = await openDocs();
    expect(await page.title()).toBe('Codewatch API');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Codewatch API');
    const headings = await page.getByRole('heading', { level: 3 }).allTextContents();
    expect(headings).toContain('Look a code up on a date of service');
    expect(await page.getByRole('main').count()).toBe(1);
    expect(await page.getByRole('navigation', { name: 'Contents' }).count()).toBe(1);
    expect(faults).toEqual([]);
    expect(asked).toEqual([`${server.url}/docs`]);
    await page.close();
  });

  it('works without scripts: contents lead to operations, examples to answers', async () => {
    const page = await openDocs({ javaScriptEnabled: false });
    await page
      .getByRole('link', { name: 'Look a code up on a date of service', exact: true })
      .click();
    expect(page.url()).toBe(`${server.url}/docs#lookUpCode`);
    await page.getByRole('link', { name: 'Try it: Look a code up on a date of service' }).click();
    expect(page.url()).toBe(`${server.url}/v1/codes/icd10cm/M54.5?date=2021-10-01`);
    expect(await page.locator('body').textContent()).toContain('"status":"header"');
    await page.close();
  });

  it('every link of the page leads somewhere', async () => {
    const page = await openDocs();
    const links = page.locator('a[href^="#"]');
    const targets = await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    expect(targets.length).toBeGreaterThan(50);
    const ids = await page.locator('[id]').evaluateAll((all) => all.map((one) => `#${one.id}`));
    expect(new Set(ids).size).toBe(ids.length);
    expect(targets.filter((target) => !ids.includes(target ?? ''))).toEqual([]);
    const tries = page.locator('main a[href^="/"]');
    for (const href of new Set(
      await tries.evaluateAll((all) => all.map((a) => a.getAttribute('href'))),
    )) {
      const { status } = await fetch(`${server.url}${href}`);
      // There is no snapshot to download in this process.
      expect([href, status]).toEqual([href, href?.startsWith('/v1/snapshot') ? 404 : 200]);
    }
    await page.close();
  });

  it.each([360, 1280])(
    'fits a window %i pixels wide, in light and dark, with readable contrast',
    async (width) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await openDocs({ viewport: { width, height: 800 }, colorScheme });
        const overflow = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(overflow).toBeLessThanOrEqual(0);
        const colours = await page.evaluate<string[]>(
          '[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]',
        );
        expect(contrast(colours[0] ?? '', colours[1] ?? '')).toBeGreaterThan(7);
        await page.close();
      }
    },
  );

  it('prints the content without the contents', async () => {
    const page = await openDocs();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    expect(await page.locator('main').isVisible()).toBe(true);
    await page.close();
  });
});

/** Contrast ratio of two `rgb(…)` colours (WCAG 2.2). */
function contrast(one: string, other: string): number {
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = (colour.match(/\d+/g) ?? []).map((text) => {
      const share = Number(text) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
