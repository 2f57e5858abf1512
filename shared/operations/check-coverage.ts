// Whether a payer's policies support a procedure by a diagnosis on a date of service: one question, or a batch of them.
import type { CalendarDate } from '../core/calendar-date.ts';
import { formatCode, normalizeCode } from '../core/code-system.ts';
import { type CoverageReason, coverageOf } from '../core/coverage.ts';
import { coverageKnownFrom } from '../core/coverage-horizon.ts';
import type { CoverageVerdict } from '../core/document-coverage.ts';
import { CodewatchError } from '../core/errors.ts';
import { type Payer, plainName } from '../core/payer.ts';
import type { PolicyRef, PolicyVersion } from '../core/policy.ts';
import { policyInForce } from '../core/policy-timeline.ts';
import { normalizeProcedure } from '../core/procedure-code.ts';
import { stateNamed } from '../core/us-states.ts';
import { listOf } from '../core/wording.ts';
import { type Clock, today } from '../ports/clock.ts';
import type { CodeTable } from '../ports/code-table.ts';
import type { PolicyTable } from '../ports/policy-table.ts';
import { openBelief } from './belief.ts';
import { type LookupStatus, lookUpIn } from './look-up-code.ts';

/** What to ask. Codes in any spelling; `date` is today when absent, `payer` Medicare. */
export type CoverageRequest = {
  readonly procedure: string;
  readonly diagnosis: string;
  /** Id of a configured payer. */
  readonly payer?: string;
  /** USPS abbreviation of a state, or a part of one as the Medicare Coverage Database writes it. */
  readonly state?: string;
  /** The patient's plan as the payer's policies call it. */
  readonly plan?: string;
  readonly date?: CalendarDate;
};

/** The answer, with what was asked as it was understood. Codes as officially written. */
export type CoverageCheck = {
  readonly answer: CoverageVerdict;
  readonly procedure: string;
  readonly diagnosis: string;
  /** What the diagnosis is on the date: one that cannot be billed is denied whatever a policy lists. */
  readonly diagnosisStatus: LookupStatus;
  readonly payer: string;
  readonly state: string | null;
  readonly plan: string | null;
  readonly date: CalendarDate;
  /**
   * On `no-policy` the day from which on a document is known that names the procedure there: what was in force before, if
   * anything, was never taken in. Else null.
   */
  readonly knownFrom: CalendarDate | null;
  readonly policies: readonly CoverageReason[];
};

/** What coverage is answered from. */
export type CoveragePorts = {
  readonly policies: PolicyTable;
  readonly codeTable: CodeTable;
  readonly payers: readonly Payer[];
  readonly clock: Clock;
};

/** More questions than this in one batch are refused. */
export const coverageItemsMax = 1_000;

const medicare = 'medicare';

const invalid = (message: string): CodewatchError => new CodewatchError('invalid-request', message);

type Asked = Required<Omit<CoverageRequest, 'state' | 'plan'>> & {
  readonly state: string | undefined;
  readonly plan: string | undefined;
};

function understood(
  { payers, clock }: Pick<CoveragePorts, 'payers' | 'clock'>,
  request: CoverageRequest,
): Asked {
  const procedure = normalizeProcedure(request.procedure);
  if (procedure === undefined) {
    throw invalid('procedure: not an HCPCS or CPT code (five characters, like 62323 or A9585)');
  }
  const diagnosis = normalizeCode('icd10cm', request.diagnosis);
  if (diagnosis === undefined) throw invalid('diagnosis: not an ICD-10-CM code (like M54.50)');
  const state = request.state === undefined ? undefined : stateNamed(request.state);
  if (request.state !== undefined && state === undefined) {
    throw invalid('state: not the abbreviation of a state or territory (like CA)');
  }
  const plan = request.plan?.trim();
  if (plan !== undefined && plainName(plan) === '') throw invalid('plan: no letter and no digit');
  const payer = request.payer ?? medicare;
  if (!payers.some(({ id }) => id === payer)) {
    throw invalid(`payer: none is configured by that id${onlyOf(payers)}`);
  }
  return { procedure, diagnosis, state, plan, payer, date: request.date ?? today(clock) };
}

/** Which there are: `; only medicare is`. */
function onlyOf(payers: readonly Payer[]): string {
  if (payers.length === 0) return '';
  return `; only ${listOf(payers.map(({ id }) => id))} ${payers.length === 1 ? 'is' : 'are'}`;
}

/** Reads documents once, however many questions they answer: those of the payer that name the procedure, with all versions. */
function createDocumentReader(policies: PolicyTable) {
  const read = new Map<string, Promise<readonly PolicyVersion[]>>();
  const naming = new Map<string, Promise<readonly PolicyRef[]>>();
  const once = <T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>) => {
    const answer = known.get(key) ?? ask();
    known.set(key, answer);
    return answer;
  };
  return async ({ procedure, payer }: Asked): Promise<readonly (readonly PolicyVersion[])[]> => {
    const refs = await once(naming, procedure, () => policies.naming(procedure));
    const versions = await Promise.all(
      refs.map((ref) => once(read, `${ref.source}#${ref.id}`, () => policies.versions(ref))),
    );
    return versions.map((each) => each.filter((version) => version.payer === payer));
  };
}

/** Answers one question. Throws `invalid-request` naming the field that is wrong. */
export async function checkCoverage(
  ports: CoveragePorts,
  request: CoverageRequest,
): Promise<CoverageCheck> {
  const [answer] = await answerAll(ports, [understood(ports, request)]);
  if (!answer) throw new Error('a question without an answer');
  return answer;
}

/**
 * Answers questions in their order. Throws `invalid-request` naming the field that is wrong by its place in the batch, and
 * `too-large` beyond {@link coverageItemsMax} of them.
 */
export async function checkCoverages(
  ports: CoveragePorts,
  requests: readonly CoverageRequest[],
): Promise<readonly CoverageCheck[]> {
  if (requests.length > coverageItemsMax) {
    throw new CodewatchError(
      'too-large',
      `items: ${requests.length} given, at most ${coverageItemsMax} in one batch; send several`,
    );
  }
  const asked = requests.map((request, at) => {
    try {
      return understood(ports, request);
    } catch (error) {
      throw error instanceof CodewatchError ? invalid(`items[${at}].${error.message}`) : error;
    }
  });
  return answerAll(ports, asked);
}

async function answerAll(
  ports: CoveragePorts,
  asked: readonly Asked[],
): Promise<readonly CoverageCheck[]> {
  const documentsFor = createDocumentReader(ports.policies);
  const belief = await openBelief(ports.codeTable, 'icd10cm');
  return Promise.all(
    asked.map(async (question): Promise<CoverageCheck> => {
      const { procedure, diagnosis, payer, state, plan, date } = question;
      const documents = await documentsFor(question);
      const pair = {
        procedure,
        diagnosis,
        ...(state !== undefined && { state }),
        ...(plan !== undefined && { plan }),
      };
      const inForce = documents.flatMap((versions) => policyInForce(versions, date) ?? []);
      const { answer, policies } = coverageOf(inForce, pair);
      const knownFrom = answer === 'no-policy' && coverageKnownFrom(documents, pair, date);
      const { status } = await lookUpIn({ belief }, diagnosis, date);
      return {
        answer,
        procedure,
        diagnosis: formatCode('icd10cm', diagnosis),
        diagnosisStatus: status,
        payer,
        state: state ?? null,
        plan: plan ?? null,
        date,
        knownFrom: knownFrom || null,
        policies,
      };
    }),
  );
}
