// The gate of payer policies: what an edition must prove before it may change what is known. It fails closed: every doubt
// is a finding with its reason, and one error among them quarantines the edition until someone approves it by name.
import type { CalendarDate } from './calendar-date.ts';
import { listCodes } from './list-codes.ts';
import type { PolicyDocument } from './policy.ts';
import { diagnosisRows } from './policy-codes.ts';
import type { QualityFinding } from './release.ts';

/** How much a complete edition may lose at most; above it a person decides. Shares of what was in force before. */
export type PolicyGateLimits = {
  readonly lostDocumentsShareMax: number;
  readonly lostRowsShareMax: number;
  /** Losing this many documents, and what they list, is never a doubt. */
  readonly documentsFree: number;
};

/** A contractor retires some dozen of 2,000 documents at once; more is a file cut short. */
export const defaultPolicyGateLimits: PolicyGateLimits = {
  lostDocumentsShareMax: 0.05,
  lostRowsShareMax: 0.1,
  documentsFree: 2,
};

/** An edition with all there is to check it against. */
export type PolicyGateInput = {
  /** Documents of it, as they count. */
  readonly incoming: readonly PolicyDocument[];
  /** Newest known version of each document, by id. */
  readonly known: ReadonlyMap<string, PolicyDocument>;
  /** Documents that are gone if the edition is right, by id. */
  readonly gone: readonly PolicyDocument[];
  /** Day of the edition: what ended before it cannot be lost. */
  readonly day: CalendarDate;
  readonly limits: PolicyGateLimits;
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

/** What of a document a new version that is still in force emptied: all its lists, or what it covers. */
function emptiedBy(before: PolicyDocument, after: PolicyDocument): string | undefined {
  if (after.ends !== undefined) return undefined;
  const rows = diagnosisRows(before);
  if (rows > 0 && diagnosisRows(after) === 0) {
    return `lists no diagnoses; the one before listed ${rows}`;
  }
  const covered = diagnosisRows(before, 'covered');
  return covered > 0 && diagnosisRows(after, 'covered') === 0
    ? `covers no diagnoses; the one before covered ${covered}`
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

const share = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(1)} %`;

/** Rows of all documents. */
const rowsOf = (documents: Iterable<PolicyDocument>): number => {
  let rows = 0;
  for (const document of documents) rows += diagnosisRows(document);
  return rows;
};

function checkLost(input: PolicyGateInput): QualityFinding[] {
  const { known, gone, incoming, day, limits } = input;
  const isInForce = ({ ends }: PolicyDocument): boolean => ends === undefined || ends >= day;
  const inForce = [...known.values()].filter(isInForce);
  const lost = gone.filter(isInForce);
  const goneIds = new Set(lost.map(({ id }) => id));
  const findings: QualityFinding[] = [];
  const documentsMax = Math.max(
    limits.documentsFree,
    inForce.length * limits.lostDocumentsShareMax,
  );
  if (lost.length > documentsMax) {
    const ids = listCodes(lost.map(({ id }) => id));
    const part = share(lost.length, inForce.length);
    const message = `${lost.length} of ${inForce.length} documents in force are missing (${part}): ${ids}. Compare the file with the publisher's page.`;
    findings.push(error('policies-lost', 'edition', message));
  }
  const now = new Map(incoming.map((document) => [document.id, document]));
  const shrunk = inForce.flatMap((before) => {
    const after = now.get(before.id);
    const rows = diagnosisRows(before) - (after ? diagnosisRows(after) : 0);
    const isLost = rows > 0 && (after !== undefined || goneIds.has(before.id));
    return isLost ? [{ id: before.id, rows }] : [];
  });
  const rows = rowsOf(inForce);
  const missing = shrunk.reduce((sum, each) => sum + each.rows, 0);
  if (shrunk.length > limits.documentsFree && missing > rows * limits.lostRowsShareMax) {
    const ids = listCodes(shrunk.map(({ id }) => id));
    const message = `${missing} of ${rows} rows of diagnoses are missing (${share(missing, rows)}), in ${ids}. Compare the file with the publisher's page.`;
    findings.push(error('policy-rows-lost', 'edition', message));
  }
  return findings;
}

/** Doubts about an edition whose files could be read: a person who knows better may lift them. */
export const gatePolicies = (input: PolicyGateInput): QualityFinding[] => [
  ...checkLost(input),
  ...checkEmptied(input),
];
