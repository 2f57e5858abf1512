// The rules as the table in docs/scrub-rules.md. `node test/scrub/rules-table.ts` writes it there; a test compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { scrubRules } from '../../shared/scrub/registry.ts';
import type { ScrubRule } from '../../shared/scrub/rule.ts';

const file = new URL('../../docs/scrub-rules.md', import.meta.url);
const marks = ['<!-- rules: begin -->', '<!-- rules: end -->'] as const;

function datesText({ from, until }: ScrubRule): string {
  if (from && until) return `${from} to ${until}`;
  return from ? `from ${from}` : until ? `through ${until}` : 'all';
}

const row = (rule: ScrubRule): string =>
  `| \`${rule.id}\` | ${rule.severity} | ${datesText(rule)} | ${rule.finds} | ${rule.source} |`;

/** The table, one row a rule, in the order findings are told. */
export const rulesTable = (): string =>
  [
    '| rule | severity | dates of service | finds | rests on |',
    '|---|---|---|---|---|',
    ...scrubRules.map(row),
  ].join('\n');

const text = (): string => readFileSync(file, 'utf8');

/** What stands between the marks of the page. */
export function writtenTable(): string {
  const [, after = ''] = text().split(marks[0]);
  return (after.split(marks[1])[0] ?? '').trim();
}

if (process.argv[1] === import.meta.filename) {
  const [before = '', after = ''] = text().split(marks[0]);
  const rest = after.split(marks[1])[1] ?? '';
  writeFileSync(file, `${before}${marks[0]}\n${rulesTable()}\n${marks[1]}${rest}`);
}
