// Writes an export of articles as the Medicare Coverage Database packs it: a zip around a zip of tables, every cell in quotes.
// Of the columns only those are there that say something.
import {
  type SampleArticle,
  type SampleContractor,
  type SampleEdition,
  sampleContractors,
} from './spec/policies.ts';
import { zipBytes } from './zip-bytes.ts';

type Row = Readonly<Record<string, string>>;

const csvText = (rows: readonly Row[]): string => {
  const columns = Object.keys(rows[0] ?? {});
  const line = (cells: readonly string[]): string =>
    `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`;
  return [
    line(columns),
    ...rows.map((row) => line(columns.map((column) => row[column] ?? ''))),
  ].join('');
};

const midnight = (day: string): string => (day === '' ? '' : `${day} 00:00:00`);

const wordsOf = (text: string): readonly string[] => text.split(' ');

const keyOf = ({ id, version }: SampleArticle): Row => ({
  article_id: id,
  article_version: version,
});

const contractorKey = (id: string): Row => ({
  contractor_id: id,
  contractor_type_id: '8',
  contractor_version: '1',
});

const states = [...new Set(sampleContractors.flatMap((each) => wordsOf(each.states)))].sort();

const articleRow = (article: SampleArticle): Row => ({
  ...keyOf(article),
  title: article.title,
  article_pub_date: midnight(article.published),
  article_eff_date: midnight(article.effective),
  ...{ article_end_date: '', article_rev_end_date: '', date_retired: '' },
  ...{ description: '', other_comments: '', add_icd10_info: '', cms_cov_policy: '' },
  ...{ revenue_para: '', history_exp: '' },
  status: 'A',
  display_id: `A${article.id}`,
});

const procedureRows = (article: SampleArticle): readonly Row[] =>
  article.procedures.flatMap(({ codes }, index) =>
    wordsOf(codes).map((code) => ({
      ...keyOf(article),
      hcpc_code_id: code,
      hcpc_code_group: String(index + 1),
      range: 'N',
    })),
  );

const procedureGroupRows = (article: SampleArticle): readonly Row[] =>
  article.procedures.map(({ paragraph = '' }, index) => ({
    ...keyOf(article),
    hcpc_code_group: String(index + 1),
    paragraph,
  }));

const coveredRows = (article: SampleArticle): readonly Row[] =>
  wordsOf(article.covered).map((code, index) => ({
    ...keyOf(article),
    icd10_code_id: code,
    icd10_covered_group: '1',
    range: 'N',
    sort_order: String(index + 1),
    asterisk: '',
  }));

const revisionRow = (article: SampleArticle): Row => ({
  ...keyOf(article),
  rev_hist_num: article.version,
  rev_hist_date: midnight(article.effective),
  rev_hist_exp: '',
});

const jurisdictionRows = ({ id, states: own }: SampleContractor): readonly Row[] =>
  wordsOf(own).map((state) => ({
    ...contractorKey(id),
    state_id: String(states.indexOf(state) + 1),
    active_date: midnight('2013-01-01'),
    term_date: '',
  }));

/** A table that has no row has its header all the same. */
const headerOnly = (columns: string): string => `${columns}\r\n`;

function tablesOf({ day, articles }: SampleEdition): Readonly<Record<string, string>> {
  const numbers = (columns: string): string =>
    headerOnly(`article_id,article_version${columns === '' ? '' : `,${columns}`}`);
  return {
    'article.csv': csvText(articles.map(articleRow)),
    'article_future_retire.csv': headerOnly('article_id,retire_dt'),
    'article_related_documents.csv': numbers('r_article_id,r_lcd_id'),
    'article_x_contractor.csv': csvText(
      articles.map((each) => ({ ...keyOf(each), ...contractorKey(each.contractor) })),
    ),
    'article_x_hcpc_code.csv': csvText(articles.flatMap(procedureRows)),
    'article_x_hcpc_code_group.csv': csvText(articles.flatMap(procedureGroupRows)),
    'article_x_icd10_covered.csv': csvText(articles.flatMap(coveredRows)),
    'article_x_icd10_covered_group.csv': csvText(
      articles.map((each) => ({
        ...keyOf(each),
        icd10_covered_group: '1',
        paragraph: each.paragraph ?? '',
        icd10_covered_ast: '',
      })),
    ),
    'article_x_icd10_noncovered.csv': numbers(
      'icd10_code_id,icd10_noncovered_group,range,sort_order',
    ),
    'article_x_icd10_noncovered_group.csv': numbers('icd10_noncovered_group,paragraph'),
    'article_x_primary_jurisdiction.csv': numbers('state_id'),
    'article_x_revision_history.csv': csvText(articles.map(revisionRow)),
    'contractor.csv': csvText(
      sampleContractors.map(({ id, name }) => ({
        ...contractorKey(id),
        contractor_bus_name: name,
        status: 'A',
      })),
    ),
    'contractor_jurisdiction.csv': csvText(sampleContractors.flatMap(jurisdictionRows)),
    'state_lookup.csv': csvText(
      states.map((state, index) => ({ state_id: String(index + 1), state_abbrev: state })),
    ),
    'update_period.csv': csvText([{ period_id: '1', begin_date: '', end_date: midnight(day) }]),
  };
}

/** The bytes of an export, dated inside with its day. */
export function exportBytes(edition: SampleEdition): Buffer {
  const modified = `${edition.day}T00:00`;
  const packed = (name: string, bytes: Uint8Array) => zipBytes([{ name, bytes, modified }]);
  const tables = Object.entries(tablesOf(edition)).map(([name, text]) => ({
    name,
    bytes: Buffer.from(text),
    modified,
  }));
  return packed('current_article_csv.zip', zipBytes(tables));
}
