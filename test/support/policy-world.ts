// A code table, a tenant table and the queues between, in memory: editions of policies are taken in by the real step, assessed
// and told, with as little work a message as a test likes, and killed wherever it likes.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Artifact } from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { Payer } from '../../shared/core/payer.ts';
import type { PolicyGateLimits } from '../../shared/core/policy-losses.ts';
import { createMemoryArchive } from '../../shared/edge/memory-archive.ts';
import { createMemoryItemStore } from '../../shared/edge/memory-item-store.ts';
import { createMemoryPublisher } from '../../shared/edge/memory-publisher.ts';
import { createMemoryQueue } from '../../shared/edge/memory-queue.ts';
import { cmsMcdExport } from '../../shared/feeds/cms-mcd-export/feed.ts';
import type { PolicyReading } from '../../shared/feeds/policy-feed.ts';
import type { Archive } from '../../shared/ports/archive.ts';
import type { CodeTable } from '../../shared/ports/code-table.ts';
import { assessPolicies } from '../../shared/steps/assess-policies.ts';
import { assessTenantPolicies } from '../../shared/steps/assess-tenant-policies.ts';
import { createChangeReader } from '../../shared/steps/hitting-changes.ts';
import { ingestPolicies } from '../../shared/steps/ingest-policies.ts';
import { notify } from '../../shared/steps/notify.ts';
import { createPolicyChangeReader } from '../../shared/steps/policy-changes.ts';
import { registerArtifact } from '../../shared/steps/register.ts';
import { removeArtifact } from '../../shared/steps/remove.ts';
import { createLagIndex } from '../../shared/store/lag-index.ts';
import { createPolicyAssessments } from '../../shared/store/policy-assessments.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import { createTenantStore } from '../../shared/store/tenant-table.ts';
import { toldCodeTable } from '../steps/told-code-table.ts';
import { policiesIn } from './current-policies.ts';
import { mirrorFolder, officialFiles } from './official-files.ts';
import { arrive, policyPorts, readingFeed } from './policy-arrivals.ts';

/** Medicare, as infra/feeds.json has it. */
export const medicare: Payer = {
  id: 'medicare',
  title: 'Medicare',
  names: ['CMS'],
  claimFiling: ['MA', 'MB'],
};

const exportsFolder = 'downloads.cms.gov/medicare-coverage-database/downloads/exports';
const officialPaths = {
  '2025-08-17': resolve(officialFiles, 'policy/editions/2025-08/current_article.zip'),
  '2026-09-06': resolve(mirrorFolder, exportsFolder, 'current_article.zip'),
};

/** How a world is made. */
export type PolicyWorldOptions = {
  readonly now?: string;
  readonly usesMax?: number;
  /** Called before every write to either table and every send; may throw. */
  readonly beforeWrite?: () => void;
  readonly codeTable?: CodeTable;
  /** With the contents of that table's releases. */
  readonly archive?: Archive;
  /** Of the gate; by default it doubts nothing. */
  readonly limits?: PolicyGateLimits;
};

/** A world without policies, tenants or, unless given, releases. */
export function policyWorld(options: PolicyWorldOptions = {}) {
  const { now = '2026-09-08T06:00:00.000Z', usesMax, beforeWrite = () => undefined } = options;
  const items = createMemoryItemStore({ beforeWrite });
  const tenantItems = createMemoryItemStore({ beforeWrite });
  const archive = options.archive ?? createMemoryArchive();
  const queue = () => createMemoryQueue({ beforeSend: beforeWrite });
  const codeTable = options.codeTable ?? toldCodeTable([]);
  const clock = { now: () => now };
  const ports = {
    ...{ items, tenantItems, archive, codeTable, clock },
    tenants: createTenantStore(tenantItems),
    policies: createPolicyTable(items),
    policyAssessments: createPolicyAssessments(tenantItems),
    lags: createLagIndex(items),
    assessQueue: createMemoryQueue(),
    assessTenantQueue: queue(),
    notifyQueue: queue(),
    publisher: createMemoryPublisher(),
    payers: [medicare],
    changesOf: createChangeReader(codeTable),
    movesOf: createPolicyChangeReader(items),
    readPolicies: policiesIn(items, [medicare]),
    baseUrl: 'https://codewatch.example.org',
    ...(usesMax === undefined ? {} : { usesMax }),
  };
  const stepPorts = policyPorts(
    { items, archive },
    {
      assessQueue: ports.assessQueue,
      clock,
      ...(options.limits && { limits: options.limits }),
      feed: (id) =>
        id === cmsMcdExport.id ? cmsMcdExport : readingFeed(id, id.split('/', 1)[0] ?? ''),
    },
  );
  return {
    ...ports,
    /** Takes a reading in as an edition of `mcd`. */
    arrive: (collected: string, reading: Pick<PolicyReading, 'documents'>) =>
      arrive(
        stepPorts,
        'mcd',
        'test',
      )(collected, {
        ...{ complete: true, reviews: [], findings: [] },
        ...reading,
      }),
    /** Takes one of the two official editions in. */
    async arriveOfficially(day: keyof typeof officialPaths) {
      const note = { url: `https://downloads.cms.gov/${day}`, fetchedAt: day, headers: {} };
      const sha256 = await archive.keep(readFileSync(officialPaths[day]), note);
      const files = [{ url: note.url, sha256, unchanged: false }];
      const message = { feed: cmsMcdExport.id, files, collected: calendarDate(day) };
      return ingestPolicies(stepPorts, message);
    },
    /** Stores or replaces as the API does. */
    register: (tenant: string, artifact: Artifact) => registerArtifact(ports, tenant, artifact),
    /** Removes as the API does. */
    remove: (tenant: string, { type, id }: Pick<Artifact, 'type' | 'id'>) =>
      removeArtifact(ports, tenant, type, id),
    /** Handles what ingest sent. */
    async announce() {
      const outcomes = [];
      for (const { body } of ports.assessQueue.messages.splice(0)) {
        outcomes.push(await assessPolicies(ports, JSON.parse(body)));
      }
      return outcomes;
    },
    /** Handles one message of ingest. */
    assess: (body: string) => assessPolicies(ports, JSON.parse(body)),
    /** Handles one message to a tenant. */
    handle: (body: string) => assessTenantPolicies(ports, JSON.parse(body)),
    /** Handles every message to tenants and all they lead to; answers how many there were. */
    async tell() {
      let messages = 0;
      for (let next = ports.assessTenantQueue.receive(); next; messages += 1) {
        await assessTenantPolicies(ports, JSON.parse(next.message.body));
        next.finish();
        next = ports.assessTenantQueue.receive();
      }
      return messages;
    },
    /** Publishes every alert that waits. */
    async publish() {
      for (const { body } of ports.notifyQueue.messages.splice(0)) {
        await notify(ports, JSON.parse(body));
      }
      return ports.publisher.publications;
    },
    /** What was found, as `tenant kind code procedures policy artifact state`, ascending. */
    async found(...tenants: readonly string[]) {
      const lines: string[] = [];
      for (const tenant of tenants) {
        const page = await ports.tenants.listFindings(tenant, { limit: 1000 });
        for (const { kind, code, policy, artifact, state } of page.items) {
          const procedures = policy?.procedures.join('+');
          lines.push([tenant, kind, code, procedures, policy?.id, artifact.id, state].join(' '));
        }
      }
      return lines.sort();
    },
  };
}

/** A world. */
export type PolicyWorld = ReturnType<typeof policyWorld>;
