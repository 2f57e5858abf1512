// Reads an export in a test as ingest does: files of the feed by their bytes.
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { cmsMcdExport } from '../../../shared/feeds/cms-mcd-export/feed.ts';
import type { PolicyReading } from '../../../shared/feeds/policy-feed.ts';

/** Where CMS keeps the exports. */
export const exportsUrl = 'https://downloads.cms.gov/medicare-coverage-database/downloads/exports/';

/** What the feed reads in zips, the first being that of articles. */
export function readExports(...zips: readonly Uint8Array[]): Promise<PolicyReading> {
  const names = ['current_article.zip', 'current_lcd.zip'];
  const files = zips.map((_, index) => ({
    url: `${exportsUrl}${names[index]}`,
    sha256: String(index),
    unchanged: false,
  }));
  const bytesOf = async ({ sha256 }: { readonly sha256: string }): Promise<Uint8Array> =>
    zips[Number(sha256)] ?? new Uint8Array(0);
  return cmsMcdExport.read(files, { bytesOf, collected: calendarDate('2026-09-07') });
}

/** Codes of findings of a severity, in order, each once. */
export const findingsOf = (
  { findings }: Pick<PolicyReading, 'findings'>,
  severity: 'error' | 'warning' | 'info',
): readonly string[] => [
  ...new Set(findings.filter((one) => one.severity === severity).map(({ code }) => code)),
];
