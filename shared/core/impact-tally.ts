// What a release does to a tenant, counted artifact by artifact: never more than one item holds,
// however many artifacts are hit. Tallies of different artifacts add up.
import type { CalendarDate } from './calendar-date.ts';
import type { AlertTemplate, Habit, HitClaims } from './finding.ts';
import type { TimeToFile } from './timely-filing.ts';
import { compareUtf8 } from './utf8-order.ts';

/** What is counted of one code. */
export type CodeTally = {
  readonly claims: HitClaims;
  /** The first by name, or by id where a template has none. */
  readonly templates: readonly AlertTemplate[];
  /** Templates hit beyond those listed. */
  readonly templatesMore: number;
  readonly habit?: Habit;
};

/** What is counted of a release and a tenant, or of a part of its artifacts. */
export type Tally = {
  /** By code; only codes that hit something, or that are billed by habit. */
  readonly codes: Readonly<Record<string, CodeTally>>;
  /** Codes found on templates, whether they hit them or not. */
  readonly onTemplates: readonly string[];
  /** Artifacts hit, each once however many of its codes are. */
  readonly templates: number;
  readonly claims: number;
  /** Billed on those claims, in cents. */
  readonly billedCents: number;
  /** The first filing deadline still ahead of any of them; absent when there is none. */
  readonly fileBy?: CalendarDate;
  /** Claims whose filing deadline has passed; absent when there are none. */
  readonly lapsedClaims?: number;
};

/** An artifact that was hit, with the codes that did and the ids of the findings. */
export type HitArtifacts = {
  readonly artifact: {
    readonly type: 'claim' | 'template';
    readonly id: string;
    readonly name?: string;
  };
  readonly owner?: string;
  readonly billedCents: number;
  /** Of a claim; absent where its deadline is not known. */
  readonly timeToFile?: TimeToFile;
  readonly hits: readonly { readonly code: string; readonly finding: string }[];
};

/** Counts artifacts; each is to be counted in one call. */
export type Tallying = {
  addHits(hit: HitArtifacts): void;
  addHabit(code: string, date: CalendarDate, billedCents: number): void;
  addOnTemplate(code: string): void;
  /** Adds what was counted of other artifacts. */
  addTally(tally: Tally): void;
  /** What was counted so far; the same whatever order it came in. */
  tally(): Tally;
};

/** Nothing counted yet. */
export const emptyTally: Tally = {
  codes: {},
  onTemplates: [],
  templates: 0,
  claims: 0,
  billedCents: 0,
};

/** Bytes of JSON the codes of a tally may take: an item holds 400 KB, what else it says included. */
export const tallyBytesMax = 200_000;

/** Templates listed of a code, the most tried first; an alert lists no more than the first of them. */
const templatesTried = [100, 25, 10, 4, 2, 1];

/** The order templates are listed in. */
export const byName = (a: AlertTemplate, b: AlertTemplate): number =>
  compareUtf8(a.name ?? a.id, b.name ?? b.id) || compareUtf8(a.id, b.id);

const earlier = (a: CalendarDate, b: CalendarDate): CalendarDate => (a < b ? a : b);
const later = (a: CalendarDate, b: CalendarDate): CalendarDate => (a < b ? b : a);

const sumHabits = (a: Habit | undefined, b: Habit): Habit =>
  a
    ? {
        claims: a.claims + b.claims,
        billedCents: a.billedCents + b.billedCents,
        from: earlier(a.from, b.from),
        to: later(a.to, b.to),
      }
    : b;

/** When what was counted must be filed: the first deadline, and how many missed theirs. */
type OpenFiling = { fileBy: CalendarDate | undefined; lapsed: number };

const noFiling = (): OpenFiling => ({ fileBy: undefined, lapsed: 0 });

function addFiling(
  open: OpenFiling,
  { fileBy, lapsed = 0 }: { readonly fileBy?: CalendarDate; readonly lapsed?: number },
): void {
  open.lapsed += lapsed;
  if (fileBy !== undefined) open.fileBy = open.fileBy ? earlier(open.fileBy, fileBy) : fileBy;
}

const filingOf = (time: TimeToFile | undefined): Pick<HitClaims, 'fileBy' | 'lapsed'> =>
  time === undefined ? {} : time === 'lapsed' ? { lapsed: 1 } : { fileBy: time };

