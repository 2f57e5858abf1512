// Reads the configuration of payers and policy feeds, and checks in it what no schema can say: that what is named is there,
// and that a claim can be told whose it is.
import { type Payer, payerOf } from '../core/payer.ts';
import { fieldWording } from '../formats/field-wording.ts';
import { createFindingList } from '../formats/finding-list.ts';
import { readUniqueJson } from '../formats/unique-json.ts';
import { readUtf8 } from '../formats/utf8-text.ts';
import {
  type ConfiguredFeed,
  type ConfiguredPayer,
  type FeedConfiguration,
  feedConfigurationFile,
} from './feed-configuration-file.ts';

const bytesMax = 200_000;

/** What the code brings along: its own policy feeds, and ids that are taken. */
export type BuiltInFeeds = {
  readonly feeds: readonly { readonly id: string; readonly source: string }[];
  readonly takenIds: readonly string[];
};

type Problem = { readonly at: string; readonly message: string };

function repeated(values: readonly string[], at: (index: number) => string): Problem[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index ? [{ at: at(index), message: `"${value}" is taken` }] : [],
  );
}

/** Names and filing indicators that two payers claim: a claim would be either's. */
function sharedNames(payers: readonly ConfiguredPayer[]): Problem[] {
  return payers.flatMap(({ id: own, title: shown, names, claimFiling }, index) => {
    const taken = (found: Payer | undefined, what: string, path: string): Problem[] =>
      found && found.id !== own
        ? [{ at: `payers[${index}].${path}`, message: `"${what}" means ${found.id} already` }]
        : [];
    return [
      ...taken(payerOf({ payer: shown }, payers), shown, 'title'),
      ...names.flatMap((one, at) => taken(payerOf({ payer: one }, payers), one, `names[${at}]`)),
      ...claimFiling.flatMap((one, at) =>
        taken(payerOf({ claimFiling: one }, payers), one, `claimFiling[${at}]`),
      ),
    ];
  });
}

const feedPath = (index: number): string => `policyFeeds[${index}]`;

/** Feeds that are not there, take the id of another, or bring rules of nobody. */
function wrongFeeds({ payers, policyFeeds }: FeedConfiguration, builtIn: BuiltInFeeds): Problem[] {
  return policyFeeds.flatMap((feed, index): Problem[] => {
    const at = `${feedPath(index)}.id`;
    const isOwn = builtIn.feeds.some(({ id }) => id === feed.id);
    if (feed.kind === 'built-in') {
      const known = builtIn.feeds.map(({ id }) => id).join(', ');
      return isOwn ? [] : [{ at, message: `no such feed; there is ${known}` }];
    }
    if (isOwn || builtIn.takenIds.includes(feed.id)) {
      return [{ at, message: `"${feed.id}" is a feed of Codewatch's own` }];
    }
    if (feed.kind !== 'payer-rules') return [];
    const owner = payers.find(({ id }) => id === feed.payer);
    if (owner?.sources.includes(feed.source)) return [];
    const message = `no payer "${feed.payer}" has "${feed.source}" in its sources`;
    return [{ at: `${feedPath(index)}.payer`, message }];
  });
}

/** Sources that no feed brings, or that are told to be two payers'. */
function wrongSources(
  { payers, policyFeeds }: FeedConfiguration,
  builtIn: BuiltInFeeds,
): Problem[] {
  const bringing = (feed: ConfiguredFeed): readonly string[] =>
    feed.kind === 'payer-rules' ? [feed.source] : [];
  const brought = new Set([
    ...builtIn.feeds.map(({ source }) => source),
    ...policyFeeds.flatMap(bringing),
  ]);
  const owned = payers.flatMap(({ sources }, index) =>
    sources.map((source, at) => ({ source, at: `payers[${index}].sources[${at}]` })),
  );
  return [
    ...repeated(
      owned.map(({ source }) => source),
      (index) => owned[index]?.at ?? '',
    ),
    ...owned
      .filter(({ source }) => !brought.has(source))
      .map(({ source, at }) => ({ at, message: `no feed brings "${source}"` })),
  ];
}

const problemsOf = (configuration: FeedConfiguration, builtIn: BuiltInFeeds): Problem[] => [
  ...repeated(
    configuration.payers.map(({ id }) => id),
    (index) => `payers[${index}].id`,
  ),
  ...repeated(
    configuration.policyFeeds.map(({ id }) => id),
    (index) => `${feedPath(index)}.id`,
  ),
  ...sharedNames(configuration.payers),
  ...wrongSources(configuration, builtIn),
  ...wrongFeeds(configuration, builtIn),
];

const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

/**
 * Reads a configuration. Throws an Error that names the file, and the path and the remedy of everything wrong in it, a
 * line each: whoever deploys corrects the file and nothing is deployed until then.
 */
export function parseFeedConfiguration(
  bytes: Uint8Array,
  where: string,
  builtIn: BuiltInFeeds,
): FeedConfiguration {
  const fail = (problems: readonly Problem[]): never => {
    const lines = problems.map(({ at, message }) => `  ${at === '' ? 'the file' : at}: ${message}`);
    throw new Error(`${where} cannot be used:\n${lines.join('\n')}`);
  };
  const list = createFindingList();
  const text = readUtf8(bytes, { where: '', list, bytesMax });
  const { value } = text === undefined ? {} : readUniqueJson(text, '', list);
  const found = list.all().filter(({ severity }) => severity === 'error');
  if (found.length > 0) fail(found.map(({ where: at, message }) => ({ at: at.trim(), message })));
  const read = feedConfigurationFile.safeParse(value, { error: fieldWording });
  if (!read.success) {
    return fail(read.error.issues.map(({ path, message }) => ({ at: placeOf(path), message })));
  }
  const problems = problemsOf(read.data, builtIn);
  return problems.length > 0 ? fail(problems) : read.data;
}
