// Shorter lists of an alert on policies: what is cut off is counted.
import type { Alert, AlertPolicy } from './finding.ts';

/** How much is listed: policies, templates of each, and diagnoses and procedures of each. */
export type PolicyLimits = {
  readonly codes: number;
  readonly templates: number;
  readonly replacements: number;
};

const cutList = <T>(
  list: readonly T[],
  more: number | undefined,
  max: number,
): { readonly kept: readonly T[]; readonly more: number } => ({
  kept: list.slice(0, max),
  more: (more ?? 0) + Math.max(0, list.length - max),
});

function cutPolicy(policy: AlertPolicy, limits: PolicyLimits): AlertPolicy {
  const listed = Math.max(limits.replacements, 1);
  const codes = cutList(policy.codes, policy.codesMore, listed);
  const procedures = cutList(policy.procedures, policy.proceduresMore, listed);
  const templates = cutList(policy.templates, policy.templatesMore, limits.templates);
  return {
    ...policy,
    codes: codes.kept,
    ...(codes.more > 0 ? { codesMore: codes.more } : {}),
    procedures: procedures.kept,
    ...(procedures.more > 0 ? { proceduresMore: procedures.more } : {}),
    templates: templates.kept,
    ...(templates.more > 0 ? { templatesMore: templates.more } : {}),
  };
}

/** The alert with shorter lists of policies; itself when it has none. */
export function cutPolicies(alert: Alert, limits: PolicyLimits): Alert {
  if (!alert.policies) return alert;
  const { kept, more } = cutList(alert.policies, alert.policiesMore, limits.codes);
  const policies = kept.map((policy) => cutPolicy(policy, limits));
  return { ...alert, policies, ...(more > 0 ? { policiesMore: more } : {}) };
}
