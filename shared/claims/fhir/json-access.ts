// Reads FHIR JSON that may be damaged: whatever stands where something else should is taken as absent.

/** A JSON object. */
export type JsonObject = { readonly [name: string]: unknown };

/** True for an object that is no list. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object under a name, or undefined. */
export function objectAt(value: JsonObject | undefined, name: string): JsonObject | undefined {
  const found = value?.[name];
  return isObject(found) ? found : undefined;
}

/** The objects of the list under a name, with their places; an object alone counts as a list of one. */
export function objectsAt(
  value: JsonObject | undefined,
  name: string,
): readonly { readonly at: number; readonly value: JsonObject }[] {
  const found = value?.[name];
  const list: readonly unknown[] = Array.isArray(found) ? found : [found];
  return list.flatMap((one, at) => (isObject(one) ? [{ at, value: one }] : []));
}

/** The text under a name without blanks around, or undefined when there is none. */
export function textAt(value: JsonObject | undefined, name: string): string | undefined {
  const found = value?.[name];
  const text = typeof found === 'string' ? found.trim() : '';
  return text === '' ? undefined : text;
}

/** The positive whole numbers of the list under a name. */
export function numbersAt(value: JsonObject | undefined, name: string): readonly number[] {
  const found = value?.[name];
  const list: readonly unknown[] = Array.isArray(found) ? found : [found];
  return list.filter((one): one is number => Number.isSafeInteger(one) && Number(one) > 0);
}
