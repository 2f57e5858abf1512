// Scrubs one claim or template: every rule asked, what they found in the order it should be dealt with.
import { type KnownCodes, knownCodes } from './known-codes.ts';
import { scrubRules } from './registry.ts';
import type { RuleFacts, ScrubItem, ScrubSeverity, Subject } from './rule.ts';

const urgency: Readonly<Record<ScrubSeverity, number>> = { error: 0, warning: 1, info: 2 };

/** What all rules find: errors first, then by the diagnosis's position and the line; nothing twice. */
export function scrub(subject: Subject, facts: RuleFacts): readonly ScrubItem[] {
  const found: ScrubItem[] = [];
  for (const rule of scrubRules) {
    for (const item of rule.check(subject, facts)) found.push(item);
  }
  return found.length > 1 ? inOrder(knownCodes(subject, facts), found) : found;
}

function inOrder({ diagnoses }: KnownCodes, items: readonly ScrubItem[]): readonly ScrubItem[] {
  const placeOf = ({ code }: ScrubItem): number =>
    diagnoses.find(({ text }) => text === code)?.position ?? Number.MAX_SAFE_INTEGER;
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
