// The timelines of codes for many artifacts: each read once, from the snapshot where it holds all
// that is committed, and never older than the asking.
import type { CodeUse } from '../core/artifact.ts';
import type { Version } from '../core/change.ts';
import { codeSystemIds } from '../core/code-system.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { ReadVersions } from './register.ts';

type Timed = Pick<CodeTable, 'head' | 'versions'>;

/** What it reads from; `reference` is a ReferenceSource. */
export type VersionPorts = {
  /** The authoritative table. */
  readonly codeTable: Timed;
  readonly reference: { now(): { readonly codeTable: Timed } };
};

/** Timelines kept: more than a tenant's codes, about 30 MB. */
const keptMax = 50_000;

type Timelines = Map<string, Promise<readonly Version[]>>;

/**
 * Reads timelines that hold every release committed before the call. That matters: a release that
 * comes while a claim is being stored is assessed against the uses it finds, and a claim it does not
 * find must see the release. The heads say whether what is remembered still holds: two reads a call.
 */
export function createCurrentVersions({ codeTable, reference }: VersionPorts): ReadVersions {
  let kept: { readonly heads: string; readonly timelines: Timelines } = {
    heads: '',
    timelines: new Map(),
  };
  const headsOf = async (table: Pick<CodeTable, 'head'>): Promise<string> => {
    const heads = await Promise.all(codeSystemIds.map((system) => table.head(system)));
    return heads.map((head) => head?.seq ?? 0).join(' ');
  };
  return async (uses) => {
    const heads = await headsOf(codeTable);
    if (heads !== kept.heads || kept.timelines.size > keptMax) {
      kept = { heads, timelines: new Map() };
    }
    const { timelines } = kept;
    const snapshot = reference.now().codeTable;
    const source = (await headsOf(snapshot)) === heads ? snapshot : codeTable;
    const found = new Map<string, readonly Version[]>();
    await Promise.all(
      [...new Map(uses.map((use) => [keyOf(use), use]))].map(async ([key, use]) => {
        found.set(key, await readOnce(timelines, key, () => source.versions(use.system, use.code)));
      }),
    );
    return (use) => found.get(keyOf(use)) ?? [];
  };
}

const keyOf = ({ system, code }: CodeUse): string => `${system}#${code}`;

/** A failure is not remembered. */
async function readOnce(
  timelines: Timelines,
  key: string,
  read: () => Promise<readonly Version[]>,
): Promise<readonly Version[]> {
  const reading = timelines.get(key) ?? read();
  timelines.set(key, reading);
  try {
    return await reading;
  } catch (error) {
    timelines.delete(key);
    throw error;
  }
}
