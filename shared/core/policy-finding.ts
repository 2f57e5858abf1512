// Findings of a policy's change: one for each diagnosis and procedure of a claim that the document decides otherwise, one for
// each diagnosis of a template.
import { billedCentsOf, type Claim, serviceOf, type Template } from './artifact.ts';
import { type Finding, policyFindingId } from './finding.ts';
import type { FindingPolicy, PolicyFindingKind } from './finding-policy.ts';
import { reworkCents } from './money.ts';
import type { PolicyChange } from './policy.ts';
import { heaviestEffect, type PolicyEffect, type PolicyPairHit } from './policy-effect.ts';
import type { PolicyClaimHit, PolicyTemplateHit } from './policy-impact.ts';
import { movesPair } from './policy-lookup.ts';

/** What a finding, and an alert, calls an effect. */
export const kindOfEffect: Readonly<Record<PolicyEffect, PolicyFindingKind>> = {
  'newly-covered': 'coverage-added',
  'no-longer-covered': 'coverage-removed',
  'newly-conditional': 'coverage-conditional',
  retired: 'policy-retired',
};

/** What moved for the pair: the group that gained or lost it. */
const groupOf = (change: PolicyChange, pair: PolicyPairHit): Pick<FindingPolicy, 'group'> => {
  if (pair.after === 'not-listed' && pair.unlisted) return {};
  const move = change.moves.find((one) => movesPair({ kinds: [], moves: [one] }, pair));
  return move === undefined ? {} : { group: move.group };
};

function policyOf(
  change: PolicyChange,
  pair: PolicyPairHit,
  procedures: readonly string[],
): FindingPolicy {
  const { source, id, version, title, url, payer, published } = change;
  return {
    ...{ source, id, version, title, url, payer },
    ...(published === undefined ? {} : { published }),
    ...groupOf(change, pair),
    procedures,
    before: pair.before,
    after: pair.after,
    ...(pair.unlisted ? { unlisted: true } : {}),
  };
}

/** What all findings of a change have in common. */
const findingOf = (
  tenant: string,
  change: PolicyChange,
  of: { readonly pair: PolicyPairHit; readonly procedure: string },
  artifact: Finding['artifact'],
): Pick<
  Finding,
  'id' | 'state' | 'kind' | 'system' | 'code' | 'release' | 'effective' | 'seq' | 'replacedBy'
> => ({
  id: policyFindingId(
    tenant,
    { ...change, code: of.pair.diagnosis, procedure: of.procedure },
    artifact,
  ),
  state: 'open',
  kind: kindOfEffect[of.pair.effect],
  system: 'icd10cm',
  code: of.pair.diagnosis,
  release: change.edition,
  effective: change.effective,
  seq: change.seq,
  replacedBy: [],
});

const refOf = ({
  type,
  id,
  name,
  owner,
}: Claim | Template): Pick<Finding, 'artifact' | 'owner'> => ({
  artifact: { type, id, ...(name === undefined ? {} : { name }) },
  ...(owner === undefined ? {} : { owner }),
});

/** The findings of a claim that was hit, by line. */
export function findingsOfClaim(
  tenant: string,
  change: PolicyChange,
  hit: PolicyClaimHit,
  claim: Claim,
): Finding[] {
  const ref = refOf(claim);
  const rework = reworkCents(1);
  const service = serviceOf(claim);
  const findings = hit.lines.map(
    (pair): Finding => ({
      ...findingOf(tenant, change, { pair, procedure: pair.procedure }, ref.artifact),
      policy: { ...policyOf(change, pair, [pair.procedure]), stateKnown: hit.stateKnown },
      ...ref,
      ...(service && { service }),
      atRisk: {
        billedCents: billedCentsOf(claim),
        reworkCentsMin: rework.min,
        reworkCentsMax: rework.max,
      },
    }),
  );
  return onceEach(findings);
}

/** Two lines may bill the same. */
const onceEach = (findings: readonly Finding[]): Finding[] =>
  [...new Map(findings.toReversed().map((finding) => [finding.id, finding])).values()].reverse();

/** The findings of a template that was hit, by code. */
export function findingsOfTemplate(
  tenant: string,
  change: PolicyChange,
  hit: PolicyTemplateHit,
  template: Template,
): Finding[] {
  const ref = refOf(template);
  const byCode = Map.groupBy(hit.pairs, ({ diagnosis }) => diagnosis);
  return [...byCode.values()].flatMap((pairs): Finding[] => {
    const effect = heaviestEffect(pairs);
    const told = pairs.filter((pair) => pair.effect === effect);
    const [pair] = told;
    if (!pair) return [];
    const procedures = told.map(({ procedure }) => procedure);
    return [
      {
        ...findingOf(tenant, change, { pair, procedure: '' }, ref.artifact),
        policy: policyOf(change, pair, procedures),
        ...ref,
        due: change.effective,
        atRisk: { billedCents: 0, reworkCentsMin: 0, reworkCentsMax: 0 },
      },
    ];
  });
}
