// The code systems Codewatch keeps: their ids, when they begin, and how their codes are written.
import { type CalendarDate, calendarDate } from './calendar-date.ts';

/** Ids as in every route, key and release id. */
export type CodeSystemId = 'icd10cm' | 'icd10pcs' | 'hcpcs';

/** The ICD-10 systems: diagnoses and inpatient procedures. */
export type Icd10Id = Exclude<CodeSystemId, 'hcpcs'>;

/** What is fixed about a code system. */
export type CodeSystem = {
  readonly id: CodeSystemId;
  readonly title: string;
  /** FHIR system URI (terminology.hl7.org). */
  readonly uri: string;
  /** First date of service for which HIPAA requires its codes (45 CFR 162.1002(b)(3) and (c)). */
  readonly begins: CalendarDate;
  /** A code in normal form: upper case, no dot. */
  readonly codeShape: RegExp;
};

/** Every code system by id. */
export const codeSystems: Readonly<Record<CodeSystemId, CodeSystem>> = {
  icd10cm: {
    id: 'icd10cm',
    title: 'ICD-10-CM',
    uri: 'http://hl7.org/fhir/sid/icd-10-cm',
    begins: calendarDate('2015-10-01'),
    codeShape: /^[A-Z][0-9A-Z]{2,6}$/,
  },
  icd10pcs: {
    id: 'icd10pcs',
    title: 'ICD-10-PCS',
    uri: 'http://www.cms.gov/Medicare/Coding/ICD10',
    begins: calendarDate('2015-10-01'),
    codeShape: /^[0-9A-HJ-NP-Z]{3}(?:[0-9A-HJ-NP-Z]{4})?$/,
  },
  hcpcs: {
    id: 'hcpcs',
    title: 'HCPCS Level II',
    uri: 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
    begins: calendarDate('2003-10-16'),
    codeShape: /^[A-V][0-9]{4}$/,
  },
};

/** Ids in the order everything lists them. */
export const codeSystemIds: readonly CodeSystemId[] = ['icd10cm', 'icd10pcs', 'hcpcs'];

/** True of the ICD-10 systems: they have headers above the codes, and their years begin on 1 October. */
export const isIcd10 = (system: CodeSystemId): system is Icd10Id => system !== 'hcpcs';

/** True for an id of {@link codeSystems}. */
export function isCodeSystemId(text: string): text is CodeSystemId {
  return Object.hasOwn(codeSystems, text);
}

/** The code in normal form (upper case, no dot, no blanks around), or undefined when it cannot be one. */
export function normalizeCode(system: CodeSystemId, text: string): string | undefined {
  let code = text.trim().toUpperCase();
  if (system === 'icd10cm' && code.length > 3 && code[3] === '.') {
    code = code.slice(0, 3) + code.slice(4);
  }
  return codeSystems[system].codeShape.test(code) ? code : undefined;
}

/** The code as officially written: ICD-10-CM has a dot after the third character, the others none. */
export function formatCode(system: CodeSystemId, code: string): string {
  return system === 'icd10cm' && code.length > 3 ? `${code.slice(0, 3)}.${code.slice(3)}` : code;
}
