// A pull in rounds: policies before releases, as they are known when a release comes, and what the sample offered earlier before
// what it offers now. Each round is worked through before the next one asks.
import { createHandler as createPull } from '../../functions/pull/handler.ts';
import { fetcherFromEnvironment } from '../../shared/edge/fetcher-from-environment.ts';
import type { EdgePorts } from '../../shared/edge/ports-from-environment.ts';
import { cmsMcdExport } from '../../shared/feeds/cms-mcd-export/feed.ts';
import type { ConfiguredFeeds } from '../../shared/feeds/configured-feeds.ts';
import { feedHosts, feeds } from '../../shared/feeds/registry.ts';
import type { PullSummary } from '../../shared/steps/pull.ts';
import { feedKey } from '../../shared/store/keys.ts';
import { sampleEarlierFolder } from './sample/sample.ts';

/** What pulling takes. */
export type PullRounds = {
  readonly edge: EdgePorts;
  readonly environment: Readonly<Record<string, string>>;
  readonly configured: ConfiguredFeeds;
  readonly isSample: boolean;
  /** Waits until what a round brought is worked through; answers false to go on no more. */
  readonly settled: () => Promise<boolean>;
  readonly progress: (line: string) => void;
};

type Round = { readonly feeds: readonly string[]; readonly folder?: string };

const nothing: PullSummary = {
  ...{ requests: 0, downloaded: 0, unchanged: 0, missing: 0, candidatesSent: 0, findings: 0 },
  feeds: [],
};

const together = (a: PullSummary, b: PullSummary): PullSummary => ({
  requests: a.requests + b.requests,
  downloaded: a.downloaded + b.downloaded,
  unchanged: a.unchanged + b.unchanged,
  missing: a.missing + b.missing,
  candidatesSent: a.candidatesSent + b.candidatesSent,
  findings: a.findings + b.findings,
  feeds: [...a.feeds, ...b.feeds],
});

/** Only once: what the sample offered earlier is no longer offered as soon as the export was asked for. */
async function roundsOf({ edge, configured, isSample }: PullRounds): Promise<readonly Round[]> {
  const policies = configured.feeds.map(({ id }) => id);
  const exports = policies.filter((id) => id === cmsMcdExport.id);
  const isFirst = isSample && !(await edge.codeItems.get(feedKey(cmsMcdExport.id)));
  const rounds: readonly Round[] = [
    { feeds: isFirst ? exports : [], folder: sampleEarlierFolder },
    { feeds: policies },
    { feeds: feeds.map(({ id }) => id) },
  ];
  return rounds.filter((round) => round.feeds.length > 0);
}

/** Pulls every feed; answers what all rounds did together. */
export async function pullInRounds(options: PullRounds): Promise<PullSummary> {
  const { edge, environment, configured, progress } = options;
  const hosts = [...feedHosts, ...configured.hosts];
  let all = nothing;
  for (const { feeds: ids, folder } of await roundsOf(options)) {
    const from = { ...environment, ...(folder !== undefined && { CODEWATCH_SOURCE: folder }) };
    const newFetcher = () => fetcherFromEnvironment(from, { hosts, clock: edge.clock });
    const pull = createPull({ ...edge, policyFeeds: configured.feeds, newFetcher, progress });
    all = together(all, await pull({ feeds: ids }));
    if (!(await options.settled())) return all;
  }
  return all;
}
