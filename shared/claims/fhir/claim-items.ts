// The service lines of a Claim or ExplanationOfBenefit: `item`, with its amounts, and the claim's own total.
import type { ClaimLine } from '../../core/artifact.ts';
import { addLine, addProcedure, type ClaimParts, warnAt } from '../claim-parts.ts';
import { readAmount, readModifiers, readProcedure } from '../written-values.ts';
import type { SentDiagnosis } from './claim-diagnoses.ts';
import { dayOf, isUnread, lastDayOf } from './claim-setting.ts';
import { anyCodesOf, codesOfConcept } from './code-systems.ts';
import { type JsonObject, numbersAt, objectAt, objectsAt, textAt } from './json-access.ts';

/** The cents of a Money in dollars, told when it is none. */
export function readMoney(
  parts: ClaimParts,
  where: string,
  money: JsonObject | undefined,
): number | undefined {
  const value = money?.value;
  if (value === undefined || value === null) return undefined;
  const isDollars = (textAt(money, 'currency') ?? 'USD') === 'USD';
  const isAmount = typeof value === 'number' || typeof value === 'string';
  const cents = isDollars && isAmount ? readAmount(String(value)) : undefined;
  if (cents === undefined) {
    warnAt(parts.warnings, where, 'amount-invalid', 'no amount in dollars from 0 up; left out');
  }
  return cents;
}

/** The Money of the `submitted` category in a list of totals or adjudications. */
export function submittedOf(list: JsonObject, name: string): JsonObject | undefined {
  const found = objectsAt(list, name).find(({ value }) =>
    anyCodesOf(objectAt(value, 'category')).includes('submitted'),
  );
  return objectAt(found?.value, 'amount');
}

function procedureOf(parts: ClaimParts, where: string, item: JsonObject): string | undefined {
  const codes = codesOfConcept(objectAt(item, 'productOrService'));
  const coded = codes.find(({ kind }) => kind === 'procedure');
  if (!coded) return undefined;
  const procedure = readProcedure(coded.code);
  if (procedure === undefined) {
    warnAt(parts.warnings, where, 'code-malformed', 'cannot be a procedure code; left out');
  }
  return procedure;
}

function modifiersOf(item: JsonObject): readonly string[] {
  return readModifiers(
    objectsAt(item, 'modifier').flatMap(({ value }) =>
      codesOfConcept(value).flatMap(({ kind, code }) => (kind === 'procedure' ? code : [])),
    ),
  );
}

/** Sequences as places among the diagnoses sent; one that was never sent points past them all. */
function pointersOf(item: JsonObject, diagnoses: readonly SentDiagnosis[]): readonly number[] {
  return numbersAt(item, 'diagnosisSequence').map((sequence) => {
    const at = diagnoses.findIndex((one) => one.sequence === sequence);
    return (at < 0 ? diagnoses.length : at) + 1;
  });
}

function takeItem(
  parts: ClaimParts,
  where: string,
  item: JsonObject,
  diagnoses: readonly SentDiagnosis[],
): void {
  const procedure = procedureOf(parts, `${where}.productOrService`, item);
  const modifiers = modifiersOf(item);
  const period = objectAt(item, 'servicedPeriod');
  const date = dayOf(textAt(item, 'servicedDate')) ?? lastDayOf(period);
  if (isUnread(item.servicedDate ?? period, date)) {
    warnAt(parts.warnings, `${where}.serviced`, 'date-invalid', 'no day; left out');
  }
  const submitted = submittedOf(item, 'adjudication');
  const cents = readMoney(parts, where, submitted ?? objectAt(item, 'net'));
  const pointers = pointersOf(item, diagnoses);
  const line: ClaimLine = {
    ...(procedure !== undefined && { procedure }),
    ...(modifiers.length > 0 && { modifiers }),
    ...(date !== undefined && { dateOfService: date }),
    ...(cents !== undefined && { billedCents: cents }),
    ...(pointers.length > 0 && { pointers }),
  };
  if (Object.keys(line).length > 0) addLine(parts, where, line);
}

/** Takes the lines; what is below them (`detail`) repeats them in parts and is passed over. */
export function takeItems(
  parts: ClaimParts,
  resource: JsonObject,
  prefix: string,
  diagnoses: readonly SentDiagnosis[],
): void {
  for (const { at, value } of objectsAt(resource, 'item')) {
    takeItem(parts, `${prefix}item[${at}]`, value, diagnoses);
  }
}

/** Takes the ICD-10-PCS procedures of the claim; of ICD-9-CM none are kept. */
export function takeProcedures(parts: ClaimParts, resource: JsonObject, prefix: string): void {
  for (const { at, value } of objectsAt(resource, 'procedure')) {
    const where = `${prefix}procedure[${at}]`;
    const codes = codesOfConcept(objectAt(value, 'procedureCodeableConcept'));
    const pcs = codes.find(({ kind }) => kind === 'icd10pcs');
    if (pcs) addProcedure(parts, where, pcs.code);
    else if (codes.some(({ kind }) => kind === 'icd9-procedure')) {
      const message = 'ICD-9-CM procedure codes are not kept; left out';
      warnAt(parts.warnings, where, 'unsupported', message);
    }
  }
}
