// The CSV form of `payer-rules`: one row a rule, with its policy in every row. Rows of one policy id and version must say
// the same of the policy.
import type { CoverageList } from '../../core/policy.ts';
import { type DelimitedRow, readRowBatches } from '../../formats/delimited-rows.ts';
import type { FindingList } from '../../formats/finding-list.ts';
import { readLineBatches } from '../../formats/line-batches.ts';
import { ruleKinds, rulesFormat } from './rules-schema.ts';
import type {
  FieldNames,
  WrittenPolicy,
  WrittenProcedures,
  WrittenRule,
  WrittenRules,
} from './written-rules.ts';

/** The columns; every one must be there, in any order. */
export const rulesColumns = [
  'format_version',
  'payer',
  'plan',
  'states',
  'policy_id',
  'policy_version',
  'title',
  'procedure_group',
  'procedures',
  'rule',
  'group',
  'diagnoses',
  'note',
  'effective_from',
  'effective_to',
  'published',
  'source_url',
] as const;

type Column = (typeof rulesColumns)[number];
type Row = { readonly where: string; readonly cell: (column: Column) => string };

const columnNames: Readonly<Record<keyof FieldNames, Column>> = {
  payer: 'payer',
  id: 'policy_id',
  version: 'policy_version',
  title: 'title',
  plan: 'plan',
  states: 'states',
  effectiveFrom: 'effective_from',
  effectiveTo: 'effective_to',
  published: 'published',
  sourceUrl: 'source_url',
  procedureGroup: 'procedure_group',
  codes: 'procedures',
  group: 'group',
  note: 'note',
};

/** What every row of a policy has to say alike. */
const ofPolicy: readonly Column[] = [
  ...(['payer', 'plan', 'states', 'title', 'effective_from', 'effective_to'] as const),
  ...(['published', 'source_url'] as const),
];

const separators: Readonly<Record<string, string>> = { ';': 'semicolons', '\t': 'tabs', '|': '|' };

const listed = (cell: string): string[] => {
  const parts = cell.split('|').map((part) => part.trim());
  return parts.filter((part) => part !== '');
};

/** Where each column stands, or undefined with an error about the header. */
function readHeader(
  { cells, number }: DelimitedRow,
  where: string,
  list: FindingList,
): ReadonlyMap<string, number> | undefined {
  const at = `${where} line ${number}`;
  const names = cells.map((cell) => cell.toLowerCase());
  const other = Object.keys(separators).find((one) => {
    const parts = names[0]?.split(one) ?? [];
    return parts.length > 1 && parts.includes('payer');
  });
  if (other !== undefined) {
    const message = `Its columns are parted by ${separators[other]}. Save it with commas.`;
    list.add('csv-separator', 'error', at, message);
    return undefined;
  }
  const missing = rulesColumns.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    list.add('csv-columns-missing', 'error', at, `It has no column ${missing.join(', ')}.`);
  }
  const known: ReadonlySet<string> = new Set(rulesColumns);
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const shown = unknown.join(', ').slice(0, 100);
    list.add('csv-columns-unknown', 'error', at, `It has columns of no meaning: ${shown}.`);
  }
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  if (repeated.length > 0) {
    list.add('csv-columns-repeated', 'error', at, `It has ${repeated.join(', ')} twice.`);
  }
  const isWrong = missing.length + unknown.length + repeated.length > 0;
  return isWrong ? undefined : new Map(names.map((name, index) => [name, index]));
}

async function* onePiece(text: string): AsyncGenerator<string> {
  yield text;
}

/** The rows under the header; undefined when the header is wrong. */
async function readRows(
  text: string,
  where: string,
  list: FindingList,
): Promise<readonly Row[] | undefined> {
  let columns: ReadonlyMap<string, number> | undefined;
  const rows: Row[] = [];
  for await (const batch of readRowBatches(readLineBatches(onePiece(text)), ',')) {
    for (const row of batch) {
      const at = `${where} line ${row.number}`;
      if (row.fault !== undefined) {
        list.add('csv-quotes', 'error', at, 'Its quotes do not close, or the line is too long.');
      } else if (!columns) {
        columns = readHeader(row, where, list);
        if (!columns) return undefined;
      } else if (row.cells.length !== columns.size) {
        const message = `It has ${row.cells.length} cells, the header ${columns.size}.`;
        list.add('csv-cells', 'error', at, message);
      } else {
        const index = columns;
        rows.push({ where: at, cell: (column) => row.cells[index.get(column) ?? -1] ?? '' });
      }
    }
  }
  return columns && rows;
}

