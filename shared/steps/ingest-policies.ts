// Ingest of payer policies: archived files → reading → gate → difference from what is known → items → commit. Every write
// may be repeated, the edition's item is the commit, and a kill anywhere before it leaves what is known as it was.
import { passes } from '../core/gate.ts';
import type { PolicyEdition } from '../core/policy.ts';
import { checkPolicyNames, defaultPolicyGateLimits, gatePolicies } from '../core/policy-gate.ts';
import type { PolicyGateLimits } from '../core/policy-losses.ts';
import { normalPolicy } from '../core/policy-normal-form.ts';
import type { QualityFinding } from '../core/release.ts';
import type { PolicyFeed, PolicyReading } from '../feeds/policy-feed.ts';
import type { Archive } from '../ports/archive.ts';
import type { Clock } from '../ports/clock.ts';
import type { ItemStore } from '../ports/item-store.ts';
import type { Queue } from '../ports/queue.ts';
import { findSettled } from '../store/policy-attempts.ts';
import {
  editionDay,
  noteToldDay,
  putEditionApproval,
  putQuarantinedEdition,
  type QuarantinedEdition,
  readNewestEdition,
  readToldDay,
} from '../store/policy-editions.ts';
import {
  type ArrangedPolicies,
  arrangePolicies,
  type PolicyArrival,
} from './ingest-policies-arrange.ts';
import {
  commitPolicies,
  findingsMax,
  type KnownState,
  readKnownState,
} from './ingest-policies-commit.ts';
import type { AssessPoliciesMessage, PolicyMessage, PublishMessage } from './messages.ts';
import { arrivalOf, idEnding, messageHash } from './policy-message-names.ts';

/** What ingest of policies needs. */
export type IngestPoliciesPorts = {
  /** The code table's items. */
  readonly items: ItemStore;
  readonly archive: Archive;
  /** The feed of an id, as configured; undefined when there is none any more. */
  readonly feed: (id: string) => PolicyFeed | undefined;
  /** Told of every edition that means something for claims; absent where nothing is assessed. */
  readonly assessQueue?: Queue;
  /** Told of every commit; absent where no snapshot is published. */
  readonly publishQueue?: Queue;
  readonly clock: Clock;
  readonly limits?: PolicyGateLimits;
  readonly progress?: (line: string) => void;
};

/** What became of it; `unchanged` when it says nothing new; `repeated` when this very message was committed before. */
export type IngestPoliciesOutcome =
  | { readonly outcome: 'committed' | 'repeated'; readonly edition: PolicyEdition }
  | { readonly outcome: 'quarantined'; readonly edition: QuarantinedEdition }
  | { readonly outcome: 'unchanged'; readonly findings: readonly QualityFinding[] };

/** Kinds of what was found odd and taken in all the same, for the log: what was left out must not go unseen. */
function oddities(findings: readonly QualityFinding[]): string {
  const odd = findings.filter(({ severity }) => severity !== 'info');
  return odd.length === 0 ? '' : `; ${[...new Set(odd.map(({ code }) => code))].join(', ')}`;
}

async function announce(ports: IngestPoliciesPorts, edition: PolicyEdition): Promise<void> {
  const { source, id, seq, meaningful } = edition;
  const assess: AssessPoliciesMessage = { source, edition: id, seq };
  const deduplicationId = `${source}#${seq}`;
  if (meaningful > 0) {
    await ports.assessQueue?.send({
      body: JSON.stringify(assess),
      deduplicationId,
      groupId: source,
    });
  }
  const publish: PublishMessage = { source, seq };
  const body = JSON.stringify(publish);
  await ports.publishQueue?.send({ body, deduplicationId, groupId: 'snapshot' });
}

/** Findings that no approval lifts: what could not be read, or cannot be kept in order. */
const unsound = (reading: PolicyReading): QualityFinding[] => [
  ...reading.findings,
  ...checkPolicyNames(reading.documents),
];

async function quarantine(
  ports: IngestPoliciesPorts,
  message: PolicyMessage,
  edition: Omit<QuarantinedEdition, 'recordedAt' | 'message'>,
): Promise<IngestPoliciesOutcome> {
  const record = {
    ...edition,
    findings: edition.findings.slice(0, findingsMax),
    recordedAt: ports.clock.now(),
    message: JSON.stringify(message),
  };
  await putQuarantinedEdition(ports.items, record);
  const reasons = edition.findings.filter(({ severity }) => severity === 'error');
  ports.progress?.(`${edition.id} quarantined: ${reasons.map(({ code }) => code).join(', ')}`);
  return { outcome: 'quarantined', edition: record };
}

