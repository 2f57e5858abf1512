// What is wrong with a field of a JSON value, in our own words: zod finds the faults, and whoever sent the value reads them.
import type * as z from 'zod';

type Issue = z.core.$ZodRawIssue;
type Limit = z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig>;

/** Longest name of an unknown field that is repeated, and how many are. */
const nameLengthMax = 40;
const namesMax = 5;

/** Types of JSON as people call them. */
const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** The fields an object may have; empty where that is not known. */
function fieldsOf({ inst }: Issue): readonly string[] {
  const definition = inst?._zod.def;
  const isObject = definition && 'shape' in definition && typeof definition.shape === 'object';
  return isObject && definition.shape ? Object.keys(definition.shape) : [];
}

function unknownFields(issue: Issue, keys: readonly string[]): string {
  const named = keys.slice(0, namesMax).map((key) => key.slice(0, nameLengthMax));
  const more = keys.length > named.length ? ` and ${keys.length - named.length} more` : '';
  const fields = fieldsOf(issue);
  const known = fields.length === 0 ? '' : `; its fields are ${fields.join(', ')}`;
  return `has no field ${named.join(', ')}${more}${known}`;
}

/** Of a text its characters are counted, of a list its entries; of a number it is the number itself. */
const units: Readonly<Record<string, string>> = { string: 'characters', array: 'entries' };

function beyondLimit(issue: Limit): string {
  const unit = units[issue.origin];
  if (issue.code === 'too_small') {
    if (unit === undefined) {
      return `${issue.inclusive ? 'less' : 'not more'} than ${issue.minimum}`;
    }
    return Number(issue.minimum) === 1 ? 'empty' : `under ${issue.minimum} ${unit}`;
  }
  if (unit !== undefined) return `over ${issue.maximum} ${unit}`;
  return `${issue.inclusive ? 'more' : 'not less'} than ${issue.maximum}`;
}

/** The fault of the one kind a value is of, where it can be of several. */
function nearestFault(branches: readonly (readonly z.core.$ZodIssue[])[]): string {
  const isOther = ({ path, code }: z.core.$ZodIssue) =>
    path.length === 0 && code === 'invalid_type';
  const nearest = branches.find((issues) => !issues.some(isOther)) ?? [];
  // The name of an unknown field may be somebody's data: that is for an issue of its own, which callers can tell apart.
  const fault = nearest.find(({ code }) => code !== 'unrecognized_keys');
  return fault
    ? [...fault.path.map(String), fault.message].join(': ')
    : 'of a kind that is not taken here';
}

/**
 * Words an issue; given to `safeParse` as `error`. It completes the field's name and a colon: `missing`, `not a text`,
 * `over 64 characters`. What a schema says itself goes before it. Values are never repeated, names of unknown fields are.
 */
export const fieldWording = (issue: Issue): string | undefined => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'missing';
      return `not ${typeNames[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      if (issue.input === undefined) return 'missing';
      return `none of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      if (issue.input === undefined) return 'missing';
      if (Array.isArray(issue.options)) return `none of ${issue.options.join(', ')}`;
      return nearestFault(issue.errors);
    case 'unrecognized_keys':
      return unknownFields(issue, issue.keys);
    case 'too_small':
    case 'too_big':
      return beyondLimit(issue);
    case 'not_multiple_of':
      return `not a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return 'not written as it has to be';
    case 'invalid_key':
      return `its name is wrong: ${issue.issues[0]?.message}`;
    default:
      return undefined;
  }
};
