// What a finding says in words, in the fields of a scrub item: how bad, what is wrong, what to do, and on what it rests.
import { formatCode } from '../core/code-system.ts';
import type { Finding } from '../core/finding.ts';
import {
  type FindingPolicy,
  isPolicyKind,
  type PolicyFindingKind,
} from '../core/finding-policy.ts';
import { listOf } from '../core/wording.ts';
import { choiceOf, releaseSource } from '../scrub/item-wording.ts';

/** The words of a finding. `rule` is that of the scrub item on the same code, where there is one. */
export type FindingWords = {
  readonly rule: 'code-ended' | 'code-header' | 'code-retitled' | 'coverage';
  /** `error`: denied from the effective date on. `warning`: check what it means. `info`: it may be paid now. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly remedy: string;
  readonly source: string;
};

type Told = Pick<
  Finding,
  'kind' | 'system' | 'code' | 'effective' | 'replacedBy' | 'artifact' | 'policy'
>;

function remedyOf({ kind, system, replacedBy, artifact }: Told): string {
  if (kind === 'retitled') return 'Check its label against the new title.';
  if (replacedBy.length === 0)
    return 'No replacement is known: have it coded anew from the record.';
  const choice = choiceOf(system, replacedBy);
  const isSplit = replacedBy.length > 1;
  if (artifact.type === 'template') {
    const as = isSplit ? ', as the documentation of each visit decides' : '';
    return `Change the template: offer ${choice}${as}.`;
  }
  return `Use ${choice}, ${isSplit ? 'whichever the record supports' : 'if the record supports it'}.`;
}

const verdictWords: Readonly<Record<PolicyFindingKind, string>> = {
  'coverage-added': 'covers',
  'coverage-removed': 'no longer covers',
  'coverage-conditional': 'covers only under a condition',
  'policy-retired': 'says nothing any more of',
};

/** A policy that said nothing before cannot cover less than it did; what it does not list it decides surely or not. */
function verdictOf(kind: PolicyFindingKind, { before, unlisted }: FindingPolicy): string {
  if (unlisted && kind === 'coverage-conditional') return 'may not cover';
  if (unlisted && kind === 'coverage-added') return 'may cover';
  return kind === 'coverage-removed' && before === 'no-policy'
    ? 'does not cover'
    : verdictWords[kind];
}

/** What is covered for which procedures; of what is not listed the diagnosis is one of many. */
const whatOf = (code: string, { unlisted, procedures }: FindingPolicy): string =>
  unlisted
    ? `${listOf(procedures)} for ${code}, which it does not list`
    : `${code} for ${listOf(procedures)}`;

const remedies: Readonly<Record<PolicyFindingKind, string>> = {
  'coverage-added': 'If the claim was denied, send it again while it can be filed.',
  'coverage-removed': 'See whether another diagnosis of the record supports the service.',
  'coverage-conditional': 'Read the condition, and see that the record meets it.',
  'policy-retired': 'See whether another policy of the payer decides it.',
};

function policyWords(kind: PolicyFindingKind, told: Told, policy: FindingPolicy): FindingWords {
  const code = formatCode(told.system, told.code);
  const isSure = policy.stateKnown !== false;
  const how =
    kind === 'coverage-added' && policy.after === 'conditional' && !policy.unlisted
      ? ' under a condition'
      : '';
  const where = isSure ? '' : ' It applies only if the service was rendered where the policy does.';
  const isTemplate = told.artifact.type === 'template';
  const losing = kind === 'coverage-removed' ? 'error' : 'warning';
  return {
    rule: 'coverage',
    severity: kind === 'coverage-added' ? 'info' : isSure ? losing : 'warning',
    message:
      `${policy.id} ${verdictOf(kind, policy)} ${whatOf(code, policy)}${how}, for services from ` +
      `${told.effective} on.${where}`,
    remedy: isTemplate
      ? 'See whether the template should offer it to patients of this payer.'
      : remedies[kind],
    source: `${policy.title}, ${policy.id} version ${policy.version}: ${policy.url}`,
  };
}

/** The words of a finding; its codes in normal form. */
export function findingWords(finding: Told): FindingWords {
  const { kind, system, effective, policy } = finding;
  if (isPolicyKind(kind)) {
    if (!policy) throw new Error(`a finding ${kind} names no policy`);
    return policyWords(kind, finding, policy);
  }
  const code = formatCode(system, finding.code);
  const rest = { remedy: remedyOf(finding), source: releaseSource(system, effective) };
  if (kind === 'retitled') {
    const message = `${code} has another official title from ${effective} on.`;
    return { rule: 'code-retitled', severity: 'warning', message, ...rest };
  }
  if (kind === 'ended') {
    const message = `${code} is deleted as of ${effective} and cannot be billed from then on.`;
    return { rule: 'code-ended', severity: 'error', message, ...rest };
  }
  const message = `${code} is a category as of ${effective} and cannot be billed from then on.`;
  return { rule: 'code-header', severity: 'error', message, ...rest };
}
