import { describe, expect, test } from 'vitest';
import { compareAnswer } from './compare.ts';
import type { ExpectedResponse } from './suite.ts';

const result = (value: boolean) => ({ name: 'result', valueBoolean: value });
const match = (code: string) => ({
  name: 'match',
  part: [{ name: 'concept', valueCoding: { code } }],
});
const parameters = (...parameter: object[]) => ({ resourceType: 'Parameters', parameter });
const expects = (body: object, more: Partial<ExpectedResponse> = {}): ExpectedResponse => ({
  status: 200,
  body: { ...body },
  ...more,
});
const differs = (expected: ExpectedResponse, body: unknown, status = 200) =>
  compareAnswer(expected, { status, body });

describe('test/conformance/fhir-date/compare.ts', () => {
  test('an answer that is what was expected has no differences', () => {
    const body = parameters(result(true), { name: 'display', valueString: 'Low back pain' });
    expect(differs(expects(body), body)).toEqual([]);
  });

  test('an answer may hold more, in any order', () => {
    const found = { ...parameters({ name: 'code', valueCode: 'M54.5' }, result(true)), id: 'x' };
    expect(differs(expects(parameters(result(true))), found)).toEqual([]);
  });

  test('another value is a difference that says where', () => {
    expect(differs(expects(parameters(result(true))), parameters(result(false)))).toEqual([
      'body.parameter[result].valueBoolean: expected true, found false',
    ]);
  });

  test('a text that only looks like the value is a difference', () => {
    const found = parameters({ name: 'result', valueBoolean: 'true' });
    expect(differs(expects(parameters(result(true))), found)).toHaveLength(1);
    const zero = expects({ expansion: { total: 0 } });
    expect(differs(zero, { expansion: {} })).toEqual([
      'body.expansion.total: expected 0, found nothing',
    ]);
    expect(differs(zero, { expansion: { total: null } })).toHaveLength(1);
  });

  test('another status is a difference, and so is another class of it', () => {
    const body = { resourceType: 'OperationOutcome' };
    expect(differs(expects(body), body, 404)).toEqual(['status: expected 200, found 404']);
    expect(differs(expects(body, { status: '4xx' }), body, 422)).toEqual([]);
    expect(differs(expects(body, { status: '4xx' }), body, 500)).toHaveLength(1);
    expect(differs(expects(body, { status: '4xx' }), body, 200)).toHaveLength(1);
  });

  test('one element cannot stand for two', () => {
    const two = expects(parameters(match('$any$'), match('$any$')));
    expect(differs(two, parameters(match('M54.50')))).toHaveLength(1);
    expect(differs(two, parameters(match('M54.50'), match('M54.51')))).toEqual([]);
  });

  test('a loose expectation does not take the element an exact one needs', () => {
    const expected = expects(parameters(match('$any$'), match('M54.50')));
    expect(differs(expected, parameters(match('M54.50'), match('M54.51')))).toEqual([]);
    expect(differs(expected, parameters(match('M54.51'), match('M54.50')))).toEqual([]);
  });

  test('what is counted exactly may be neither more nor less', () => {
    const expected = expects(parameters(match('M54.50')), { exactly: ['match'] });
    expect(differs(expected, parameters(match('M54.50')))).toEqual([]);
    expect(differs(expected, parameters(match('M54.50'), match('M54.51')))).toEqual([
      'body match: expected exactly 1, found 2',
    ]);
    const none = expects(parameters(result(false)), { exactly: ['match'] });
    expect(differs(none, parameters(result(false), match('M54.50')))).toHaveLength(1);
  });

  test('contains is counted exactly where asked', () => {
    const contains = [{ code: 'M54.5' }];
    const expected = expects({ expansion: { contains } }, { exactly: ['contains'] });
    expect(differs(expected, { expansion: { contains } })).toEqual([]);
    const more = [...contains, { code: 'M54.50' }];
    expect(differs(expected, { expansion: { contains: more } })).toHaveLength(1);
  });

  test('what must be absent is a difference when there', () => {
    const expected = expects(parameters(result(true)), { absent: ['property'] });
    expect(differs(expected, parameters(result(true)))).toEqual([]);
    expect(differs(expected, parameters(result(true), { name: 'property' }))).toHaveLength(1);
  });

  test('patterns: anything there, a text that contains all of them, one of several', () => {
    const message = (valueString: string) => parameters({ name: 'message', valueString });
    expect(differs(expects(message('$any$')), message('x'))).toEqual([]);
    expect(differs(expects(message('$any$')), parameters({ name: 'message' }))).toHaveLength(1);
    const named = expects(message('$contains:m54.50$'));
    expect(differs(named, message('use M54.50'))).toEqual([]);
    expect(differs(named, message('use M54.51'))).toHaveLength(1);
    const all = expects(message('$contains:M54.50|M54.51$'));
    expect(differs(all, message('M54.51 or M54.50'))).toEqual([]);
    expect(differs(all, message('M54.50'))).toHaveLength(1);
    const either = expects(message('$one-of:a|b$'));
    expect(differs(either, message('b'))).toEqual([]);
    expect(differs(either, message('c'))).toHaveLength(1);
  });

  test('a pattern nobody knows is a fault of the case, not of the answer', () => {
    expect(() => differs(expects({ a: '$what$' }), { a: 'x' })).toThrow('not a pattern');
  });

  test('an answer that is no object or no list is a difference', () => {
    expect(differs(expects(parameters(result(true))), 'gateway timeout')).toHaveLength(1);
    expect(differs(expects(parameters(result(true))), { parameter: {} })).toHaveLength(2);
  });
});
