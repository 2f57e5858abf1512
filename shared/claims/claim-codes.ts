// The codes of a claim, in whatever format they came: how one is read, which comes first, which are listed.
import type { ClaimLine, CodeUse, Diagnosis } from '../core/artifact.ts';
import { normalizeCode } from '../core/code-system.ts';
import { normalizeIcd9 } from '../core/icd9.ts';

/** A diagnosis code with its system. */
export type DiagnosisCode = Pick<Diagnosis, 'system' | 'code'>;

/** An ICD-10-CM code in normal form. All hold a digit: a word, such as a name in the wrong place, is none. */
export function readIcd10cm(text: string): string | undefined {
  const code = normalizeCode('icd10cm', text);
  return code !== undefined && /\d/.test(code) ? code : undefined;
}

/**
 * The code in the system its sender names, else in the other one when it can only be of that: the
 * systems are mixed up often, and the code says more than its label. Undefined when it is no code.
 */
export function readDiagnosisCode(
  system: Diagnosis['system'],
  text: string,
): DiagnosisCode | undefined {
  const icd10 = readIcd10cm(text);
  const icd9 = normalizeIcd9(text);
  const inIcd10 = icd10 === undefined ? undefined : ({ system: 'icd10cm', code: icd10 } as const);
  const inIcd9 = icd9 === undefined ? undefined : ({ system: 'icd9cm', code: icd9 } as const);
  return system === 'icd10cm' ? (inIcd10 ?? inIcd9) : (inIcd9 ?? inIcd10);
}

/** Diagnoses with the principal ones first, and for each index before its index then. */
export function principalFirst(diagnoses: readonly Diagnosis[]): {
  readonly diagnoses: readonly Diagnosis[];
  readonly moved: readonly number[];
} {
  if (!diagnoses.some(({ role }, at) => at > 0 && role === 'principal')) {
    return { diagnoses, moved: [...diagnoses.keys()] };
  }
  const rank = (at: number): number => Number(diagnoses[at]?.role !== 'principal');
  const order = [...diagnoses.keys()].sort((a, b) => rank(a) - rank(b) || a - b);
  const moved: number[] = [];
  for (const [to, from] of order.entries()) moved[from] = to;
  return { diagnoses: order.flatMap((from) => diagnoses[from] ?? []), moved };
}

/** The HCPCS Level II codes among procedures, each once. CPT codes are none: no release of ours knows them. */
export function hcpcsOf(procedures: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(procedures.flatMap((text = '') => normalizeCode('hcpcs', text) ?? []))];
}

/** Every ICD-10 code of diagnoses and ICD-10-PCS `procedures`, and HCPCS Level II code of `lines`, each once. */
export function codesOf(
  diagnoses: readonly Diagnosis[],
  procedures: readonly string[],
  lines: readonly Pick<ClaimLine, 'procedure'>[],
): readonly CodeUse[] {
  const current = diagnoses.filter(({ system }) => system === 'icd10cm').map(({ code }) => code);
  return [
    ...[...new Set(current)].map((code) => ({ system: 'icd10cm', code }) as const),
    ...[...new Set(procedures)].map((code) => ({ system: 'icd10pcs', code }) as const),
    ...hcpcsOf(lines.map(({ procedure }) => procedure)).map(
      (code) => ({ system: 'hcpcs', code }) as const,
    ),
  ];
}
