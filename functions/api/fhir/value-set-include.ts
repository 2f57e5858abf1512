// A part of a value set: codes of one code system, and whether a code is among them.
import type { CalendarDate } from '../../../shared/core/calendar-date.ts';
import { type CodeRange, coversIn } from '../../../shared/core/code-range.ts';
import { type CodeSystemId, normalizeCode } from '../../../shared/core/code-system.ts';
import type { Lookup } from '../../../shared/operations/look-up-code.ts';

/** Codes of one system that a value set holds. */
export type Include = {
  readonly system: CodeSystemId;
  /** The version the value set names. */
  readonly version?: string;
  /** Only this code and those under it; with the official dot. */
  readonly isa?: string;
  readonly billableOnly: boolean;
  /** Only these: as written by the caller, with the display to show instead of the title. */
  readonly codes?: readonly { readonly code: string; readonly display?: string | undefined }[];
  /** Those in these ranges (normal form), beside `codes`. */
  readonly ranges?: readonly CodeRange[];
  /** The day it is for when the request names none; today when absent. */
  readonly on?: CalendarDate;
};

/** Whether a code as looked up is one of an include's: listed, and within its bounds. */
export function holds(include: Include, { system, code, status }: Lookup): boolean {
  if (system !== include.system || (status !== 'billable' && status !== 'header')) return false;
  if (include.billableOnly && status !== 'billable') return false;
  const normal = normalizeCode(system, code);
  if (normal === undefined) return false;
  const root = include.isa === undefined ? '' : normalizeCode(system, include.isa);
  if (root === undefined || !normal.startsWith(root)) return false;
  const { codes, ranges } = include;
  if (!codes && !ranges) return true;
  const isListed = codes?.some((one) => normalizeCode(system, one.code) === normal);
  return isListed || (ranges ?? []).some((range) => coversIn(system, range, normal));
}