type OpenCode = {
  count: number;
  billedCents: number;
  filing: OpenFiling;
  templates: AlertTemplate[];
  templatesMore: number;
  /** A list cut here once may not grow again: what was cut off could belong in between. */
  templatesMax: number;
  habit: Habit | undefined;
};

function codeTally(open: OpenCode, templatesMax: number): CodeTally {
  const { count, billedCents, habit, filing } = open;
  const { fileBy, lapsed } = filing;
  const templates = open.templates.slice(0, Math.min(templatesMax, open.templatesMax));
  return {
    claims: { count, billedCents, ...(fileBy && { fileBy }), ...(lapsed > 0 && { lapsed }) },
    templates,
    templatesMore: open.templatesMore + open.templates.length - templates.length,
    ...(habit ? { habit } : {}),
  };
}

/** The codes, with as many templates listed as fit. */
function fittedCodes(codes: ReadonlyMap<string, OpenCode>): Tally['codes'] {
  const sorted = [...codes].sort(([a], [b]) => compareUtf8(a, b));
  for (const [, open] of sorted) open.templates.sort(byName);
  for (const templatesMax of templatesTried) {
    const cut = Object.fromEntries(
      sorted.map(([code, open]) => [code, codeTally(open, templatesMax)]),
    );
    if (Buffer.byteLength(JSON.stringify(cut)) <= tallyBytesMax) return cut;
  }
  return Object.fromEntries(sorted.map(([code, open]) => [code, codeTally(open, 0)]));
}

/** A count that goes on from a tally, or begins. */
export function createTallying(from: Tally = emptyTally): Tallying {
  const codes = new Map<string, OpenCode>();
  const onTemplates = new Set<string>();
  const sums = { templates: 0, claims: 0, billedCents: 0 };
  const filing = noFiling();
  const openCode = (code: string): OpenCode => {
    const open = codes.get(code) ?? {
      count: 0,
      billedCents: 0,
      filing: noFiling(),
      templates: [],
      templatesMore: 0,
      templatesMax: Number.POSITIVE_INFINITY,
      habit: undefined,
    };
    codes.set(code, open);
    return open;
  };
  const tallying: Tallying = {
    addHits({ artifact, owner, billedCents, timeToFile, hits }) {
      if (hits.length === 0) return;
      const { type, id, name } = artifact;
      if (type === 'template') sums.templates += 1;
      else {
        sums.claims += 1;
        sums.billedCents += billedCents;
        addFiling(filing, filingOf(timeToFile));
      }
      for (const { code, finding } of hits) {
        const open = openCode(code);
        if (type === 'template') {
          const shown = {
            ...(name === undefined ? {} : { name }),
            ...(owner === undefined ? {} : { owner }),
          };
          open.templates.push({ id, ...shown, finding });
        } else {
          open.count += 1;
          open.billedCents += billedCents;
          addFiling(open.filing, filingOf(timeToFile));
        }
      }
    },
    addHabit(code, date, billedCents) {
      const open = openCode(code);
      open.habit = sumHabits(open.habit, { claims: 1, billedCents, from: date, to: date });
    },
    addOnTemplate: (code) => void onTemplates.add(code),
    addTally(tally) {
      sums.templates += tally.templates;
      sums.claims += tally.claims;
      sums.billedCents += tally.billedCents;
      const { fileBy, lapsedClaims = 0 } = tally;
      addFiling(filing, { ...(fileBy && { fileBy }), lapsed: lapsedClaims });
      for (const code of tally.onTemplates) onTemplates.add(code);
      for (const [code, counted] of Object.entries(tally.codes)) {
        const open = openCode(code);
        open.count += counted.claims.count;
        open.billedCents += counted.claims.billedCents;
        addFiling(open.filing, counted.claims);
        open.templates.push(...counted.templates);
        open.templatesMore += counted.templatesMore;
        if (counted.templatesMore > 0) {
          open.templatesMax = Math.min(open.templatesMax, counted.templates.length);
        }
        if (counted.habit) open.habit = sumHabits(open.habit, counted.habit);
      }
    },
    tally: () => ({
      codes: fittedCodes(codes),
      onTemplates: [...onTemplates].sort(compareUtf8),
      ...sums,
      ...(filing.fileBy && { fileBy: filing.fileBy }),
      ...(filing.lapsed > 0 && { lapsedClaims: filing.lapsed }),
    }),
  };
  tallying.addTally(from);
  return tallying;
}
