// Claims as a billing service has them, made up of official codes: what scrubbing is measured on. The same ones every time.
import type { DiagnosisRole } from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { Subject } from '../../shared/scrub/rule.ts';

/** A small generator (mulberry32): numbers from 0 to 1, the same ones for a seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const settings = ['professional', 'outpatient', 'inpatient'] as const;
const roleAt = (index: number): DiagnosisRole => (index === 0 ? 'principal' : 'other');

/**
 * Claims of nine months of 2026 with one to eleven of these diagnosis codes each, all over the chapters. As in real claims
 * few codes are common and most are rare (Zipf's law).
 */
export function madeUpClaims(count: number, codes: readonly string[]): readonly Subject[] {
  const next = random(7);
  const upTo = (max: number): number => Math.floor(next() * max);
  const byRank = codes
    .map((code) => ({ code, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ code }) => code);
  const someCode = (): string => byRank[Math.floor(codes.length ** next()) - 1] ?? 'I10';
  const twoDigits = (number: number): string => String(number).padStart(2, '0');
  const someClaim = (): Subject => {
    const date = calendarDate(`2026-${twoDigits(1 + upTo(9))}-${twoDigits(1 + upTo(28))}`);
    const setting = settings[upTo(3)] ?? 'professional';
    const diagnoses = Array.from({ length: 1 + upTo(11) }, (_, index) => ({
      position: index + 1,
      system: 'icd10cm' as const,
      code: someCode(),
      role: roleAt(index),
    }));
    const pointers = [1, Math.min(2, diagnoses.length)];
    const lineOf = (number: number) => ({ number, procedure: '99213', pointers, date });
    return {
      type: 'claim',
      setting,
      date,
      diagnoses,
      procedures: [],
      lines: setting === 'professional' ? [1, 2, 3].map(lineOf) : [],
      age: upTo(90),
      sex: next() < 0.5 ? 'female' : 'male',
    };
  };
  return Array.from({ length: count }, someClaim);
}
