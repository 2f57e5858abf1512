// The fields of the NLM Clinical Tables face: NLM's own two, and ours about time, as display strings and as extra data.
import type { ListedCode } from '../../shared/operations/listed-code.ts';
import type { SearchField } from '../../shared/ports/catalogue.ts';
import type { Parameter } from './read-query.ts';

/** Fields NLM has for ICD-10-CM; both can be searched and be the code of an item. */
export const searchFields: readonly SearchField[] = ['code', 'name'];

/** Every field that can be shown: NLM's, and ours. */
export const shownFields = [
  'code',
  'name',
  'effectiveFrom',
  'effectiveTo',
  'billable',
  'replacedBy',
] as const;

/** A field of {@link shownFields}. */
export type ShownField = (typeof shownFields)[number];

/** A field asked for under `ef`, and the key its values get. */
export type ExtraField = { readonly field: ShownField; readonly key: string };

/** A hit; `replacedBy`: codes with the official dot that stand in for it from the day after `effectiveTo`. */
export type Hit = ListedCode & { readonly replacedBy: readonly string[] };

/** Value of a field as extra data: text, true, null where nothing is known to end, or a list of codes. */
export type FieldValue = string | boolean | null | readonly string[];

const readers: Readonly<Record<ShownField, (hit: Hit) => FieldValue>> = {
  code: (hit) => hit.code,
  name: (hit) => hit.title.long,
  effectiveFrom: (hit) => hit.effective.from,
  effectiveTo: (hit) => hit.effective.to,
  billable: (hit) => hit.billable,
  replacedBy: (hit) => hit.replacedBy,
};

/** Value of a field as extra data (third element of the answer). */
export const extraValue = (hit: Hit, field: ShownField): FieldValue => readers[field](hit);

/** Value of a field as text for people (fourth element of the answer); empty where there is none. */
export function displayValue(hit: Hit, field: ShownField): string {
  const value = extraValue(hit, field);
  if (value === null) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** Each part of a comma-separated list, or undefined when one is none of `fields` or comes twice. */
function fieldList<F extends string>(text: string, fields: readonly F[]): readonly F[] | undefined {
  const names = text.split(',').map((part) => part.trim());
  const found = names.map((name) => fields.find((field) => field === name));
  const list = found.filter((field) => field !== undefined);
  return list.length === names.length && new Set(list).size === list.length ? list : undefined;
}

/** `sf`: fields to search. */
export const searchFieldsParameter: Parameter<readonly SearchField[]> = {
  expected: `a list of fields to search (${searchFields.join(', ')})`,
  parse: (text) => fieldList(text, searchFields),
  schema: { type: 'string', default: 'code', examples: ['code,name'] },
  description: 'Fields the terms are looked for in, separated by commas: code, name.',
};

/** `df`: fields to show, in this order. */
export const displayFieldsParameter: Parameter<readonly ShownField[]> = {
  expected: `a list of fields (${shownFields.join(', ')})`,
  parse: (text) => fieldList(text, shownFields),
  schema: { type: 'string', default: 'code,name', examples: ['code,name,effectiveTo'] },
  description: `Fields shown of each item, in this order, separated by commas: ${shownFields.join(', ')}.`,
};

/** `cf`: the field that is the code of an item. */
export const codeFieldParameter: Parameter<SearchField> = {
  expected: `a field that names an item (${searchFields.join(', ')})`,
  parse: (text) => searchFields.find((field) => field === text),
  schema: { type: 'string', enum: searchFields, default: 'code', examples: ['code'] },
  description: 'The field that is the code of an item (second element of the answer).',
};

const aliasShape = /^[^,:]{1,64}$/;

/** `ef`: fields to return as extra data, each with the key it gets; none when empty. */
export const extraFieldsParameter: Parameter<readonly ExtraField[]> = {
  expected: `a list of fields (${shownFields.join(', ')}), each with or without :alias, no key twice`,
  parse(text) {
    if (text === '') return [];
    const extras: ExtraField[] = [];
    for (const part of text.split(',')) {
      const [name = '', ...aliases] = part.trim().split(':');
      const field = shownFields.find((one) => one === name);
      const key = aliases[0] ?? name;
      if (!field || aliases.length > 1 || !aliasShape.test(key)) return undefined;
      if (extras.some((extra) => extra.key === key)) return undefined;
      extras.push({ field, key });
    }
    return extras;
  },
  schema: { type: 'string', examples: ['effectiveTo:until,replacedBy'] },
  description:
    'Fields returned as extra data (third element of the answer), as field or field:alias, separated by commas: ' +
    `${shownFields.join(', ')}.`,
};
