// Measures how many claims a second are scrubbed on one core: synthetic claims over the official releases, with CMS's edit
// lists and a made-up tabular list of real size. `node test/scrub/measure-throughput.ts [claims]`; no test, prints figures.

import type { DiagnosisRole } from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { TabularNode } from '../../shared/core/tabular.ts';
import { loadRuleFacts } from '../../shared/operations/load-rule-facts.ts';
import { createRuleBook } from '../../shared/scrub/create-rule-book.ts';
import type { Subject } from '../../shared/scrub/rule.ts';
import { scrub } from '../../shared/scrub/scrub.ts';
import { officialReference } from '../support/test-reference.ts';
import { readEditList } from './official-edit-list.ts';

const claimsCount = Number(process.argv[2] ?? 20_000);
const passes = 20;
const batch = 1000;

/** A small generator (mulberry32): the same claims every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const next = random(7);
const reference = await officialReference();
const date = calendarDate('2025-10-01');
const query = { date, billableOnly: true, offset: 0, limit: 100_000 };
const all = (await reference.catalogue.list('icd10cm', query)).items.map(({ code }) => code);
const categories = [...new Set(all.map((code) => code.slice(0, 3)))];

/** Every category excludes two others, every fifth says what comes first: as dense as the real list, or denser. */
const nodes = categories.map((category, index): TabularNode => {
  const other = (by: number) => categories[(index + by) % categories.length] ?? 'A00';
  const range = (from: string, to = from) => ({ from, to });
  return {
    at: range(category),
    level: 'diag',
    title: category,
    seventh: [],
    notes: [
      {
        kind: 'excludes1',
        text: `other (${other(3)})`,
        targets: [range(other(3)), range(other(40))],
      },
      { kind: 'excludes1', text: 'a range', targets: [range(other(7), other(9))] },
      ...(index % 5 === 0
        ? [{ kind: 'codeFirst' as const, text: 'any cause, if known', targets: [range(other(11))] }]
        : []),
    ],
  };
});
const ruleBook = createRuleBook({
  tabular: [{ effective: date, nodes }],
  edits: readEditList(),
});

/** As in real claims few codes are common and most are rare (Zipf's law), all over the chapters. */
const byRank = all
  .map((code) => ({ code, at: next() }))
  .sort((a, b) => a.at - b.at)
  .map(({ code }) => code);
const someCode = (): string => byRank[Math.floor(all.length ** next()) - 1] ?? 'I10';
const settings = ['professional', 'outpatient', 'inpatient'] as const;

function someClaim(): Subject {
  const count = 1 + Math.floor(next() * 11);
  const day = String(1 + Math.floor(next() * 28)).padStart(2, '0');
  const month = String(1 + Math.floor(next() * 9)).padStart(2, '0');
  const setting = settings[Math.floor(next() * 3)] ?? 'professional';
  const roleAt = (index: number): DiagnosisRole => (index === 0 ? 'principal' : 'other');
  const diagnoses = Array.from({ length: count }, (_, index) => ({
    position: index + 1,
    system: 'icd10cm' as const,
    code: someCode(),
    role: roleAt(index),
  }));
  return {
    type: 'claim',
    setting,
    date: calendarDate(`2026-${month}-${day}`),
    diagnoses,
    procedures: [],
    lines:
      setting === 'professional'
        ? [1, 2, 3].map((number) => ({
            number,
            procedure: '99213',
            pointers: [1, Math.min(2, count)],
            date: calendarDate(`2026-${month}-${day}`),
          }))
        : [],
    age: Math.floor(next() * 90),
    sex: next() < 0.5 ? 'female' : 'male',
  };
}

/** Each run scrubs the same claims as new objects: nothing is known of them but their codes. */
const claims = Array.from({ length: claimsCount }, someClaim);

/** Milliseconds one pass over all claims keeps this thread's core busy, batch by batch; and what it found. */
async function run(): Promise<{ readonly ms: number; readonly items: number }> {
  const subjects = claims.map((claim) => ({ ...claim }));
  let items = 0;
  const began = process.threadCpuUsage();
  for (let at = 0; at < subjects.length; at += batch) {
    const part = subjects.slice(at, at + batch);
    const facts = await loadRuleFacts({ ...reference, ruleBook }, part);
    for (const subject of part) items += scrub(subject, facts).length;
  }
  const { user, system } = process.threadCpuUsage(began);
  return { ms: (user + system) / 1000, items };
}

const perSecond = (ms: number): number => Math.round(claims.length / (ms / 1000));
const codes = claims.reduce((sum, { diagnoses }) => sum + diagnoses.length, 0);
const cold = await run();
// Time of this thread alone: what else the machine does slows a pass all the same, through caches and shared cores. The
// fastest one says what the program takes.
const warm: number[] = [];
while (warm.length < passes) warm.push((await run()).ms);
const [fastest = NaN] = warm.sort((a, b) => a - b);
const median = warm[Math.floor(warm.length / 2)] ?? NaN;
console.log(
  `${(codes / claims.length).toFixed(1)} codes and ${(cold.items / claims.length).toFixed(1)} findings a claim`,
);
console.log(`cold: ${perSecond(cold.ms)} claims/s`);
console.log(`warm: ${perSecond(fastest)} claims/s (median of ${passes}: ${perSecond(median)})`);