const isRuleKind = (text: string): text is CoverageList => ruleKinds.some((kind) => kind === text);

function ruleOf({ where, cell }: Row, list: FindingList): WrittenRule[] {
  const rule = cell('rule').toLowerCase();
  if (!isRuleKind(rule)) {
    list.add('rule-unknown', 'error', where, `rule is none of ${ruleKinds.join(', ')}.`);
    return [];
  }
  const [group, procedureGroup] = [cell('group'), cell('procedure_group')];
  const diagnoses = listed(cell('diagnoses'));
  if (diagnoses.length === 0 || procedureGroup === '') {
    const empty = procedureGroup === '' ? 'procedure_group' : 'diagnoses';
    list.add('csv-cell-empty', 'error', where, `${empty} is empty.`);
  }
  return [{ where, rule, group, procedureGroup, diagnoses, note: cell('note') }];
}

/** The groups of procedures that rows name; a group named twice has the same procedures both times. */
function groupsOf(rows: readonly Row[], list: FindingList): WrittenProcedures[] {
  const groups = new Map<string, WrittenProcedures>();
  for (const { where, cell } of rows) {
    const group = cell('procedure_group');
    const codes = listed(cell('procedures'));
    const known = groups.get(group);
    if (!known) groups.set(group, { where, group, codes });
    else if (codes.length > 0 && codes.join('|') !== known.codes.join('|')) {
      const message = `Group ${group} has other procedures than at ${known.where}.`;
      list.add('procedure-group-differs', 'error', where, message);
    }
  }
  return [...groups.values()];
}

function policyOf(rows: readonly Row[], list: FindingList): WrittenPolicy[] {
  const [first] = rows;
  if (!first) return [];
  for (const { where, cell } of rows) {
    const column = ofPolicy.find((one) => cell(one) !== first.cell(one));
    if (column === undefined) continue;
    const message = `${column} is another than at ${first.where}, of the same policy and version.`;
    list.add('policy-rows-disagree', 'error', where, message);
  }
  const { cell } = first;
  return [
    {
      where: first.where,
      payer: cell('payer'),
      id: cell('policy_id'),
      version: cell('policy_version'),
      title: cell('title'),
      plan: cell('plan'),
      states: listed(cell('states')),
      effectiveFrom: cell('effective_from'),
      effectiveTo: cell('effective_to'),
      published: cell('published'),
      sourceUrl: cell('source_url'),
      procedureGroups: groupsOf(rows, list),
      rules: rows.flatMap((row) => ruleOf(row, list)),
    },
  ];
}

/**
 * The policies of a CSV file as written; undefined when it has no usable header. Findings, all errors: `csv-separator`,
 * `csv-columns-missing`, `csv-columns-unknown`, `csv-columns-repeated`, `csv-quotes`, `csv-cells`, `csv-cell-empty`,
 * `csv-no-rows`, `csv-unfinished`, `rules-format-version`, `rule-unknown`, `procedure-group-differs`, `policy-rows-disagree`.
 */
export async function readRulesCsv(
  text: string,
  where: string,
  list: FindingList,
): Promise<WrittenRules | undefined> {
  const rows = await readRows(text, where, list);
  if (!rows) return undefined;
  if (!/[\r\n]$/.test(text)) {
    const message = 'Its last line does not end: it may be cut off. End it with a line break.';
    list.add('csv-unfinished', 'error', where, message);
  }
  if (rows.length === 0) {
    list.add('csv-no-rows', 'error', where, 'There is no row under the header.');
  }
  const policies = new Map<string, Row[]>();
  for (const row of rows) {
    const version = row.cell('format_version');
    if (version !== String(rulesFormat.version)) {
      const message = `format_version is "${version.slice(0, 20)}"; version ${rulesFormat.version} is read.`;
      list.add('rules-format-version', 'error', row.where, message);
    }
    const key = `${row.cell('policy_id')} ${row.cell('policy_version')}`;
    const known = policies.get(key);
    if (known) known.push(row);
    else policies.set(key, [row]);
  }
  return {
    names: columnNames,
    published: '',
    policies: [...policies.values()].flatMap((some) => policyOf(some, list)),
  };
}
