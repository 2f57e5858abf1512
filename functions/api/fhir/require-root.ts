// A value set "this code and all under it" exists only on dates on which the code is listed.
import type { CalendarDate } from '../../../shared/core/calendar-date.ts';
import { lookUpCode } from '../../../shared/operations/look-up-code.ts';
import { statusIssue } from '../../../shared/operations/validate-code.ts';
import { type FhirContext, operationPorts } from './fhir-context.ts';
import { notFound } from './fhir-error.ts';
import type { Include } from './value-set-include.ts';

/** Throws 404 when the include's `is-a` code is not listed on the date. */
export async function requireRoot(
  context: FhirContext,
  { system, isa }: Pick<Include, 'system' | 'isa'>,
  date: CalendarDate,
): Promise<void> {
  if (isa === undefined) return;
  const { codeTable, clock } = operationPorts(context);
  const lookup = await lookUpCode({ codeTable, clock }, { system, code: isa, date });
  const issue = statusIssue(lookup, true);
  if (issue) throw notFound(`there is no value set of codes under ${isa}: ${issue.message}`);
}
