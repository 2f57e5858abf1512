// How a rule goes through codes and their dates: a finding that holds on all dates is told once, one that does not by line.
import type { DatedUse } from './dated-codes.ts';
import type { KnownCode, KnownUse } from './known-codes.ts';
import type { ScrubItem } from './rule.ts';

/** A judgement of one code on one date. */
export type Judge<C extends KnownCode> = (code: C, use: KnownUse) => ScrubItem | undefined;

const nothing: readonly ScrubItem[] = [];

/**
 * What a rule says of each code on each of its dates: once where it says it of all of them, else for the lines it
 * concerns.
 */
export function judgeEach<C extends KnownCode>(
  codes: readonly C[],
  judge: Judge<C>,
): readonly ScrubItem[] {
  let items: ScrubItem[] | undefined;
  for (const code of codes) {
    const told = judgeOne(code, judge);
    if (told.length > 0) items = items ? [...items, ...told] : [...told];
  }
  return items ?? nothing;
}

function judgeOne<C extends KnownCode>(code: C, judge: Judge<C>): readonly ScrubItem[] {
  const { uses } = code;
  const [only] = uses;
  if (!only) return nothing;
  if (uses.length === 1) {
    const item = judge(code, only);
    return item ? [item] : nothing;
  }
  return alwaysOrByLine(uses, (use) => judge(code, use));
}

/** What is found of all uses, told once and of no line; else what is found of some, told of their lines. */
export function alwaysOrByLine<U extends DatedUse>(
  uses: readonly U[],
  judge: (use: U) => ScrubItem | undefined,
): readonly ScrubItem[] {
  const told = uses.flatMap((use): ScrubItem[] => {
    const item = judge(use);
    return item ? [use.line === undefined ? item : { ...item, line: use.line }] : [];
  });
  const [first] = told;
  if (!first || told.length < uses.length) return told;
  const { line: _, ...always } = first;
  return [always];
}
