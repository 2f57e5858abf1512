// The types FHIR operation parameters have here: how each is read from a query and from a Parameters resource.
import type { ValueSet } from 'fhir/r4.js';
import * as z from 'zod';
import { type CalendarDate, parseCalendarDate } from '../../../shared/core/calendar-date.ts';

/** How values of one FHIR type are read; `expected` completes "… is not". */
export type ParameterType<T> = {
  /** As in an OperationDefinition. */
  readonly fhir: string;
  readonly expected: string;
  /** The `value[x]` it may come in; of a resource `resource`. */
  readonly members: readonly string[];
  /** Absent when a query cannot hold it: complex types and resources. */
  readonly fromText?: (text: string) => T | undefined;
  readonly fromJson: (value: unknown) => T | undefined;
};

/** A coding as given. */
export type GivenCoding = {
  readonly system?: string | undefined;
  readonly version?: string | undefined;
  readonly code?: string | undefined;
  readonly display?: string | undefined;
};

/** Clients put text into whichever of these they hold it in; the parameter's name says what it is. */
const textMembers = ['String', 'Code', 'Uri', 'Url', 'Canonical', 'Id'].map((x) => `value${x}`);

function textType(fhir: string, lengthMax: number): ParameterType<string> {
  const fromText = (text: string): string | undefined =>
    text.trim() !== '' && text.length <= lengthMax ? text : undefined;
  return {
    fhir,
    expected: `a ${fhir} of 1 to ${lengthMax} characters`,
    members: textMembers,
    fromText,
    fromJson: (value) => (typeof value === 'string' ? fromText(value) : undefined),
  };
}

/** A code, as written by the caller. */
export const codeType = textType('code', 64);
/** A canonical URL, with `|version` where it makes sense. */
export const uriType = textType('uri', 500);
/** A text. */
export const stringType = textType('string', 500);

/** `true` or `false`. */
export const booleanType: ParameterType<boolean> = {
  fhir: 'boolean',
  expected: 'true or false',
  members: ['valueBoolean'],
  fromText: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  fromJson: (value) => (typeof value === 'boolean' ? value : undefined),
};

/** One of a fixed set of words. */
export function wordType<T extends string>(words: readonly T[]): ParameterType<T> {
  const find = (value: unknown): T | undefined => words.find((word) => word === value);
  return {
    fhir: 'code',
    expected: `one of ${words.join(', ')}`,
    members: textMembers,
    fromText: find,
    fromJson: find,
  };
}

const integerMax = 2_147_483_647;
const whole = (value: number): number | undefined =>
  Number.isInteger(value) && value >= 0 && value <= integerMax ? value : undefined;

/** A number of things: never negative. */
export const countType: ParameterType<number> = {
  fhir: 'integer',
  expected: `a whole number from 0 to ${integerMax}`,
  members: ['valueInteger', 'valueUnsignedInt', 'valuePositiveInt'],
  fromText: (text) => (/^\d{1,10}$/.test(text) ? whole(Number(text)) : undefined),
  fromJson: (value) => (typeof value === 'number' ? whole(value) : undefined),
};

const timeShape = /^T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** The day of a FHIR date or dateTime, as the caller wrote it: a date of service has no time zone. */
function dayOf(text: string): CalendarDate | undefined {
  const day = parseCalendarDate(text.slice(0, 10));
  const time = text.slice(10).replace(' ', '+');
  return day && (time === '' || timeShape.test(time)) ? day : undefined;
}

/** A day. A mere month or year names no day of service and is refused. */
export const dateType: ParameterType<CalendarDate> = {
  fhir: 'dateTime',
  expected: 'a day (YYYY-MM-DD), or a dateTime with time zone, of which the day counts',
  members: ['valueDateTime', 'valueDate', 'valueInstant', 'valueString'],
  fromText: dayOf,
  fromJson: (value) => (typeof value === 'string' ? dayOf(value) : undefined),
};

/** A BCP 47 list that takes English: titles are published in no other language. */
export const englishType: ParameterType<string> = {
  fhir: 'code',
  expected: 'a language there are titles in: they are in English only (en)',
  members: textMembers,
  fromText: (text) => (takesEnglish(text) ? text : undefined),
  fromJson: (value) => (typeof value === 'string' && takesEnglish(value) ? value : undefined),
};

const takesEnglish = (text: string): boolean =>
  text.length <= 200 &&
  text
    .split(',')
    .some((one) => /^(?:en(?:-[A-Za-z0-9-]+)?|\*)$/i.test(one.split(';')[0]?.trim() ?? ''));

const text = z.string().min(1).max(500);
const codingSchema = z.strictObject({
  id: z.string().optional(),
  extension: z.array(z.unknown()).optional(),
  system: text.optional(),
  version: text.optional(),
  code: z.string().min(1).max(64).optional(),
  display: text.optional(),
  userSelected: z.boolean().optional(),
});
const conceptSchema = z.strictObject({
  id: z.string().optional(),
  extension: z.array(z.unknown()).optional(),
  coding: z.array(codingSchema).min(1).max(50),
  text: z.string().max(2000).optional(),
});

/** A Coding. */
export const codingType: ParameterType<GivenCoding> = {
  fhir: 'Coding',
  expected: 'a Coding (system, version, code, display, userSelected)',
  members: ['valueCoding'],
  fromJson: (value) => codingSchema.safeParse(value).data,
};

/** The codings of a CodeableConcept, at least one. */
export const codeableConceptType: ParameterType<readonly GivenCoding[]> = {
  fhir: 'CodeableConcept',
  expected: 'a CodeableConcept with 1 to 50 codings',
  members: ['valueCodeableConcept'],
  fromJson: (value) => conceptSchema.safeParse(value).data?.coding,
};

const isValueSet = (value: unknown): value is ValueSet =>
  typeof value === 'object' &&
  value !== null &&
  'resourceType' in value &&
  value.resourceType === 'ValueSet';

/** A ValueSet resource; what is in it is looked at where it is used. */
export const valueSetType: ParameterType<ValueSet> = {
  fhir: 'ValueSet',
  expected: 'a ValueSet resource',
  members: ['resource'],
  fromJson: (value) => (isValueSet(value) ? value : undefined),
};