/** What the gate doubts about what arrives. */
function doubts(
  ports: IngestPoliciesPorts,
  state: KnownState,
  arranged: ArrangedPolicies,
  arrival: PolicyArrival,
): QualityFinding[] {
  return gatePolicies({
    incoming: arranged.current,
    known: new Map(
      [...state.known].flatMap(([id, versions]) => {
        const document = versions.at(-1)?.document;
        return document ? [[id, document]] : [];
      }),
    ),
    gone: arranged.gone,
    day: arrival.day,
    limits: ports.limits ?? defaultPolicyGateLimits,
  });
}

/** What a message that is delivered again came to; undefined when it was not handled to its end. */
async function settledBefore(
  ports: IngestPoliciesPorts,
  names: Parameters<typeof findSettled>[1],
): Promise<IngestPoliciesOutcome | undefined> {
  const settled = await findSettled(ports.items, names);
  if (!settled) return undefined;
  const { edition } = settled;
  if (!edition) return { outcome: 'unchanged', findings: [] };
  await announce(ports, edition);
  return { outcome: 'repeated', edition };
}

/** What a feed reads in the files of a message. */
async function readFiles(ports: IngestPoliciesPorts, feed: PolicyFeed, message: PolicyMessage) {
  const { files, collected } = message;
  const bytesOf = ({ sha256 }: { readonly sha256: string }) => ports.archive.read(sha256);
  const reading = await feed.read(files, { bytesOf, collected });
  const stranger = reading.documents.find(({ source }) => source !== feed.source);
  if (stranger) throw new Error(`${feed.id} read ${stranger.id} of ${stranger.source}`);
  return { ...reading, documents: reading.documents.map(normalPolicy) };
}

/**
 * Takes files of a feed in, quarantines them, or finds nothing new in them. A message that was committed is only announced
 * again; the same files in another message are compared with what is known by now, as any others are. Changes nothing unless
 * the gate passes or the message carries an approval that lifts what it doubts.
 *
 * @throws CodewatchError `unavailable` when another edition of the source was committed meanwhile, or an engine is away:
 * the message comes again; `archive-missing`
 */
export async function ingestPolicies(
  ports: IngestPoliciesPorts,
  message: PolicyMessage,
): Promise<IngestPoliciesOutcome> {
  const { items, archive } = ports;
  const feed = ports.feed(message.feed);
  if (!feed) throw new Error(`there is no feed ${message.feed}`);
  const { source } = feed;
  const names = { arrival: arrivalOf(message), message: messageHash(message) };
  const settled = await settledBefore(ports, { source, ...names });
  if (settled) return settled;
  const reading = await readFiles(ports, feed, message);
  const { collected } = message;
  const day = editionDay({ ...reading, collected });
  const about = {
    ...{ id: `${source}-${day}-${idEnding(message)}`, source, feed: feed.id },
    ...(reading.published === undefined ? {} : { published: reading.published }),
    ...{ collected, documents: reading.documents.length, arrival: names.arrival },
  };
  const head = await readNewestEdition(items, source);
  const kept = { ...about, ...(head && { after: head.seq }) };
  const faults = unsound(reading);
  if (!passes(faults)) {
    return quarantine(ports, message, { ...kept, findings: faults, approvable: false });
  }
  const state = await readKnownState(archive, head);
  const by = { source, feed: feed.id, kinds: reading.completeKinds };
  const told = reading.complete ? await readToldDay(items, by) : undefined;
  const late = told !== undefined && day < told;
  const arrival: PolicyArrival = { ...reading, feed: feed.id, day, late };
  const arranged = arrangePolicies(state.known, arrival);
  const findings = [...faults, ...doubts(ports, state, arranged, arrival)];
  if (!passes(findings) && !message.approval) {
    return quarantine(ports, message, { ...kept, findings, approvable: true });
  }
  if (message.approval) await putEditionApproval(items, about.id, message.approval);
  if (arranged.complete) await noteToldDay(items, by, day, told);
  const now = ports.clock.now();
  const accepted = {
    ...{ ...about, ...names, head, state, day, arranged, findings, now },
    ...{ files: message.files, reviews: reading.reviews },
    ...(message.approval && { approval: message.approval }),
  };
  const edition = await commitPolicies(ports, accepted);
  if (!edition) {
    const why = late ? `, for what is known is of ${told}` : '';
    ports.progress?.(`${about.id} says nothing new${why}${oddities(findings)}`);
    return { outcome: 'unchanged', findings };
  }
  await announce(ports, edition);
  const changed = `${edition.changed} documents changed`;
  ports.progress?.(`${edition.id} committed: ${changed}${oddities(findings)}`);
  return { outcome: 'committed', edition };
}
