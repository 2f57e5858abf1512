// Compares an answer with what a case expects, by the rules of readme.md: a list of differences, empty when it passes.
import type { ExpectedResponse } from './suite.ts';

/** An answer as it came: HTTP status and parsed JSON body. */
export type Answer = { readonly status: number; readonly body: unknown };

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shown = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
};

/** Every way in which an answer is not what was expected; `where: expected …, found …`. */
export function compareAnswer(expected: ExpectedResponse, answer: Answer): string[] {
  return [
    ...statusDifference(expected.status, answer.status),
    ...differences(expected.body, answer.body, 'body'),
    ...(expected.exactly ?? []).flatMap((name) => surplus(name, expected.body, answer.body)),
    ...(expected.absent ?? [])
      .filter((name) => parametersNamed(name, answer.body).length > 0)
      .map((name) => `body.parameter[${name}]: expected none`),
  ];
}

function statusDifference(expected: number | '4xx', found: number): string[] {
  const right = expected === '4xx' ? found >= 400 && found < 500 : found === expected;
  return right ? [] : [`status: expected ${expected}, found ${found}`];
}

/** Differences of a value: objects and arrays may hold more than expected, everything else must be equal. */
export function differences(expected: unknown, found: unknown, where: string): string[] {
  if (Array.isArray(expected)) return arrayDifferences(expected, found, where);
  if (isObject(expected)) {
    if (!isObject(found)) return [`${where}: expected an object, found ${shown(found)}`];
    return Object.entries(expected).flatMap(([name, value]) =>
      differences(value, found[name], `${where}.${name}`),
    );
  }
  if (typeof expected === 'string' && expected.startsWith('$')) {
    return matchesPattern(expected, found)
      ? []
      : [`${where}: expected ${expected}, found ${shown(found)}`];
  }
  return Object.is(expected, found)
    ? []
    : [`${where}: expected ${shown(expected)}, found ${shown(found)}`];
}

/** `$any$`: anything there; `$contains:A|B$`: a text holding each, in any case; `$one-of:A|B$`: one of them. */
function matchesPattern(pattern: string, found: unknown): boolean {
  const match = /^\$(any|contains|one-of)(?::([\s\S]*))?\$$/.exec(pattern);
  const [, kind, text = ''] = match ?? [];
  if (kind === 'any') return found !== undefined && found !== null;
  if (typeof found !== 'string') return false;
  const parts = text.split('|');
  const lower = found.toLowerCase();
  if (kind === 'contains') return parts.every((part) => lower.includes(part.toLowerCase()));
  if (kind === 'one-of') return parts.includes(found);
  throw new Error(`not a pattern: ${pattern}`);
}

/** Each expected element must match an element of its own, in whatever order. */
function arrayDifferences(expected: readonly unknown[], found: unknown, where: string): string[] {
  if (!Array.isArray(found)) return [`${where}: expected a list, found ${shown(found)}`];
  const ownerOf = new Map<number, number>();
  const place = (index: number, tried: Set<number>): boolean => {
    for (const [at, candidate] of found.entries()) {
      if (tried.has(at) || differences(expected[index], candidate, '').length > 0) continue;
      tried.add(at);
      const owner = ownerOf.get(at);
      if (owner === undefined || place(owner, tried)) {
        ownerOf.set(at, index);
        return true;
      }
    }
    return false;
  };
  return expected.flatMap((element, index) =>
    place(index, new Set()) ? [] : nearest(element, found, `${where}[${labelOf(element, index)}]`),
  );
}

/** Why nothing matched: the differences of the element that comes nearest. */
function nearest(expected: unknown, found: readonly unknown[], where: string): string[] {
  const label = labelOf(expected, -1);
  const alike = found.filter((candidate) => labelOf(candidate, -1) === label);
  const attempts = alike
    .map((candidate) => differences(expected, candidate, where))
    .filter((attempt) => attempt.length > 0)
    .sort((a, b) => a.length - b.length);
  return attempts[0] ?? [`${where}: expected ${shown(expected)}, found no more of it`];
}

/** What an element is called: its name, its code, or its place. */
function labelOf(element: unknown, index: number): string {
  if (!isObject(element)) return String(index);
  const { name, code } = element;
  return typeof name === 'string' ? name : typeof code === 'string' ? code : String(index);
}

function surplus(name: string, expected: unknown, found: unknown): string[] {
  const count = (body: unknown): number =>
    name === 'contains' ? containsOf(body).length : parametersNamed(name, body).length;
  const [wanted, there] = [count(expected), count(found)];
  return there === wanted ? [] : [`body ${name}: expected exactly ${wanted}, found ${there}`];
}

function parametersNamed(name: string, body: unknown): unknown[] {
  const parameters = isObject(body) && Array.isArray(body.parameter) ? body.parameter : [];
  return parameters.filter((each) => isObject(each) && each.name === name);
}

function containsOf(body: unknown): unknown[] {
  const expansion = isObject(body) ? body.expansion : undefined;
  return isObject(expansion) && Array.isArray(expansion.contains) ? expansion.contains : [];
}
