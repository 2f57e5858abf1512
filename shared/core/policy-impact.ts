// Which stored claims and templates a policy's change hits, and how (policy-effect.ts): by payer,
// state, procedure and diagnosis of a line, and its date.
import { type Claim, governingDate, type Template } from './artifact.ts';
import type { CalendarDate } from './calendar-date.ts';
import { reachOf } from './jurisdiction.ts';
import { type Payer, payerOf } from './payer.ts';
import type { PolicyChange, PolicyVersion } from './policy.ts';
import {
  canHitClaims,
  heaviestEffect,
  lineHit,
  type PolicyEffect,
  type PolicyPairHit,
  pairHit,
  type VersionsAround,
  verdictAfter,
  versionsAround,
  versionsAroundFirstDay,
} from './policy-effect.ts';
import { movesPair, movesProcedure } from './policy-lookup.ts';
import { proceduresOf } from './policy-meaning.ts';
import { keptProcedure } from './procedure-code.ts';

/** A line of a claim hit, by one of the diagnoses it points to. */
export type PolicyLineHit = PolicyPairHit & {
  /** From 1. */
  readonly line: number;
  /** Its date of service, else the claim's governing date. */
  readonly date: CalendarDate;
  /**
   * Other diagnoses it points to that the document covers after the change: the line may be paid
   * for them.
   */
  readonly supportedBy: readonly string[];
};

/** A claim hit. */
export type PolicyClaimHit = {
  /** The heaviest of its lines'. */
  readonly effect: PolicyEffect;
  /** By line, then in the order it points. */
  readonly lines: readonly PolicyLineHit[];
  /**
   * False when the claim has no state and the document does not apply everywhere (or only in a part
   * of the claim's state): it is hit if it is from there.
   */
  readonly stateKnown: boolean;
};

/**
 * Diagnoses a line stands on, in normal form, each once: those it points to, else all of the claim.
 */
function diagnosesOf(claim: Claim, pointers: readonly number[] | undefined): string[] {
  const all = claim.diagnoses ?? claim.codes;
  const pointed = pointers?.length ? pointers.flatMap((at) => all[at - 1] ?? []) : all;
  return [...new Set(pointed.filter(({ system }) => system === 'icd10cm').map(({ code }) => code))];
}

/** What of a line matters, and between which versions its date lies. */
type LineAround = {
  readonly line: number;
  readonly procedure: string;
  readonly diagnoses: readonly string[];
  readonly date: CalendarDate;
  readonly around: VersionsAround;
};

/** Lines dated on the change's first day or later. */
function linesAround(
  change: PolicyChange,
  versions: readonly PolicyVersion[],
  claim: Claim,
): LineAround[] {
  return (claim.lines ?? []).flatMap(({ procedure: written = '', dateOfService, pointers }, at) => {
    const procedure = keptProcedure(written);
    const date = dateOfService ?? governingDate(claim);
    if (!procedure || !date || date < change.effective) return [];
    const around = versionsAround(change, versions, date);
    return [{ line: at + 1, procedure, diagnoses: diagnosesOf(claim, pointers), date, around }];
  });
}

function lineHits(
  change: PolicyChange,
  line: LineAround,
  state: string | undefined,
): PolicyLineHit[] {
  const { procedure, diagnoses, date, around } = line;
  const isOf = (hit: PolicyPairHit): boolean =>
    hit.unlisted ? movesProcedure(change, procedure) : movesPair(change, hit);
  return lineHit(around, line, state)
    .filter(isOf)
    .map((hit) => {
      const supportedBy = diagnoses.filter(
        (other) =>
          other !== hit.diagnosis &&
          verdictAfter(around, { procedure, diagnosis: other }, state) === 'covered',
      );
      return { ...hit, line: line.line, date, supportedBy };
    });
}

/** True unless one of the versions reaches into the state only in part, or who knows. */
const isStateKnown = ({ before, after }: VersionsAround, state: string | undefined): boolean =>
  [before, after].every((version) => {
    const reach = version ? reachOf(version, state) : 'none';
    return reach === 'whole' || reach === 'none';
  });

/**
 * How a change hits a claim of its payer, or undefined: lines from the change's first day on, in a
 * state the document reaches, whose procedure and diagnosis it decides otherwise than before, and
 * no later edition again. A claim without state is hit, and the hit says so. `versions` are all of
 * the document, those before and after the change included. By what the document says of all it
 * does not list a line is hit once, and only where no diagnosis of it is listed. A plan is not
 * looked at: claims name none.
 */
export function claimHit(
  change: PolicyChange,
  versions: readonly PolicyVersion[],
  claim: Claim,
  payers: readonly Payer[],
): PolicyClaimHit | undefined {
  if (!canHitClaims(change) || payerOf(claim, payers)?.id !== change.payer) return undefined;
  const hit = linesAround(change, versions, claim)
    .map((line) => ({ line, hits: lineHits(change, line, claim.state) }))
    .filter(({ hits }) => hits.length > 0);
  const lines = hit.flatMap(({ hits }) => hits);
  const effect = heaviestEffect(lines);
  const stateKnown = hit.every(({ line }) => isStateKnown(line.around, claim.state));
  return effect ? { effect, lines, stateKnown } : undefined;
}

/** A template hit: its diagnoses with the document's procedures. */
export type PolicyTemplateHit = {
  readonly effect: PolicyEffect;
  /** By diagnosis as in the template, then procedure. */
  readonly pairs: readonly PolicyPairHit[];
};

/**
 * How a change hits a template, which names no payer, state or procedure: diagnoses of it that the
 * document lists, or did, and decides otherwise from the change's first day on, for any of its
 * procedures. Undefined when none, or when a later edition decided otherwise again.
 */
export function templateHit(
  change: PolicyChange,
  versions: readonly PolicyVersion[],
  template: Template,
): PolicyTemplateHit | undefined {
  if (!canHitClaims(change)) return undefined;
  const around = versionsAroundFirstDay(change, versions);
  const known = [around.before, around.after].filter((version) => version !== undefined);
  const procedures = [...new Set(known.flatMap(proceduresOf))].sort();
  const codes = template.codes.filter(({ system }) => system === 'icd10cm').map(({ code }) => code);
  const pairs = [...new Set(codes)]
    .flatMap((diagnosis) => procedures.map((procedure) => ({ procedure, diagnosis })))
    .filter((pair) => movesPair(change, pair))
    .flatMap((pair) => pairHit(around, pair, undefined) ?? [])
    .filter(({ unlisted }) => !unlisted);
  const effect = heaviestEffect(pairs);
  return effect ? { effect, pairs } : undefined;
}
