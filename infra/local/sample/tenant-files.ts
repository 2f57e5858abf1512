// Writes what the sample clinic stores, as `codewatch intake` reads it.
import { calendarDate } from '../../../shared/core/calendar-date.ts';
import { specCells } from './code-history.ts';
import type { SampleTemplate } from './spec/templates.ts';

type CodeText = { readonly system: 'icd10cm' | 'icd10pcs'; readonly code: string };

const codesOf = (diagnoses: string, procedures = ''): CodeText[] => {
  const of = (system: CodeText['system'], codes: string): CodeText[] =>
    codes
      .split(' ')
      .filter((code) => code !== '')
      .map((code) => ({ system, code }));
  return [...of('icd10cm', diagnoses), ...of('icd10pcs', procedures)];
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** `templates.json`: an array of templates. */
export function templatesJson(templates: readonly SampleTemplate[]): string {
  return json(
    templates.map(({ diagnoses, procedures, ...head }) => ({
      type: 'template',
      ...head,
      codes: codesOf(diagnoses, procedures),
    })),
  );
}

/** `claims.json`: an array of claims, numbered by year in the order of the specification. */
export function claimsJson(spec: string): string {
  const perYear = new Map<string, number>();
  const claims = specCells(spec).map(([date = '', discharged, payer, billed, codes = '', own]) => {
    const year = date.slice(0, 4);
    const number = (perYear.get(year) ?? 0) + 1;
    perYear.set(year, number);
    return {
      type: 'claim',
      id: `sample-${year}-${String(number).padStart(3, '0')}`,
      kind: discharged ? 'institutional' : 'professional',
      codes: codesOf(codes, own),
      dateOfService: calendarDate(date),
      ...(discharged ? { dischargeDate: calendarDate(discharged) } : {}),
      payer,
      billed: Number(billed),
    };
  });
  return json(claims);
}
