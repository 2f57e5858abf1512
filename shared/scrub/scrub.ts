// Scrubs one claim or template: every rule asked, what they found in the order it should be dealt with.
import { formatIcd9 } from '../core/icd9.ts';
import { written } from './item-wording.ts';
import { scrubRules } from './registry.ts';
import type { RuleFacts, ScrubItem, ScrubSeverity, Subject } from './rule.ts';

const nothing: readonly ScrubItem[] = [];
const urgency: Readonly<Record<ScrubSeverity, number>> = { error: 0, warning: 1, info: 2 };

/** What all rules find: errors first, then by the diagnosis's position and the line; nothing twice. */
export function scrub(subject: Subject, facts: RuleFacts): readonly ScrubItem[] {
  let found: ScrubItem[] | undefined;
  for (const rule of scrubRules) {
    const items = rule.check(subject, facts);
    if (items.length === 0) continue;
    if (found) found.push(...items);
    else found = [...items];
  }
  return found ? inOrder(subject, found) : nothing;
}

function inOrder(subject: Subject, items: readonly ScrubItem[]): readonly ScrubItem[] {
  if (items.length === 1) return items;
  const positions = new Map<string, number>();
  for (const { system, code, position } of subject.diagnoses) {
    const text = system === 'icd9cm' ? formatIcd9(code) : written(system, code);
    if (!positions.has(text)) positions.set(text, position);
  }
  const placeOf = ({ code }: ScrubItem): number =>
    positions.get(code ?? '') ?? Number.MAX_SAFE_INTEGER;
  return withoutRepeats(items).toSorted(
    (a, b) =>
      urgency[a.severity] - urgency[b.severity] ||
      placeOf(a) - placeOf(b) ||
      (a.line ?? 0) - (b.line ?? 0),
  );
}

/** The same code at two positions is told once. */
function withoutRepeats(items: readonly ScrubItem[]): readonly ScrubItem[] {
  const isTold = ({ rule, line, message }: ScrubItem, index: number): boolean =>
    items.findIndex((one) => one.rule === rule && one.line === line && one.message === message) <
    index;
  return items.filter((item, index) => !isTold(item, index));
}
