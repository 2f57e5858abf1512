// Feeds of a payer's rules in Codewatch's own format (docs/payer-rules.md): files at addresses of the configuration, or a
// file handed over. Built from the configuration, one for each payer that puts its rules out so.
import { type CalendarDate, parseCalendarDate } from '../../core/calendar-date.ts';
import type { PolicyDocument } from '../../core/policy.ts';
import { comparePolicyVersions } from '../../core/policy-timeline.ts';
import { createFindingList, type FindingList } from '../../formats/finding-list.ts';
import { readUtf8 } from '../../formats/utf8-text.ts';
import type { PolicyFeed, PolicyFile } from '../policy-feed.ts';
import { findContradictions } from './find-contradictions.ts';
import { readRulesCsv } from './read-rules-csv.ts';
import { readRulesJson } from './read-rules-json.ts';
import { rulesLimits } from './rules-schema.ts';
import { type RulesOwner, type TakenPolicy, takePolicies } from './take-policies.ts';
import type { WrittenRules } from './written-rules.ts';

/** One payer's feed, as configured. */
export type PayerRulesFeedOptions = RulesOwner & {
  readonly id: string;
  readonly title: string;
  /** May be empty: then its files are only ever handed over. */
  readonly urls: readonly string[];
  readonly hosts: readonly string[];
  /** Whether the files together hold every policy in force, so that one missing is gone. */
  readonly complete: boolean;
};

/** JSON or CSV, told by the first character: a header of CSV begins with a letter. */
async function readRules(
  bytes: Uint8Array,
  where: string,
  list: FindingList,
): Promise<WrittenRules | undefined> {
  const text = readUtf8(bytes, { where, list, bytesMax: rulesLimits.bytes });
  if (text === undefined) return undefined;
  const isJson = /^\s*[{[]/.test(text);
  return isJson ? readRulesJson(text, where, list) : await readRulesCsv(text, where, list);
}

type Taken = { readonly policies: readonly TakenPolicy[]; readonly published?: CalendarDate };

async function takeFile(
  bytes: Uint8Array,
  { url }: Pick<PolicyFile, 'url'>,
  { owner, list }: { owner: RulesOwner; list: FindingList },
): Promise<Taken> {
  const rules = await readRules(bytes, url, list);
  if (!rules) return { policies: [] };
  const published = parseCalendarDate(rules.published);
  if (rules.published !== '' && !published) {
    list.add('policy-date', 'error', `${url} published`, 'It is no day; write YYYY-MM-DD.');
  }
  const policies = takePolicies(rules, owner, { url, list });
  return { policies, ...(published && { published }) };
}

function findDuplicates(policies: readonly TakenPolicy[], list: FindingList): void {
  const places = new Map<string, string>();
  for (const { where, document } of policies) {
    const key = `${document.id} version ${document.version}`;
    const other = places.get(key);
    if (other === undefined) places.set(key, where);
    else list.add('policy-duplicate', 'error', where, `${key} is there already, at ${other}.`);
  }
}

const byIdAndVersion = (a: PolicyDocument, b: PolicyDocument): number =>
  a.id === b.id ? comparePolicyVersions(a.version, b.version) : a.id < b.id ? -1 : 1;

/** A feed of one payer's rules. Errors of all its files are told together, and then nothing is taken in. */
export function createPayerRulesFeed(options: PayerRulesFeedOptions): PolicyFeed {
  const { id, title, source, urls, hosts } = options;
  return {
    id,
    title,
    source,
    allowedHosts: hosts,
    async discover({ get, since }) {
      const files: PolicyFile[] = [];
      for (const url of urls) {
        const file = await get({ url, bytesMax: rulesLimits.bytes });
        if (file) files.push(file);
      }
      // Files refer to nothing in each other, but contradict each other: they are read together.
      const isNothingNew = since !== undefined && files.every(({ unchanged }) => unchanged);
      return { files: isNothingNew ? [] : files, findings: [] };
    },
    async read(files, { bytesOf }) {
      const list = createFindingList();
      const taken: Taken[] = [];
      for (const file of files) {
        taken.push(await takeFile(await bytesOf(file), file, { owner: options, list }));
      }
      const policies = taken.flatMap((one) => one.policies);
      findDuplicates(policies, list);
      findContradictions(policies, list);
      const findings = list.all();
      const isRefused = findings.some(({ severity }) => severity === 'error');
      const published = taken
        .flatMap((one) => one.published ?? [])
        .toSorted()
        .at(-1);
      const isWhole =
        urls.length > 0 && urls.every((url) => files.some((file) => file.url === url));
      return {
        ...(published && { published }),
        complete: options.complete && isWhole && !isRefused,
        documents: isRefused
          ? []
          : policies.map(({ document }) => document).toSorted(byIdAndVersion),
        reviews: [],
        findings,
      };
    },
  };
}
