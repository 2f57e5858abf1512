// Where the browser is (Debian's chromium), and the one way to skip without it; under CI it has to be there.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const path = process.env.CODEWATCH_CHROMIUM ?? '/usr/bin/chromium';
const present = existsSync(path);

/** True when browser tests are to be skipped: prints the reason once. Never under `CI=true`, where they then fail. */
export const skipBrowserTests: boolean = !present && process.env.CI !== 'true';
if (skipBrowserTests) {
  console.warn(
    `Skipped: no chromium at ${path}; install Debian's, or set CODEWATCH_CHROMIUM to its path.`,
  );
}

/** Starts the browser without a window. Throws, naming the path, when it is not there. */
export async function openBrowser(): Promise<Browser> {
  if (!present) throw new Error(`no chromium at ${path}; set CODEWATCH_CHROMIUM to its path`);
  return chromium.launch({
    executablePath: path,
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
}
