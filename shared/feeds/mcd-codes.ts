// Codes of the Medicare Coverage Database's tables in normal form: ranges put together from their ends, `XX000` told apart.
import { type CodeRange, isReversed } from '../core/code-range.ts';
import type { DiagnosisSet } from '../core/policy.ts';
import type { McdGroup } from './mcd-parts.ts';
import { procedureRange } from './mcd-prose.ts';

/** Takes a finding about the document at hand. */
type Say = (code: string, severity: 'warning', message: string) => void;

/** "Not applicable": no code at all; in a list of diagnoses not covered it means all that are not listed as covered. */
export const xx000 = 'XX000';

/** A code as written in normal form: upper case, no dot, no blanks. */
export const mcdCode = (written: string): string => written.replace(/[.\s]/g, '').toUpperCase();

const distinct = (codes: readonly string[]): readonly string[] => [...new Set(codes)].sort();

/** Ends of ranges by twos; what has no other end, or one before it, is said and stands for itself alone. */
function pairsOf(
  group: McdGroup,
  say: Say,
  isNone: (range: CodeRange) => boolean,
): { ranges: readonly CodeRange[]; alone: string[] } {
  const bounds = group.bounds.map(mcdCode);
  const ranges: CodeRange[] = [];
  const alone: string[] = [];
  for (let at = 0; at < bounds.length; at += 2) {
    const [from = '', to] = bounds.slice(at, at + 2);
    if (to !== undefined && !isNone({ from, to })) {
      ranges.push({ from, to });
      continue;
    }
    const message = `In group ${group.group} the range from ${from} to ${to ?? 'nothing'} is none; each code counts alone.`;
    say('mcd-range', 'warning', message);
    alone.push(from, ...(to === undefined ? [] : [to]));
  }
  return { ranges, alone };
}

const byEnds = (a: CodeRange, b: CodeRange): number =>
  a.from === b.from ? (a.to < b.to ? -1 : Number(a.to > b.to)) : a.from < b.from ? -1 : 1;

/** The diagnoses a group lists, those with an asterisk, and whether `XX000` is among them. */
export function diagnosisSet(
  group: McdGroup,
  say: Say,
): { diagnoses: DiagnosisSet; asterisked: readonly string[]; hasXx000: boolean } {
  const { ranges, alone } = pairsOf(group, say, isReversed);
  const codes = [...group.codes.map(mcdCode), ...alone];
  const unique = new Map(ranges.map((range) => [`${range.from}-${range.to}`, range]));
  return {
    diagnoses: {
      codes: distinct(codes.filter((code) => code !== xx000)),
      ranges: [...unique.values()].sort(byEnds),
    },
    asterisked: distinct(group.asterisked.map(mcdCode).filter((code) => code !== xx000)),
    hasXx000: codes.includes(xx000),
  };
}

/** The procedures a group lists, ascending; a range stands for every code counted between its ends. */
export function procedureCodes(group: McdGroup, say: Say): readonly string[] {
  const { ranges, alone } = pairsOf(group, say, ({ from, to }) => to < from);
  const ranged = ranges.flatMap(({ from, to }) => {
    const between = procedureRange(from, to);
    if (between) return between;
    const message = `In group ${group.group} the codes ${from} and ${to} bound no range of procedures; each counts alone.`;
    say('mcd-range', 'warning', message);
    return [from, to];
  });
  const codes = [...group.codes.map(mcdCode), ...alone, ...ranged];
  return distinct(codes.filter((code) => code !== xx000));
}
