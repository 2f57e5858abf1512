// Builds the alert of one tenant on one edition of policies from what was hit: an entry for each policy and effect, what is
// lost first on top.
import { fitAlert, storedBytesMax } from './alert.ts';
import type { CalendarDate } from './calendar-date.ts';
import type { Alert, AlertPolicy } from './finding.ts';
import { type PolicyFindingKind, policyFindingKinds } from './finding-policy.ts';
import { byName, type CodeTally, type Tally } from './impact-tally.ts';
import { type ReworkCost, reworkCents, usualReworkCost } from './money.ts';
import type { CoverageMove, PolicyChange } from './policy.ts';
import { comparePolicyVersions } from './policy-timeline.ts';

/**
 * What is counted apart: a change, its effect, whether what is covered now is so under a condition, and whether it is about
 * what the document does not list.
 */
export type PolicyTallyKey = {
  readonly kind: PolicyFindingKind;
  readonly conditional: boolean;
  readonly unlisted: boolean;
  readonly change: Pick<PolicyChange, 'id' | 'version'>;
};

/** The name such a count has in a {@link Tally}. */
export const policyTallyName = ({ kind, conditional, unlisted, change }: PolicyTallyKey): string =>
  JSON.stringify([kind, conditional, unlisted, change.id, change.version]);

/** Of which alert. */
export type PolicyAlertFrame = Pick<Alert, 'id' | 'tenant' | 'release' | 'seq' | 'createdAt'>;

/** What a payer is called, and what a denied claim costs. */
export type PolicyAlertContext = {
  readonly titleOf: (payer: string) => string;
  readonly reworkCost?: ReworkCost;
};

/** Moves that have such an effect. */
function hasEffect({ list, direction }: CoverageMove, kind: PolicyFindingKind): boolean {
  if (kind === 'policy-retired') return false;
  const isAdded = direction === 'added';
  const asks = list === 'requires' || list === 'prior-authorization';
  if (kind === 'coverage-conditional') return isAdded && list !== 'not-covered';
  if (asks) return kind === 'coverage-added' && !isAdded;
  return (kind === 'coverage-added') === ((list === 'covered') === isAdded);
}

const ascending = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

function alertPolicy(
  { kind, conditional, unlisted, change }: PolicyTallyKey & { readonly change: PolicyChange },
  counted: CodeTally,
  { titleOf, reworkCost = usualReworkCost }: PolicyAlertContext,
): AlertPolicy {
  const { source, id, version, title, url, payer, plan, published } = change;
  const { effective, firstSeen, ends } = change;
  const moves = change.moves.filter((move) => unlisted || hasEffect(move, kind));
  const named = unlisted ? [] : moves.filter(({ codes }) => codes.length > 0);
  return {
    ...{ source, id, kind, version, title, url, payer, payerTitle: titleOf(payer) },
    ...(plan === undefined ? {} : { plan }),
    ...(conditional && kind === 'coverage-added' ? { conditional } : {}),
    ...(unlisted ? { unlisted } : {}),
    changes: change.kinds,
    ...(published === undefined ? {} : { published }),
    ...{ effective, firstSeen },
    ...(ends === undefined ? {} : { ends }),
    ...{ retroactive: change.retroactive, states: change.states },
    codes: ascending(named.flatMap(({ codes }) => codes)),
    procedures: ascending((named.length > 0 ? named : moves).flatMap((move) => move.procedures)),
    templates: [...counted.templates].sort(byName),
    ...(counted.templatesMore > 0 ? { templatesMore: counted.templatesMore } : {}),
    claims: counted.claims,
    reworkCents: reworkCents(kind === 'coverage-added' ? 0 : counted.claims.count, reworkCost),
  };
}

const weightOf = ({ kind }: AlertPolicy): number => policyFindingKinds.indexOf(kind);

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The heaviest effect first; then the nearest deadline, money, the policy. */
const byLoss = (a: AlertPolicy, b: AlertPolicy): number =>
  weightOf(a) - weightOf(b) ||
  byText(a.claims.fileBy ?? '~', b.claims.fileBy ?? '~') ||
  b.claims.billedCents - a.claims.billedCents ||
  b.claims.count - a.claims.count ||
  byText(a.id, b.id) ||
  comparePolicyVersions(a.version, b.version) ||
  Number(a.conditional ?? false) - Number(b.conditional ?? false) ||
  Number(a.unlisted ?? false) - Number(b.unlisted ?? false);

/**
 * high: stored claims may be denied; medium: claims may be paid that were denied, or templates offer what is covered no
 * longer; low: templates offer what is covered now.
 */
function severityOf(policies: readonly AlertPolicy[]): Alert['severity'] {
  const takes = policies.filter(({ kind }) => kind !== 'coverage-added');
  if (takes.some(({ claims }) => claims.count > 0)) return 'high';
  const isWorth = takes.length > 0 || policies.some(({ claims }) => claims.count > 0);
  return isWorth ? 'medium' : 'low';
}

const firstOf = (dates: readonly CalendarDate[]): CalendarDate | undefined => [...dates].sort()[0];

type Entry = { readonly name: string; readonly of: PolicyTallyKey & { change: PolicyChange } };

/** Every name a tally may have, with what it stands for. */
const entriesOf = (changes: readonly PolicyChange[]): Entry[] =>
  changes.flatMap((change) =>
    policyFindingKinds.flatMap((kind) =>
      [false, true].flatMap((conditional) =>
        [false, true].map((unlisted) => {
          const of = { kind, conditional, unlisted, change };
          return { name: policyTallyName(of), of };
        }),
      ),
    ),
  );

/** The alert of what was counted; undefined when nothing was hit. Cut to {@link storedBytesMax}. */
export function buildPolicyAlert(
  frame: PolicyAlertFrame,
  hit: { readonly tally: Tally; readonly changes: readonly PolicyChange[] },
  context: PolicyAlertContext,
): Alert | undefined {
  const { tally, changes } = hit;
  const policies = entriesOf(changes)
    .flatMap(({ name, of }) => {
      const counted = tally.codes[name];
      return counted ? [alertPolicy(of, counted, context)] : [];
    })
    .sort(byLoss);
  const effective = firstOf(policies.map((policy) => policy.effective));
  if (effective === undefined) return undefined;
  const losing = policies.filter(({ kind }) => kind !== 'coverage-added');
  const atRisk = Math.min(
    tally.claims,
    losing.reduce((sum, { claims }) => sum + claims.count, 0),
  );
  const alert: Alert = {
    ...frame,
    system: 'icd10cm',
    effective,
    severity: severityOf(policies),
    kinds: policyFindingKinds.filter((kind) => policies.some((policy) => policy.kind === kind)),
    codes: [],
    policies,
    totals: {
      codes: 0,
      policies: new Set(policies.map(({ source, id }) => `${source}#${id}`)).size,
      templates: tally.templates,
      claims: tally.claims,
      billedCents: tally.billedCents,
      reworkCents: reworkCents(atRisk, context.reworkCost ?? usualReworkCost),
      habitCodes: 0,
      ...(tally.fileBy && { fileBy: tally.fileBy }),
      ...(tally.lapsedClaims && { lapsedClaims: tally.lapsedClaims }),
    },
  };
  return fitAlert(alert, storedBytesMax);
}
