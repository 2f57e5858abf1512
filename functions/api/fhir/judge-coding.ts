// Judges one coding for $validate-code: the validation of the operations, told as issues with paths into the request.
import type { OperationOutcomeIssue } from 'fhir/r4.js';
import { codeSystems } from '../../../shared/core/code-system.ts';
import type { Lookup } from '../../../shared/operations/look-up-code.ts';
import { type ValidationIssue, validateCode } from '../../../shared/operations/validate-code.ts';
import { type FhirContext, operationPorts } from './fhir-context.ts';
import { type IssueCode, issueOf, type TxIssue } from './fhir-error.ts';
import type { Point } from './known-versions.ts';

/** What to judge. */
export type CodingToJudge = {
  readonly point: Point;
  readonly code: string;
  readonly display?: string | undefined;
  /** True: a header will do. */
  readonly abstract: boolean;
  /** True: a wrong display is a warning, not an error. */
  readonly lenientDisplay: boolean;
  /** FHIRPath of a field of the coding in the request. */
  readonly pathOf: (field: 'code' | 'display') => string;
  /** The value set it must be in; absent when any code of the system will do. */
  readonly within?: {
    readonly name: string;
    readonly holds: (lookup: Lookup) => boolean;
  };
};

/** The judgement. `issues` has errors exactly when `valid` is false. */
export type JudgedCoding = {
  readonly valid: boolean;
  readonly issues: readonly OperationOutcomeIssue[];
  /** As given. */
  readonly code: string;
  readonly point: Point;
  readonly lookup: Lookup;
};

const kinds: Readonly<Record<ValidationIssue['kind'], readonly [IssueCode, TxIssue]>> = {
  header: ['business-rule', 'code-rule'],
  ended: ['code-invalid', 'invalid-code'],
  future: ['code-invalid', 'invalid-code'],
  unknown: ['code-invalid', 'invalid-code'],
  'outside-horizon': ['not-found', 'not-found'],
  'wrong-display': ['invalid', 'invalid-display'],
};

/** Judges a coding on the day of its point. */
export async function judgeCoding(
  context: FhirContext,
  asked: CodingToJudge,
): Promise<JudgedCoding> {
  const { point, code, display, abstract, pathOf, within } = asked;
  const { lookup, issues: found } = await validateCode(operationPorts(context), {
    system: point.system,
    date: point.date,
    code,
    abstract,
    ...(display !== undefined && { display }),
  });
  const issues = found.map((issue) => toldIssue(issue, asked));
  const usable = found.every((issue) => issue.kind === 'wrong-display');
  if (within && !(usable && within.holds(lookup))) {
    const text = `${nameOfCode(lookup)} is not in the value set ${within.name} on ${lookup.date}`;
    issues.push(issueOf('error', 'code-invalid', text, { tx: 'not-in-vs', path: pathOf('code') }));
  }
  const valid = issues.every((issue) => issue.severity !== 'error');
  const told = [
    ...spelling(lookup, asked),
    ...provisional(lookup, pathOf('code')),
    ...replacements(lookup, pathOf('code')),
  ];
  return { valid, issues: [...issues, ...told], code, point, lookup };
}

function toldIssue(
  { kind, message }: ValidationIssue,
  asked: CodingToJudge,
): OperationOutcomeIssue {
  const [code, tx] = kinds[kind];
  const severity = kind === 'wrong-display' && asked.lenientDisplay ? 'warning' : 'error';
  const path = asked.pathOf(kind === 'wrong-display' ? 'display' : 'code');
  return issueOf(severity, code, message, { tx, path });
}

const nameOfCode = ({ system, code }: Lookup): string => `${codeSystems[system].uri}#${code}`;

/** Says so when the code is understood though it is not written as officially published. */
function spelling(lookup: Lookup, { code, pathOf }: CodingToJudge): OperationOutcomeIssue[] {
  if (lookup.title === null || lookup.code === code) return [];
  const text = `"${code}" is officially written ${lookup.code}`;
  return [issueOf('information', 'business-rule', text, { tx: 'code-rule', path: pathOf('code') })];
}

/** Says so when the date lies past the newest release's fiscal year: what is answered is the best known today. */
function provisional({ date, provisional, system }: Lookup, path: string): OperationOutcomeIssue[] {
  if (!provisional) return [];
  const { title } = codeSystems[system];
  const text = `no release of ${title} covers ${date} yet: the answer is that of the newest, and may change`;
  return [issueOf('warning', 'business-rule', text, { tx: 'code-comment', path })];
}

/** Replacements named in an answer at most; $translate tells all. */
const replacementsMax = 50;

/** What to bill instead, one issue each. Only $translate tells them as codings. */
function replacements(lookup: Lookup, path: string): OperationOutcomeIssue[] {
  return lookup.replacedBy.slice(0, replacementsMax).map(({ code, source, effective }) => {
    const by = source === 'official' ? 'by the official conversion table' : 'as inferred';
    const text = `${code} takes the place of ${lookup.code} from ${effective}, ${by}`;
    return issueOf('information', 'informational', text, { tx: 'code-comment', path });
  });
}
