// Files of payer rules for tests, and a feed of the payer `acme` that reads them.
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { createPayerRulesFeed } from '../../../shared/feeds/payer-rules/feed.ts';
import type { PolicyReading } from '../../../shared/feeds/policy-feed.ts';

export const rulesUrl = 'https://rules.acme.example/rules.json';

/** What a test changes of {@link policy}. */
export type Changes = Readonly<Record<string, unknown>>;

/** One right policy of {@link rulesFile}. */
export const policy = (changes: Changes = {}): Changes => ({
  id: 'ACME-1',
  version: 1,
  title: 'Epidural steroid injections',
  effectiveFrom: '2026-01-01',
  procedureGroups: [{ group: '1', codes: ['62323'] }],
  rules: [{ rule: 'covered', procedureGroup: '1', diagnoses: ['M54.16'] }],
  ...changes,
});

/** A file with these policies. */
export const rulesFile = (policies: readonly Changes[], changes: Changes = {}): string =>
  JSON.stringify({
    format: 'codewatch-payer-rules',
    formatVersion: 1,
    payer: 'acme',
    policies,
    ...changes,
  });

/** Reads files as the feed of `acme` does; `complete` as configured. */
export function readFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  { complete = false, urls = Object.keys(files) } = {},
): Promise<PolicyReading> {
  const feed = createPayerRulesFeed({
    id: 'acme-rules',
    title: 'Rules of Acme',
    source: 'acme',
    payer: { id: 'acme', title: 'Acme Health' },
    urls,
    hosts: ['rules.acme.example'],
    complete,
  });
  const list = Object.keys(files).map((url) => ({ url, sha256: url, unchanged: false }));
  return feed.read(list, {
    collected: calendarDate('2026-02-01'),
    bytesOf: async ({ sha256 }) => Buffer.from(files[sha256] ?? ''),
  });
}

/** Reads one file. */
export const readFile = (content: string | Uint8Array): Promise<PolicyReading> =>
  readFiles({ [rulesUrl]: content });

/** `code place` of each error. */
export const errorsOf = ({ findings }: PolicyReading): string[] =>
  findings
    .filter(({ severity }) => severity === 'error')
    .map(({ code, where }) => `${code} ${where.replace(rulesUrl, '').trim()}`.trim());
