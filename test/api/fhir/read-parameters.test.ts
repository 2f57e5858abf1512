import { describe, expect, it } from 'vitest';
import {
  booleanType,
  codeType,
  codingType,
  countType,
  dateType,
  englishType,
  valueSetType,
} from '../../../functions/api/fhir/parameter-types.ts';
import {
  givenInBody,
  givenInQuery,
  many,
  one,
  readParameters,
  refused,
} from '../../../functions/api/fhir/read-parameters.ts';

const known = {
  code: one(codeType, 'a code'),
  property: many(codeType, 'properties'),
  date: one(dateType, 'a day'),
  abstract: one(booleanType, 'a boolean'),
  count: one(countType, 'a number'),
  coding: one(codingType, 'a coding'),
  displayLanguage: one(englishType, 'a language'),
  valueSet: one(valueSetType, 'a value set'),
  useSupplement: refused('there are none'),
};

const query = (text: string) =>
  readParameters('X/$y', known, givenInQuery(new URLSearchParams(text)));
const body = (...parameter: readonly object[]) =>
  readParameters('X/$y', known, givenInBody({ resourceType: 'Parameters', parameter }, known));

describe('functions/api/fhir/read-parameters.ts', () => {
  it('reads a query and a Parameters resource alike', () => {
    const values = {
      code: 'M54.5',
      date: '2021-10-01',
      abstract: true,
      count: 5,
      property: ['a', 'b'],
    };
    const text = 'code=M54.5&date=2021-10-01&abstract=true&count=5&property=a&property=b';
    expect(query(text)).toEqual(values);
    expect(
      body(
        { name: 'code', valueCode: 'M54.5' },
        { name: 'date', valueDateTime: '2021-10-01' },
        { name: 'abstract', valueBoolean: true },
        { name: 'count', valueInteger: 5 },
        { name: 'property', valueCode: 'a' },
        { name: 'property', valueString: 'b' },
      ),
    ).toEqual(values);
  });

  it('leaves parameters about the form of the answer to others', () => {
    expect(query('_format=json&_pretty=true&code=A')).toEqual({ code: 'A' });
  });

  it.each([
    ['kode=A', 'kode: not a parameter of X/$y; it takes code, property,'],
    ['__proto__=A', '__proto__: not a parameter of X/$y'],
    ['code=A&code=A', 'code: given more than once'],
    ['code=', 'code: "" is not a code of 1 to 64 characters'],
    [`code=${'A'.repeat(65)}`, 'is not a code of 1 to 64 characters'],
    ['date=2021-02-29', 'date: "2021-02-29" is not a day'],
    ['date=2021', 'date: "2021" is not a day'],
    ['date=2021-10', 'date: "2021-10" is not a day'],
    ['date=2021-10-01T10:00:00', 'date: "2021-10-01T10:00:00" is not a day'],
    ['abstract=TRUE', 'abstract: "TRUE" is not true or false'],
    ['count=-1', 'count: "-1" is not a whole number from 0'],
    ['count=1e3', 'count: "1e3" is not a whole number'],
    ['count=9999999999', 'count: "9999999999" is not a whole number'],
    ['displayLanguage=de', 'displayLanguage: "de" is not a language there are titles in'],
    ['coding=x', 'coding: a Coding cannot be in a query; POST it'],
    ['useSupplement=x', 'useSupplement: not supported; there are none'],
  ])('refuses %s by name', (text, message) => {
    expect(() => query(text)).toThrow(message);
  });

  it.each([
    [{ name: 'kode', valueCode: 'A' }, 'kode: not a parameter'],
    [{ name: 'code' }, 'code: has no value'],
    [{ name: 'code', valueInteger: 5 }, 'code: valueInteger given, valueString expected'],
    [{ name: 'code', valueCode: 5 }, 'code: not a code'],
    [{ name: 'code', valueCode: 'A', valueString: 'A' }, 'code: has valueString beside valueCode'],
    [{ name: 'code', part: [] }, 'code: part given'],
    [{ name: 'count', valueInteger: 1.5 }, 'count: not a whole number'],
    [{ name: 'coding', valueCoding: { code: 'A', kode: 'B' } }, 'coding: not a Coding'],
    [
      { name: 'valueSet', resource: { resourceType: 'Bundle' } },
      'valueSet: not a ValueSet resource',
    ],
    [{ valueCode: 'A' }, 'Parameters.parameter[0]: has no name'],
  ])('refuses %j by name', (parameter, message) => {
    expect(() => body(parameter)).toThrow(message);
  });

  it('takes the day of a dateTime as written, whatever its time zone', () => {
    expect(query('date=2021-09-30T23:30:00-05:00')).toEqual({ date: '2021-09-30' });
    expect(query('date=2021-10-01T01:30:00%2B05:00')).toEqual({ date: '2021-10-01' });
    expect(query('date=2021-10-01T01:30:00Z')).toEqual({ date: '2021-10-01' });
  });

  it('takes a language list that English is in', () => {
    expect(query('displayLanguage=de,en-US;q=0.5')).toEqual({ displayLanguage: 'de,en-US;q=0.5' });
  });

  it('takes the one resource an operation has by itself, as FHIR allows', () => {
    const resource = { resourceType: 'ValueSet', status: 'active' };
    expect(readParameters('X/$y', known, givenInBody(resource, known))).toEqual({
      valueSet: resource,
    });
  });

  it.each([
    [[], 'body: not a FHIR resource'],
    [null, 'body: not a FHIR resource'],
    [{ resourceType: 'Bundle' }, 'body: resourceType is not Parameters'],
    [{ resourceType: 'Parameters', parameter: {} }, 'Parameters.parameter: not a list'],
    [{ resourceType: 'Parameters', parameter: [null] }, 'Parameters.parameter[0]: has no name'],
  ])('refuses the body %j', (given, message) => {
    expect(() => givenInBody(given, known)).toThrow(message);
  });

  it('refuses more parameters than anyone needs', () => {
    expect(() => query('property=a&'.repeat(201))).toThrow('over 200 parameters');
  });
});
