// Takes distinctions out of the titles of a set of codes, but only where titles differ in nothing else: `acute` and
// `chronic` are a choice of heart failure, and part of a name in chronic obstructive pulmonary disease.
import { openValue, type Peel } from './advice-cuts.ts';
import { type AxisId, encounterOf, type Lexeme, lexicon } from './advice-lexicon.ts';
import { likeness } from './advice-title.ts';

/** A code and its long title. */
export type TitledCode = { readonly code: string; readonly title: string };

/** A title taken apart: what it says of each distinction, and what remains. */
export type PeeledCode = TitledCode & {
  readonly said: ReadonlyMap<AxisId, string>;
  readonly rest: string;
};

type Draft = TitledCode & { readonly said: Map<AxisId, string>; rest: string };

/** Where a value is told apart from others: the same title but for it. */
const contextOf = (draft: Draft, rest: string): string =>
  `${likeness(rest)}|${[...draft.said].map(([axis, value]) => `${axis}=${value}`).join('|')}`;

type Found = { readonly draft: Draft; readonly peel: Peel; readonly context: string };

/** Each code's readings with their contexts; those of a value left open only where others say it. */
function readingsOf(lexeme: Lexeme, drafts: readonly Draft[]): readonly (readonly Found[])[] {
  const all = drafts.map((draft) =>
    lexeme
      .peels(draft.rest)
      .filter(({ rest }) => rest !== '')
      .map((peel) => ({ draft, peel, context: contextOf(draft, peel.rest) })),
  );
  const said = new Set<string>();
  for (const found of all.flat()) if (found.peel.value !== openValue) said.add(found.context);
  return all.map((found) => found.filter(({ context }) => said.has(context)));
}

/** Contexts in which at least two values occur. */
function contrasts(found: readonly Found[]): ReadonlySet<string> {
  const values = new Map<string, Set<string>>();
  for (const { context, peel } of found) {
    const known = values.get(context);
    if (known) known.add(peel.value);
    else values.set(context, new Set([peel.value]));
  }
  return new Set([...values].filter(([, set]) => set.size > 1).map(([context]) => context));
}

/** A distinction made in one place only is no axis of its own there: the titles themselves are the options. */
const contrastsMin = 2;

function peelOff(lexeme: Lexeme, drafts: readonly Draft[]): void {
  const readings = readingsOf(lexeme, drafts);
  const telling = contrasts(readings.flat());
  if (telling.size < contrastsMin) return;
  let taken = readings.map((found) => found.find(({ context }) => telling.has(context)));
  if (lexeme.everywhere && !speaksEverywhere(lexeme, drafts, taken)) return;
  if (lexeme.atTheEnd) {
    const values = new Set(taken.flatMap((found) => (found ? [found.peel.value] : [])));
    taken = readings.map(
      (found, index) => taken[index] ?? found.find(({ peel }) => values.has(peel.value)),
    );
    if (!endsAlike(drafts, taken)) return;
  }
  // A title that says all but this leaves it open, without a word for it.
  const silent = drafts.filter(
    (draft, index) => !taken[index] && telling.has(contextOf(draft, draft.rest)),
  );
  for (const found of taken) {
    if (!found) continue;
    found.draft.said.set(lexeme.axis, found.peel.value);
    found.draft.rest = found.peel.rest;
  }
  for (const draft of silent) draft.said.set(lexeme.axis, openValue);
}

/** True when no title has the words but those that have a counterpart. */
const speaksEverywhere = (
  lexeme: Lexeme,
  drafts: readonly Draft[],
  taken: readonly (Found | undefined)[],
): boolean =>
  drafts.every(
    ({ rest }, index) =>
      taken[index] !== undefined || lexeme.peels(rest).every(({ value }) => value === openValue),
  );

/** True when what is left of the titles taken apart differs by itself, and no other title begins with it. */
function endsAlike(drafts: readonly Draft[], taken: readonly (Found | undefined)[]): boolean {
  const rests = new Set(taken.flatMap((found) => (found ? [found.peel.rest] : [])));
  if (rests.size < contrastsMin) return false;
  return drafts.every(
    ({ rest }, index) => taken[index] || ![...rests].some((one) => rest.startsWith(one)),
  );
}

function withoutEncounter(drafts: readonly Draft[]): void {
  for (const draft of drafts) {
    const found = encounterOf(draft.rest);
    if (!found) continue;
    draft.said.set('encounter', found.encounter);
    if (found.wound !== undefined) draft.said.set('fracture-wound', found.wound);
    if (found.healing !== undefined) draft.said.set('fracture-healing', found.healing);
    draft.rest = found.rest;
  }
}

/** Takes the titles apart together. Order stays. */
export function peelTitles(codes: readonly TitledCode[]): readonly PeeledCode[] {
  const drafts: Draft[] = codes.map(({ code, title }) => ({
    code,
    title,
    said: new Map(),
    rest: title,
  }));
  withoutEncounter(drafts);
  for (const lexeme of lexicon) peelOff(lexeme, drafts);
  return drafts;
}
