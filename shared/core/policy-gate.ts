// The gate of payer policies: what an edition must prove before it may change what is known. It fails closed: every doubt
// is a finding with its reason, and one error among them quarantines the edition until someone approves it by name.
import type { PolicyDocument } from './policy.ts';
import { diagnosisRows } from './policy-codes.ts';
import {
  findLosses,
  findRestated,
  type PolicyGateInput,
  type PolicyGateLimits,
} from './policy-losses.ts';
import { proceduresOf } from './policy-meaning.ts';
import type { QualityFinding } from './release.ts';

/** A contractor retires some dozen of 2,000 documents at once; more is a file cut short. */
export const defaultPolicyGateLimits: PolicyGateLimits = {
  lostDocumentsShareMax: 0.05,
  lostRowsShareMax: 0.1,
  lostProceduresShareMax: 0.1,
  restatedDocumentsShareMax: 0.05,
  documentsFree: 2,
};

const error = (code: string, where: string, message: string): QualityFinding => ({
  code,
  severity: 'error',
  where,
  message,
});

/** Sorts before every separator of a key, and stands in addresses as it is. */
const idShape = /^\w[\w.:/-]{0,99}$/;
const versionShape = /^\d{1,12}$/;

/** Findings that no approval lifts: keys and order rest on ids and version numbers. */
export function checkPolicyNames(documents: readonly PolicyDocument[]): QualityFinding[] {
  const findings: QualityFinding[] = [];
  const seen = new Set<string>();
  for (const { id, version } of documents) {
    const where = JSON.stringify(id.slice(0, 100));
    if (!idShape.test(id)) {
      const message = 'A document id is letters, digits and . : / - _, at most 100. Rename it.';
      findings.push(error('policy-id', where, message));
    }
    if (!versionShape.test(version)) {
      const message = `The version of a document is a number of at most 12 digits, not ${JSON.stringify(version.slice(0, 20))}.`;
      findings.push(error('policy-version', where, message));
    }
    const both = `${id} ${version}`;
    if (seen.has(both)) {
      const message = `Version ${version} of it is there twice. Keep the right one.`;
      findings.push(error('policy-repeated', where, message));
    }
    seen.add(both);
  }
  return findings;
}

/** What of a document a new version that is still in force emptied: its lists, what it covers, or its procedures. */
function emptiedBy(before: PolicyDocument, after: PolicyDocument): string | undefined {
  if (after.ends !== undefined) return undefined;
  const rows = diagnosisRows(before);
  if (rows > 0 && diagnosisRows(after) === 0) {
    return `lists no diagnoses; the one before listed ${rows}`;
  }
  const covered = diagnosisRows(before, 'covered');
  if (covered > 0 && diagnosisRows(after, 'covered') === 0) {
    return `covers no diagnoses; the one before covered ${covered}`;
  }
  const procedures = proceduresOf(before).length;
  return procedures > 0 && proceduresOf(after).length === 0
    ? `names no procedures; the one before named ${procedures}`
    : undefined;
}

/** Documents whose lists were emptied at once: a table is missing rows sooner than a payer stops covering everything. */
const checkEmptied = ({ incoming, known }: PolicyGateInput): QualityFinding[] =>
  incoming.flatMap((document) => {
    const before = known.get(document.id);
    const emptied = before && emptiedBy(before, document);
    if (emptied === undefined) return [];
    const message = `Version ${document.version} ${emptied}. Compare it with the publisher's page.`;
    return [error('policy-emptied', document.id, message)];
  });

/** Doubts about an edition whose files could be read: a person who knows better may lift them. */
export const gatePolicies = (input: PolicyGateInput): QualityFinding[] => [
  ...findLosses(input),
  ...findRestated(input),
  ...checkEmptied(input),
];
