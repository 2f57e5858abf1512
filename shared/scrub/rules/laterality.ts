// Sides of the body: one left open that could be said, or sides that do not go together.

import type { CodeFacts } from '../code-facts.ts';
import type { CodeOnDate } from '../code-on-date.ts';
import { choiceOf, editSource, guideline } from '../item-wording.ts';
import { judgeEach } from '../judge-each.ts';
import { type KnownDiagnosis, knownCodes, sharedDate } from '../known-codes.ts';
import { rememberedBy } from '../remembered-by.ts';
import type { RuleFacts, ScrubItem, ScrubRule, Subject } from '../rule.ts';

const source = guideline('I.B.13');

const sideFirst = ['right', 'left', 'bilateral', 'unspecified'];
const choiceOfSide = rememberedBy(({ otherSides }: CodeFacts) =>
  choiceOf(
    'icd10cm',
    otherSides.toSorted((a, b) => sideFirst.indexOf(a.side) - sideFirst.indexOf(b.side)),
  ),
);

function unspecifiedSides(subject: Subject, facts: RuleFacts): readonly ScrubItem[] {
  const { edits } = facts.book;
  return judgeEach(knownCodes(subject, facts).sided, (_, { on }) => {
    const { known, flags, name } = on;
    if (known.side !== 'unspecified' || known.otherSides.length === 0) return undefined;
    const flagged = subject.setting === 'inpatient' && flags.has('UNSPECIFIED');
    const choice = choiceOfSide(known);
    return {
      rule: 'laterality',
      severity: flagged ? 'error' : subject.type === 'template' ? 'info' : 'warning',
      code: on.text,
      message: flagged
        ? `${name} leaves the side open and is on CMS’s list of unspecified codes: an inpatient claim with it is returned.`
        : `${name} leaves the side open; many payers deny that where a code names the side.`,
      remedy: flagged
        ? `Code the side from the record: ${choice}. If it cannot be found out, put UNABLE TO DET LAT 1 in the remarks; if it cannot be determined clinically, UNABLE TO DET LAT 2.`
        : `Code the side from the record: ${choice}.`,
      source: flagged && edits ? editSource(edits.version, 'unspecified code') : source,
    } satisfies ScrubItem;
  });
}

/** Two codes for the same condition on different sides. */
function pairItem(one: CodeOnDate, other: CodeOnDate): ScrubItem | undefined {
  const sides = [one.known.side, other.known.side];
  if (sides.includes('unspecified')) return undefined;
  if (sides.includes('bilateral')) {
    const [both, single] = one.known.side === 'bilateral' ? [one, other] : [other, one];
    return {
      rule: 'laterality',
      severity: 'warning',
      code: single.text,
      message: `${single.name} stands beside ${both.name}, which covers both sides.`,
      remedy:
        'Keep the bilateral code if both sides were treated at this encounter, else the one-sided code alone.',
      source,
    };
  }
  const bilateral = one.known.otherSides.filter(({ side }) => side === 'bilateral');
  if (bilateral.length === 0) return undefined;
  return {
    rule: 'laterality',
    severity: 'info',
    code: one.text,
    message: `${one.name} and ${other.name} are reported apart, though one code covers both sides.`,
    remedy: `If the condition is the same on both sides, report ${choiceOf('icd10cm', bilateral)} alone.`,
    source,
  };
}

/** What two diagnoses say of the sides of one condition. */
function sidesTogether(one: KnownDiagnosis, other: KnownDiagnosis): ScrubItem | undefined {
  // Fellows on other sides stand in one category: most pairs are done with here.
  if (one.sought.category !== other.sought.category) return undefined;
  const [use, otherUse] = [one.uses[0], other.uses[0]];
  const isFellow = use?.on.known.otherSides.some(({ code }) => code === other.code);
  if (!use || !otherUse || !isFellow || sharedDate(one, other) === undefined) return undefined;
  return pairItem(use.on, otherUse.on);
}

function pairs(subject: Subject, facts: RuleFacts): readonly ScrubItem[] {
  const { sided } = knownCodes(subject, facts);
  const found: ScrubItem[] = [];
  for (const [index, one] of sided.entries()) {
    for (let next = index + 1; next < sided.length; next += 1) {
      const other = sided[next];
      const item = other && sidesTogether(one, other);
      if (item) found.push(item);
    }
  }
  return found;
}

/** {@link ScrubRule} `laterality`. */
export const laterality: ScrubRule = {
  id: 'laterality',
  finds:
    'A side left open while codes name it; a bilateral code beside a one-sided one; right and left apart while one code covers both.',
  source: `${source}; inpatient from 2022-04-01: Medicare Code Editor, unspecified code`,
  severity: 'warning',
  check(subject, facts) {
    const open = unspecifiedSides(subject, facts);
    if (subject.type !== 'claim') return open;
    const together = pairs(subject, facts);
    return together.length === 0 ? open : [...open, ...together];
  },
};
