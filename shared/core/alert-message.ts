// The alert for machines: the JSON body of a message and the attributes filter policies select on.
// Its schema is docs/alerts/alert.schema.json. No claim numbers, no dates of service.
import { fitAlert } from './alert.ts';
import { toldClaims } from './alert-reading.ts';
import { alertLink } from './alert-wording.ts';
import { formatCode } from './code-system.ts';
import type { Alert, AlertCode, AlertPolicy } from './finding.ts';

// SNS holds 256 KB for all bodies together. JSON in JSON grows by its quotes, at worst twofold, and
// is sent twice.
const bodyBytesMax = 55_000;

function codeBody(alert: Alert, code: AlertCode): Record<string, unknown> {
  const { kind, effective, title, reworkCents, habit } = code;
  return {
    code: formatCode(alert.system, code.code),
    kind,
    effective,
    title,
    replacedBy: code.replacedBy.map((by) => ({
      code: formatCode(alert.system, by.code),
      title: by.title,
      source: by.source,
      effective: by.effective,
    })),
    replacedByMore: code.replacedByMore,
    templates: code.templates.map(({ name, owner, finding }) => ({ name, owner, finding })),
    templatesMore: code.templatesMore,
    claims: toldClaims(code.claims, alert),
    reworkCents,
    // Its first and last date of service stay behind: a count of one would date one patient's
    // visit.
    habit: habit && { claims: habit.claims, billedCents: habit.billedCents },
    stillListedBy: code.stillListedBy,
    stillListedByMore: code.stillListedByMore,
  };
}

function policyBody(alert: Alert, policy: AlertPolicy): Record<string, unknown> {
  return {
    ...policy,
    codes: policy.codes.map((code) => formatCode('icd10cm', code)),
    templates: policy.templates.map(({ name, owner, finding }) => ({ name, owner, finding })),
    claims: toldClaims(policy.claims, alert),
  };
}

function bodyOf(alert: Alert, baseUrl: string): string {
  const { id, tenant, system, release, effective, createdAt, severity, kinds, totals } = alert;
  return JSON.stringify({
    version: 1,
    id,
    tenant,
    system,
    release,
    effective,
    createdAt,
    severity,
    kinds,
    totals: toldClaims(totals, alert),
    codes: alert.codes.map((code) => codeBody(alert, code)),
    codesMore: alert.codesMore,
    policies: alert.policies?.map((policy) => policyBody(alert, policy)),
    policiesMore: alert.policiesMore,
    url: alertLink(alert, baseUrl),
  });
}

/**
 * The JSON body, amounts in cents, codes with the official dot, lists cut so that the whole message
 * fits SNS.
 */
export function alertJson(alert: Alert, baseUrl: string): string {
  const written = (cut: Alert): string => bodyOf(cut, baseUrl);
  return written(fitAlert(alert, bodyBytesMax, written));
}

/**
 * What filter policies select on: `tenant`, `system`, `kinds`, `severity`, `release`; of an alert on policies also `payers`,
 * by their ids in the configuration.
 */
export const alertAttributes = (
  alert: Alert,
): Readonly<Record<string, string | readonly string[]>> => ({
  tenant: alert.tenant,
  system: alert.system,
  kinds: alert.kinds,
  severity: alert.severity,
  release: alert.release,
  ...(alert.policies && { payers: [...new Set(alert.policies.map(({ payer }) => payer))].sort() }),
});
