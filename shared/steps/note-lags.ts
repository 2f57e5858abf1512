// Where payers may lag behind the code table: whenever codes are lost, and whenever policies change, the documents that list a
// lost code or what took its place are noted, so that a code's policies can be asked for. Which of them lag follows from the
// version in force on the day it is asked.
import type { Change } from '../core/change.ts';
import { losesBillability } from '../core/impact.ts';
import type { PolicyDocument, PolicyEdition } from '../core/policy.ts';
import { listedCodes } from '../core/policy-lag.ts';
import type { Archive } from '../ports/archive.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { ItemStore } from '../ports/item-store.ts';
import type { LagIndex, LagPlace } from '../ports/lag-index.ts';
import { readDeltaLines, readStateLines } from '../store/policy-contents.ts';
import { readPolicySources } from '../store/policy-editions.ts';
import type { ChangeReader } from './hitting-changes.ts';

/** What noting needs. */
export type LagPorts = {
  /** The code table's items. */
  readonly items: ItemStore;
  readonly archive: Pick<Archive, 'readNormalForm'>;
  readonly lags: Pick<LagIndex, 'add'>;
};

/** Places written at once. */
const placesAtOnce = 1_000;

/** Lost codes by each code whose listing leaves a trace of them: themselves, and what took their place. */
type Traces = ReadonlyMap<string, ReadonlySet<string>>;

function tracesOf(changes: Iterable<Change>): Traces {
  const traces = new Map<string, Set<string>>();
  for (const { code, replacedBy } of changes) {
    for (const listed of [code, ...replacedBy.map((by) => by.code)]) {
      const lost = traces.get(listed);
      if (lost) lost.add(code);
      else traces.set(listed, new Set([code]));
    }
  }
  return traces;
}

function placesOf(document: PolicyDocument, traces: Traces): LagPlace[] {
  const lost = new Set(listedCodes(document).flatMap((code) => [...(traces.get(code) ?? [])]));
  return [...lost].map((code) => ({ code, source: document.source, id: document.id }));
}

async function note(
  lags: LagPorts['lags'],
  documents: AsyncIterable<PolicyDocument>,
  traces: Traces,
): Promise<number> {
  let waiting = new Map<string, LagPlace>();
  let noted = 0;
  const store = async (): Promise<void> => {
    await lags.add([...waiting.values()]);
    noted += waiting.size;
    waiting = new Map();
  };
  for await (const document of documents) {
    for (const place of placesOf(document, traces)) {
      waiting.set(`${place.code}#${place.id}`, place);
    }
    if (waiting.size >= placesAtOnce) await store();
  }
  await store();
  return noted;
}

async function* stateDocuments({ items, archive }: LagPorts): AsyncGenerator<PolicyDocument> {
  for (const { stateSha256 } of await readPolicySources(items)) {
    for await (const line of readStateLines(archive, stateSha256)) {
      if ('document' in line) yield line.document;
    }
  }
}

async function* deltaDocuments(
  { archive }: LagPorts,
  { deltaSha256 }: PolicyEdition,
): AsyncGenerator<PolicyDocument> {
  for await (const line of readDeltaLines(archive, deltaSha256)) {
    if ('version' in line) yield line.version;
  }
}

/**
 * Notes, of every source's policies as known now, those that list codes a release of ICD-10-CM took away. Answers how many
 * places it wrote; safe to repeat.
 */
export async function noteLagsOfRelease(
  ports: LagPorts,
  changes: readonly Change[],
): Promise<number> {
  const traces = tracesOf(changes.filter(losesBillability));
  return traces.size === 0 ? 0 : note(ports.lags, stateDocuments(ports), traces);
}

/** Notes the same of the documents an edition of policies changed, for all codes ever lost. */
export async function noteLagsOfEdition(
  ports: LagPorts & {
    readonly codeTable: Pick<CodeTable, 'releases'>;
    readonly changesOf: ChangeReader;
  },
  edition: PolicyEdition,
): Promise<number> {
  const lost: Change[] = [];
  for (const record of await ports.codeTable.releases('icd10cm')) {
    const { byCode } = await ports.changesOf(record);
    lost.push(...[...byCode.values()].filter(losesBillability));
  }
  return lost.length === 0 ? 0 : note(ports.lags, deltaDocuments(ports, edition), tracesOf(lost));
}
