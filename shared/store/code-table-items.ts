// Code table: domain ↔ items. What an item's key says is not repeated in its attributes.
import { calendarDate } from '../core/calendar-date.ts';
import type { Change, Version } from '../core/change.ts';
import { type CodeSystemId, isCodeSystemId } from '../core/code-system.ts';
import type { ReleaseId, ReleaseRecord } from '../core/release.ts';
import type { Item, ItemKey } from '../ports/item-store.ts';
import {
  changePartition,
  changeSort,
  releasePartition,
  releaseSort,
  versionPartition,
  versionSort,
} from './keys.ts';

/** Thrown for an item that no code of ours wrote: a broken invariant. */
const corrupt = (key: ItemKey, why: string): Error =>
  new Error(`item ${key.pk} / ${key.sk} is not one of ours: ${why}`);

/** The item of a version. Empty lists are left out: there are a hundred thousand of these. */
export function versionItem(version: Version): Item {
  const { system, code, effective, seq, status, short, long, kind, release } = version;
  return {
    pk: versionPartition(system, code),
    sk: versionSort(effective, seq),
    status,
    short,
    // CMS repeats a title that fits into the short one; storing it once saves a quarter of the table.
    long: long === short ? undefined : long,
    kind,
    release,
    replacedBy: version.replacedBy.length > 0 ? version.replacedBy : undefined,
    replaces: version.replaces.length > 0 ? version.replaces : undefined,
  };
}

/** The version of an item {@link versionItem} made. */
export function itemVersion(item: Item): Version {
  const [, system = '', code = ''] = item.pk.split('#');
  const [effective = '', seq = ''] = item.sk.split('#');
  if (!isCodeSystemId(system)) throw corrupt(item, 'unknown code system');
  const fields = item as Item &
    Omit<Version, 'long' | 'replacedBy' | 'replaces'> &
    Partial<Version>;
  return {
    system,
    code,
    effective: calendarDate(effective),
    seq: Number(seq),
    status: fields.status,
    short: fields.short,
    long: fields.long ?? fields.short,
    kind: fields.kind,
    release: fields.release,
    replacedBy: fields.replacedBy ?? [],
    replaces: fields.replaces ?? [],
  };
}

/** The item of a change in a release's list as written under `seq`. */
export function changeItem(id: ReleaseId, seq: number, change: Change): Item {
  return {
    pk: changePartition(id),
    sk: changeSort(seq, change.kind, change.code),
    effective: change.effective,
    before: change.before,
    after: change.after,
    replacedBy: change.replacedBy.length > 0 ? change.replacedBy : undefined,
    replaces: change.replaces,
    cosmetic: change.cosmetic,
  };
}

/** The change of an item {@link changeItem} made. */
export function itemChange(item: Item): Change {
  const [, kind, code] = item.sk.split('#');
  const fields = item as Item & Partial<Change>;
  const { effective, before = null, after = null, replacedBy = [], replaces, cosmetic } = fields;
  if (!kind || !code || !effective) throw corrupt(item, 'no change');
  return {
    code,
    kind: kind as Change['kind'],
    effective,
    before,
    after,
    replacedBy,
    ...(replaces ? { replaces } : {}),
    ...(cosmetic === undefined ? {} : { cosmetic }),
  };
}

/** The item of a release record. */
export function releaseItem(record: ReleaseRecord): Item {
  return {
    pk: releasePartition(record.system),
    sk: releaseSort(record.effective, record.seq),
    record: JSON.parse(JSON.stringify(record)),
  };
}

/** The record of an item {@link releaseItem} made. */
export function itemRelease(item: Item): ReleaseRecord {
  const { record } = item as Item & { record?: ReleaseRecord };
  if (!record) throw corrupt(item, 'no release record');
  return record;
}

/** The code system a release id belongs to. */
export function systemOfRelease(id: ReleaseId): CodeSystemId | undefined {
  const system = id.split('-', 1)[0] ?? '';
  return isCodeSystemId(system) ? system : undefined;
}
