// Ranges of codes as notes and policies write them: `A07.-`, `P36.0-P36.1`, `O03-O07`, one code alone. Like the notes of the
// Tabular List they mean what stands there from one to the other, not what the alphabet puts between them.
import type { CodeSystemId } from './code-system.ts';
import { codeOrderOf, compareCodes } from './tabular-order.ts';

/** Codes from one to another, both with everything below them. Normal form; `from` equals `to` for one code or category. */
export type CodeRange = { readonly from: string; readonly to: string };

/** True when an ICD-10-CM code (normal form) stands in the range, its ends and what is below them included. */
export const covers = ({ from, to }: CodeRange, code: string): boolean =>
  code.startsWith(to)
    ? from === to || compareCodes(from, code) <= 0
    : from !== to && compareCodes(from, code) <= 0 && compareCodes(code, to) < 0;

/** {@link covers} for the codes of any system: only ICD-10-CM has an order of its own. */
export function coversIn(system: CodeSystemId, { from, to }: CodeRange, code: string): boolean {
  const order = codeOrderOf(system);
  return order(from, code) <= 0 && (order(code, to) <= 0 || code.startsWith(to));
}

/** True when everything of the inner range is in the outer one (ICD-10-CM). */
export const contains = (outer: CodeRange, inner: CodeRange): boolean =>
  compareCodes(outer.from, inner.from) <= 0 &&
  (inner.to.startsWith(outer.to) ||
    // What is below an end belongs to its range: M10 reaches further than M10.1, though it comes before it.
    (!outer.to.startsWith(inner.to) && compareCodes(inner.to, outer.to) < 0));

/** True when the range ends before it begins (ICD-10-CM): it holds nothing, and whoever wrote it meant another. */
export const isReversed = ({ from, to }: CodeRange): boolean => compareCodes(from, to) > 0;
