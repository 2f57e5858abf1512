// Sides of the body: one left open that could be said, or sides that do not go together.
import { choiceOf, editSource, guideline, named, written } from '../item-wording.ts';
import { judgeEach, type KnownDiagnosis, knownCodes, sharedDate } from '../known-codes.ts';
import { rememberedBy } from '../remembered-by.ts';
import type { CodeFacts, RuleFacts, ScrubItem, ScrubRule, Subject } from '../rule.ts';

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
  return judgeEach(knownCodes(subject, facts).reported, ({ code }, { known, flags }) => {
    if (known.side !== 'unspecified' || known.otherSides.length === 0) return undefined;
    const flagged = subject.setting === 'inpatient' && flags.has('UNSPECIFIED');
    const text = named('icd10cm', code, known.title);
    const choice = choiceOfSide(known);
    return {
      rule: 'laterality',
      severity: flagged ? 'error' : subject.type === 'template' ? 'info' : 'warning',
      code: written('icd10cm', code),
      message: flagged
        ? `${text} leaves the side open and is on CMS’s list of unspecified codes: an inpatient claim with it is returned.`
        : `${text} leaves the side open; many payers deny that where a code names the side.`,
      remedy: flagged
        ? `Code the side from the record: ${choice}. If it cannot be found out, put UNABLE TO DET LAT 1 in the remarks; if it cannot be determined clinically, UNABLE TO DET LAT 2.`
        : `Code the side from the record: ${choice}.`,
      source: flagged && edits ? editSource(edits.version, 'unspecified code') : source,
    } satisfies ScrubItem;
  });
}

type Placed = { readonly diagnosis: KnownDiagnosis; readonly known: CodeFacts };

const nameOf = ({ diagnosis, known }: Placed): string =>
  named('icd10cm', diagnosis.code, known.title);

/** Two codes for the same condition on different sides. */
function pairItem(one: Placed, other: Placed): ScrubItem | undefined {
  const sides = [one.known.side, other.known.side];
  if (sides.includes('unspecified')) return undefined;
  const code = written('icd10cm', one.diagnosis.code);
  if (sides.includes('bilateral')) {
    const [both, single] = one.known.side === 'bilateral' ? [one, other] : [other, one];
    return {
      rule: 'laterality',
      severity: 'warning',
      code: written('icd10cm', single.diagnosis.code),
      message: `${nameOf(single)} stands beside ${nameOf(both)}, which covers both sides.`,
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
    code,
    message: `${nameOf(one)} and ${nameOf(other)} are reported apart, though one code covers both sides.`,
    remedy: `If the condition is the same on both sides, report ${choiceOf('icd10cm', bilateral)} alone.`,
    source,
  };
}

/** Codes that name a side others of the claim may contradict. */
function sided(subject: Subject, facts: RuleFacts): readonly Placed[] {
  const found: Placed[] = [];
  for (const diagnosis of knownCodes(subject, facts).reported) {
    const known = diagnosis.uses[0]?.known;
    if (known && known.otherSides.length > 0) found.push({ diagnosis, known });
  }
  return found;
}

function pairs(subject: Subject, facts: RuleFacts): readonly ScrubItem[] {
  const all = sided(subject, facts);
  if (all.length < 2) return [];
  return all.flatMap((one, index) =>
    all.slice(index + 1).flatMap((other) => {
      const isSame =
        one.known.otherSides.some(({ code }) => code === other.diagnosis.code) &&
        sharedDate(one.diagnosis, other.diagnosis) !== undefined;
      return (isSame && pairItem(one, other)) || [];
    }),
  );
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
