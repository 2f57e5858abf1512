// Conditions a file holds, by reference: the diagnosis of a claim may stand in one of them. Only their codes are kept, and
// only until the Bundle or file ends.
import { codesOfConcept, type KindOfCode } from './code-systems.ts';
import { type JsonObject, objectAt, objectsAt, textAt } from './json-access.ts';

/** Codes of Conditions by `Condition/<id>` or full URL. */
export type Conditions = Map<string, readonly KindOfCode[]>;

const conditionsMax = 100_000;

/** A reference without server and version: `Condition/7`, `urn:uuid:…`. */
function keyOf(reference: string): string {
  const plain = reference.replace(/\/_history\/[^/]*$/, '');
  return /(?:^|\/)(Condition\/[^/]+)$/.exec(plain)?.[1] ?? plain;
}

/** Remembers a Condition under its id and the full URL of its entry; past 100,000 none is. */
export function rememberCondition(
  conditions: Conditions,
  condition: JsonObject,
  fullUrl: string | undefined,
): void {
  const id = textAt(condition, 'id');
  const codes = codesOfConcept(objectAt(condition, 'code'));
  const keys = [...(id === undefined ? [] : [`Condition/${id}`]), ...(fullUrl ? [fullUrl] : [])];
  for (const key of keys) {
    if (conditions.size < conditionsMax) conditions.set(keyOf(key), codes);
  }
}

/** The codes of the Condition of a reference; undefined when the file has not held it. */
export const findCondition = (
  conditions: Conditions,
  reference: string,
): readonly KindOfCode[] | undefined => conditions.get(keyOf(reference));

/** The Conditions a resource contains, by `#<id>`. */
export function containedConditions(resource: JsonObject): Conditions {
  const found: Conditions = new Map();
  for (const { value } of objectsAt(resource, 'contained')) {
    const id = textAt(value, 'id');
    if (value.resourceType !== 'Condition' || id === undefined) continue;
    found.set(`#${id.replace(/^#/, '')}`, codesOfConcept(objectAt(value, 'code')));
  }
  return found;
}
