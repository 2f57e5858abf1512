// Compares an answer with one of the HL7 terminology ecosystem by their rules (their tests/readme.md): order never counts,
// `$…$` words stand for types, `$optional$` elements may be missing. What an answer has beyond theirs is told apart.

/** `wrong`: missing or another value. `additional`: there, though theirs has nothing of the kind. */
export type ShapeDifferences = {
  readonly wrong: readonly string[];
  readonly additional: readonly string[];
};

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const same: ShapeDifferences = { wrong: [], additional: [] };

const patterns: Readonly<Record<string, RegExp>> = {
  $id$: /^[A-Za-z0-9.-]{1,64}$/,
  $uuid$: /^(?:urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  $instant$: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/,
  $string$: /^[\s\S]+$/,
};

/**
 * Whether `$optional$` lets an element be missing. Theirs is a condition: of their own server (`!tx.fhir.org`), a warning
 * (`warning:version`), or a FHIR version in which it may be missing; this server is R4.
 */
export const isOptional = (condition: unknown): boolean =>
  condition !== undefined && condition !== false && condition !== 'version:5';

/** The differences of an answer. */
export function compareShape(expected: unknown, found: unknown, where = ''): ShapeDifferences {
  if (Array.isArray(expected)) return compareArrays(expected, found, where);
  if (isObject(expected)) return compareObjects(expected, found, where);
  const pattern = typeof expected === 'string' ? patternOf(expected) : undefined;
  const right = pattern
    ? typeof found === 'string' && pattern.test(found)
    : Object.is(expected, found);
  if (right) return same;
  const text = `${where}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`;
  return { wrong: [text], additional: [] };
}

/** `$external:…$` is a message each server words its own way. */
const patternOf = (text: string): RegExp | undefined =>
  text.startsWith('$external:') ? patterns.$string$ : patterns[text];

function compareObjects(expected: Json, found: unknown, where: string): ShapeDifferences {
  if (!isObject(found)) return { wrong: [`${where}: expected an object`], additional: [] };
  const named = expected['$optional-properties$'];
  const optional: readonly unknown[] = Array.isArray(named) ? named : [];
  const names = Object.keys(expected).filter((name) => !name.startsWith('$'));
  const parts = names
    .filter((name) => found[name] !== undefined || !optional.includes(name))
    .map((name) => compareShape(expected[name], found[name], `${where}.${name}`));
  const additional = Object.keys(found)
    .filter((name) => !names.includes(name) && !optional.includes(name))
    .map((name) => `${where}.${name}`);
  return joined([...parts, { wrong: [], additional }]);
}

function compareArrays(
  expected: readonly unknown[],
  given: unknown,
  where: string,
): ShapeDifferences {
  const found: readonly unknown[] = Array.isArray(given) ? given : [];
  const free = new Set(found.keys());
  const parts: ShapeDifferences[] = [];
  // What must be there chooses first, so that an optional element never takes its place.
  const must = expected.filter((element) => !isMissable(element));
  for (const element of [...must, ...expected.filter(isMissable)]) {
    const name = `${where}[${labelOf(element)}]`;
    const tries = [...free].map((at) => ({ at, result: compareShape(element, found[at], name) }));
    const right = tries.find(({ result }) => result.wrong.length === 0);
    if (right) {
      free.delete(right.at);
      parts.push(right.result);
    } else if (!isMissable(element)) {
      parts.push({ wrong: nearest(element, tries, found, name), additional: [] });
    }
  }
  const additional = [...free].map((at) => `${where}[${labelOf(found[at])}]`);
  return joined([...parts, { wrong: [], additional }]);
}

const isMissable = (element: unknown): boolean =>
  isObject(element) && isOptional(element.$optional$);

/** Why nothing matched: what is wrong with the one that has the same label and the least wrong. */
function nearest(
  element: unknown,
  tries: readonly { readonly at: number; readonly result: ShapeDifferences }[],
  found: readonly unknown[],
  name: string,
): readonly string[] {
  const alike = tries
    .filter(({ at }) => labelOf(found[at]) === labelOf(element))
    .sort((a, b) => a.result.wrong.length - b.result.wrong.length);
  return alike[0]?.result.wrong ?? [`${name}: missing`];
}

/** What an element is called: parameter or property by name, concept by code, issue by its tx-issue-type. */
function labelOf(element: unknown): string {
  if (!isObject(element)) return typeof element === 'string' ? element : '';
  const { name, code, part, details } = element;
  if (name === 'property' && Array.isArray(part) && isObject(part[0])) {
    return `property ${String(part[0].valueCode)}`;
  }
  if (typeof name === 'string') return name;
  const coding = isObject(details) && Array.isArray(details.coding) ? details.coding : [];
  const [tx] = coding.filter(isObject);
  if (tx) return String(tx.code);
  return typeof code === 'string' ? code : '';
}

const joined = (parts: readonly ShapeDifferences[]): ShapeDifferences => ({
  wrong: parts.flatMap(({ wrong }) => wrong),
  additional: parts.flatMap(({ additional }) => additional),
});
