// Sends the request of a case to a FHIR server and says how the answer differs: the same for ours and for any other.
import { type Answer, compareAnswer } from './compare.ts';
import type { Case, Settings } from './suite.ts';

/** Sends a request below the FHIR base (`path?query`, no leading slash). */
export type Send = (path: string, init: RequestInit) => Promise<Response>;

/** A case's outcome: passed when there are no differences. */
export type Outcome = { readonly differences: readonly string[]; readonly answer: Answer };

const accept = { accept: 'application/fhir+json' };

/** Runs a case; a body that is not JSON is one difference more. */
export async function runCase(send: Send, one: Case, settings: Settings): Promise<Outcome> {
  const { request, response } = filledIn(one, settings);
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    for (const each of [value].flat()) query.append(name, each);
  }
  const path = query.size > 0 ? `${request.path}?${query}` : request.path;
  const answer = await answerOf(
    await send(
      path,
      request.body === undefined
        ? { method: request.method, headers: accept }
        : {
            method: request.method,
            headers: { ...accept, 'content-type': 'application/fhir+json' },
            body: JSON.stringify(request.body),
          },
    ),
  );
  return { differences: compareAnswer(response, answer), answer };
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  try {
    return { status: response.status, body: JSON.parse(text) };
  } catch {
    return { status: response.status, body: text };
  }
}

/** The case with the names this server uses in place of `{system}`, `{instance}`, `{map}`, `{vs:…}`. */
function filledIn(one: Case, settings: Settings): Case {
  const { system, instance, map, valueSets } = settings;
  const fill = (text: string): string =>
    text
      .replaceAll('{system}', system)
      .replaceAll('{instance}', instance)
      .replaceAll('{map}', map)
      .replaceAll('{vs:all}', valueSets.all)
      .replaceAll('{vs:billable}', valueSets.billable)
      .replaceAll(/\{vs:isa\/([^}]+)\}/g, (_all, code: string) =>
        valueSets.isa.replace('{code}', code),
      );
  return JSON.parse(JSON.stringify(one), (_name, value) =>
    typeof value === 'string' ? fill(value) : value,
  );
}
