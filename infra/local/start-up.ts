// The start-up run: pull to notify until nothing is left to do, told line by line, then what it came to.
import { alertSubject } from '../../shared/core/alert-opening.ts';
import { alertText } from '../../shared/core/alert-wording.ts';
import type { CodeSystemId } from '../../shared/core/code-system.ts';
import type { Alert } from '../../shared/core/finding.ts';
import { type ReleaseRecord, releaseId } from '../../shared/core/release.ts';
import { countOf } from '../../shared/core/wording.ts';
import { readHealth } from '../../shared/operations/read-health.ts';
import {
  readPolicyEditions,
  type WrittenEdition,
} from '../../shared/operations/read-policy-editions.ts';
import { readReleases } from '../../shared/operations/read-releases.ts';
import type { ItemStore } from '../../shared/ports/item-store.ts';
import { createCurrentPolicies } from '../../shared/steps/current-policies.ts';
import type { PolicyMessage } from '../../shared/steps/messages.ts';
import { isEditionOf } from '../../shared/steps/policy-message-names.ts';
import { createPolicyTable } from '../../shared/store/policy-table.ts';
import {
  alertLine,
  alertsTable,
  editionLine,
  editionsTable,
  releaseLine,
  releasesTable,
} from './closing-table.ts';
import type { OnHandled } from './consumers.ts';
import { localTenant } from './create-resources.ts';
import { registerSampleTenant } from './register-sample.ts';
import type { Runtime } from './runtime.ts';
import type { Settings } from './settings.ts';

/** Takes one line for the terminal. */
export type Print = (line: string) => void;

/** What a start-up run came to. */
export type StartUp = {
  /** Every release there is now, and which of them this run brought. */
  readonly releases: readonly ReleaseRecord[];
  readonly fresh: readonly ReleaseRecord[];
  /** Every alert of the tenant `local`, and which of them this run brought. */
  readonly alerts: readonly Alert[];
  readonly freshAlerts: readonly Alert[];
  /** Every edition of policies there is now, and which of them this run brought. */
  readonly editions: readonly WrittenEdition[];
  readonly freshEditions: readonly WrittenEdition[];
  readonly deadLetters: number;
};

const alertsMax = 1000;

/**
 * Runs it. With the sample as source, the sample clinic is registered first, while the table is still empty: the first
 * release is a baseline and alerts nobody, each later one alerts those it hits. Undefined when halted before its end.
 */
export async function startUp(
  runtime: Runtime,
  settings: Pick<Settings, 'source'>,
  print: Print,
): Promise<StartUp | undefined> {
  const { ports } = runtime;
  const before = await readReleases(ports, {});
  const alertsBefore = await allAlerts(runtime);
  const editionsBefore = await readPolicyEditions(ports, {});
  if (settings.source.kind === 'sample' && before.length === 0) {
    const policies = createPolicyTable(ports.codeItems);
    const readPolicies = createCurrentPolicies({ ...ports, policies });
    const { templates, claims } = await registerSampleTenant({ ...ports, readPolicies });
    print(
      `sample clinic: ${templates} templates and ${claims} claims stored for tenant ${localTenant}`,
    );
  }
  await runtime.consume(teller(runtime, print), print);
  const isThrough = await pullAndDrain(runtime, settings, print);
  if (!isThrough) return undefined;
  const releases = await readReleases(ports, {});
  const alerts = await allAlerts(runtime);
  const editions = await readPolicyEditions(ports, {});
  const known = new Set(before.map(identity));
  const knownEditions = new Set(editionsBefore.map(editionIdentity));
  const knownAlerts = new Set(alertsBefore.map((alert) => alert.id));
  return {
    releases,
    fresh: releases.filter((one) => !known.has(identity(one))),
    alerts,
    freshAlerts: alerts.filter((alert) => !knownAlerts.has(alert.id)),
    editions,
    freshEditions: editions.filter((one) => !knownEditions.has(editionIdentity(one))),
    deadLetters: await runtime.deadLetters(),
  };
}

