// The tables of docs/conformance.md, made from the same data the tests run by: written by write-document.ts, compared by
// tx-ecosystem.test.ts.
import type { FiledCase } from '../fhir-date/suite.ts';
import { type Account, accountOf, idOf } from './accounts.ts';
import { type EcosystemTest, readEcosystemFile } from './ecosystem-files.ts';
import { reexpressions } from './reexpressions.ts';
import { type StandIn, standIns } from './value-sets.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const row = (...cells: readonly (string | number)[]): string =>
  `| ${cells.map((each) => cell(String(each))).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[]): string =>
  [row(...head), `|${'---|'.repeat(head.length)}`, ...rows].join('\n');

/** The document with fresh text between the markers of each table. */
export function withTables(document: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce((text, [name, fresh]) => {
    const [begin, end] = [`<!-- ${name}: generated -->`, `<!-- ${name}: end -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`the document has no place for table ${name}`);
    return `${text.slice(0, from + begin.length)}\n\n${fresh}\n\n${text.slice(to)}`;
  }, document);
}

/** Every table by name. */
export function conformanceTables(
  tests: readonly EcosystemTest[],
  cases: readonly FiledCase[],
): Readonly<Record<string, string>> {
  const accounts = tests.map(accountOf);
  return {
    'fhir-date': dateTable(cases),
    summary: summaryTable(accounts),
    'stand-ins': standInTable(),
    run: runTable(accounts),
    'not-run': notRunTable(tests, accounts),
  };
}

function dateTable(cases: readonly FiledCase[]): string {
  const files = [...new Set(cases.map(({ file }) => file))];
  const count = (of: readonly FiledCase[], level: string): number =>
    of.filter((one) => one.level === level).length;
  const rows = files.map((file) => {
    const of = cases.filter((one) => one.file === file);
    return row(`\`${file}\``, count(of, 'required'), count(of, 'choice'), of.length);
  });
  const all = row('all', count(cases, 'required'), count(cases, 'choice'), cases.length);
  return table(['file', 'required', 'choice', 'cases'], [...rows, all]);
}

function summaryTable(accounts: readonly Account[]): string {
  const count = (how: string, outcome: string): number =>
    accounts.filter((one) => one.how === how && one.outcome === outcome).length;
  return table(
    ['how', 'pass', 'differ, with the reason', 'not run, with the reason'],
    [
      row('re-expressed', count('re-expressed', 'passes'), count('re-expressed', 'differs'), ''),
      row('by name', count('by name', 'passes'), count('by name', 'differs'), ''),
      row('not run', '', '', count('not run', '')),
    ],
  );
}

function standInTable(): string {
  const rows = Object.entries(standIns).map(([name, set]: [string, StandIn]) => {
    const asked = set.url ?? JSON.stringify(set.compose);
    const members = set.members.map(({ code }) => code).join(', ') || 'none';
    return row(`\`${name}\``, `\`${asked}\``, members);
  });
  return table(['stand-in', 'asked for as', 'codes their rules call for'], rows);
}

function runTable(accounts: readonly Account[]): string {
  const rows = accounts
    .filter(({ how }) => how !== 'not run')
    .map((account) => {
      const { set, codes = {} } = reexpressions[idOf(account)] ?? {};
      const asked = [...(set ? [`\`${set}\``] : []), ...Object.values(codes)].join(' ');
      return row(`\`${idOf(account)}\``, account.how, asked, account.outcome, account.why);
    });
  return table(['test', 'how', 'about', 'outcome', 'why'], rows);
}

function notRunTable(tests: readonly EcosystemTest[], accounts: readonly Account[]): string {
  const left = accounts.filter(({ how }) => how === 'not run');
  const stored = new Set(
    tests.filter(({ request }) => readEcosystemFile(request)).map(({ suite }) => suite),
  );
  const inPart = new Set(accounts.filter(({ how }) => how !== 'not run').map(({ suite }) => suite));
  const groups = Map.groupBy(left, ({ suite, why }) => `${suite}\n${why}`);
  const rows = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { suite, why } = first;
    // Of suites whose files are stored every test is named; of the others those that are run are, in the table above.
    const names = stored.has(suite) ? group.map(({ name }) => `\`${name}\``).join(', ') : '';
    return [
      row(
        `\`${suite}\``,
        group.length,
        names || (inPart.has(suite) ? 'all that are not named above' : 'all'),
        why,
      ),
    ];
  });
  return table(['suite', 'tests', 'which', 'why not'], rows);
}