/** Asks the feeds and works through what they bring, at the start and daily while serving; false when halted. */
export async function pullAndDrain(
  runtime: Runtime,
  { source }: Pick<Settings, 'source'>,
  print: Print,
): Promise<boolean> {
  // Only the real sites take long enough to be watched file by file.
  const summary = await runtime.pull(source.kind === 'live' ? print : () => undefined);
  const ofPolicies = new Set(runtime.ports.policyFeeds.map(({ id }) => id));
  for (const { feed, listed, downloaded, unchanged, missing, candidatesSent } of summary.feeds) {
    const [verb, noun] = ofPolicies.has(feed) ? ['asked for', 'edition'] : ['listed', 'release'];
    const files = `${listed} files ${verb}, ${downloaded} downloaded, ${unchanged} unchanged`;
    const gone = missing === 0 ? '' : `, ${missing} missing`;
    print(`${feed}: ${files}${gone}; ${countOf(candidatesSent, noun)} to take in`);
  }
  if (!(await runtime.drained())) return false;
  // As the daily run on AWS: for a folder of an earlier form, or a message lost with a killed process.
  await runtime.publish(print);
  return true;
}

/** Prints the closing tables; before them two alerts in full, when this run brought any. */
export async function printClosing(
  runtime: Runtime,
  found: StartUp,
  baseUrl: string,
  print: Print,
): Promise<void> {
  if (found.fresh.length === 0 && found.freshEditions.length === 0) {
    const { feeds } = await readHealth(runtime.ports);
    const changed = feeds.map((feed) => feed.lastChanged ?? '').toSorted();
    print(`nothing new since ${changed.at(-1) || 'the beginning'}`);
  }
  const shown = mostInstructive(found.freshAlerts);
  if (shown.length > 0) print(`\n${shown.length} of them in full, as the e-mails say it:`);
  for (const alert of shown) {
    print(`\nSubject: ${alertSubject(alert)}\n\n${alertText(alert, baseUrl)}`);
  }
  if (found.releases.length > 0) print(`\n${releasesTable(found.releases)}`);
  if (found.editions.length > 0) print(`\n${editionsTable(found.editions)}`);
  if (found.alerts.length > 0) print(`\n${alertsTable(found.alerts)}`);
  if (found.deadLetters > 0) {
    const failed = countOf(found.deadLetters, 'message');
    print(`\n${failed} failed every attempt, kept to be tried again at the next start`);
  }
}

/** Every alert of the tenant `local`, by release. */
export async function allAlerts({ ports }: Pick<Runtime, 'ports'>): Promise<readonly Alert[]> {
  const alerts: Alert[] = [];
  let after: string | undefined;
  do {
    const page = await ports.tenants.listAlerts(localTenant, {
      limit: alertsMax,
      ...(after !== undefined && { after }),
    });
    alerts.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return alerts.toSorted((a, b) => (a.effective < b.effective ? -1 : 1));
}

const identity = ({ id, seq, candidate, status }: ReleaseRecord): string =>
  `${id} ${seq} ${candidate} ${status}`;

const editionIdentity = ({ id, seq, status }: WrittenEdition): string => `${id} ${seq} ${status}`;

/** What became of files of policies. */
async function policiesLine(codeItems: ItemStore, message: PolicyMessage): Promise<string> {
  const editions = await readPolicyEditions({ codeItems }, {});
  const own = editions.find((one) => isEditionOf(one, message));
  return own ? editionLine(own) : `${message.feed}: says nothing new`;
}

/** One line per release as it commits, one per alert as it goes out. */
function teller(runtime: Runtime, print: Print): OnHandled {
  const { codeTable, codeItems, tenants } = runtime.ports;
  return async (queue, body) => {
    if (queue === 'ingest') {
      const { id, system, effective } = body as { id: string } & Pick<
        ReleaseRecord,
        'effective'
      > & {
          system: CodeSystemId;
        };
      const own = (await codeTable.releases(system)).filter((one) => one.candidate === id);
      const record = own[0] ?? (await codeTable.release(releaseId(system, effective)));
      if (record) print(releaseLine(record));
    }
    if (queue === 'ingestPolicies') print(await policiesLine(codeItems, body as PolicyMessage));
    if (queue === 'notify') {
      const message = body as { tenant: string; alert: string };
      const alert = await tenants.getAlert(message.tenant, message.alert);
      if (alert) print(alertLine(alert));
    }
  };
}

/** The split of M54.5 if it is among them, the alert with most at stake, and the newest on policies. */
function mostInstructive(alerts: readonly Alert[]): readonly Alert[] {
  const split = alerts.find((alert) => alert.codes.some((one) => one.code === 'M545'));
  const [costliest] = alerts
    .filter((alert) => alert !== split && !alert.policies)
    .toSorted(
      (a, b) => b.totals.billedCents - a.totals.billedCents || b.totals.codes - a.totals.codes,
    );
  const onPolicies = alerts.findLast((alert) => alert.policies);
  return [split, costliest, onPolicies].filter((alert) => alert !== undefined);
}
