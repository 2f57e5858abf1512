// The NLM Clinical Tables search API over our codes, right for a date of service (docs/nlm.md).
import { Hono } from 'hono';
import { codeSystemIds, isCodeSystemId } from '../../shared/core/code-system.ts';
import { CodewatchError } from '../../shared/core/errors.ts';
import type { ListedCode } from '../../shared/operations/listed-code.ts';
import { answerJson } from './answer.ts';
import type { ApiPorts } from './api-ports.ts';
import { displayValue, extraValue, type FieldValue, type Hit } from './nlm-fields.ts';
import { findHits, withReplacements } from './nlm-hits.ts';
import { type NlmQuery, readNlmQuery } from './nlm-query.ts';

/** `GET /{system}/v3/search`. Public. */
export function nlmRoutes(ports: ApiPorts): Hono {
  return new Hono().get('/:system/v3/search', async (c) => {
    const system = c.req.param('system');
    if (!isCodeSystemId(system)) {
      const known = codeSystemIds.join(', ');
      throw new CodewatchError('not-found', `no code system ${system}; there are ${known}`);
    }
    const query = readNlmQuery(c);
    const reference = { ...(await ports.reference.withCatalogue()), clock: ports.clock };
    const { total, items } = await findHits(reference, system, query);
    const hits = showsReplacements(query)
      ? await withReplacements(reference, items)
      : items.map(withoutReplacements);
    return answerJson(c, query.suggest ? suggestBody(hits, query) : searchBody(total, hits, query));
  });
}

const withoutReplacements = (item: ListedCode): Hit => ({ ...item, replacedBy: [] });

const showsReplacements = ({ displayFields, extraFields }: NlmQuery): boolean =>
  displayFields.includes('replacedBy') || extraFields.some(({ field }) => field === 'replacedBy');

type Extra = Readonly<Record<string, readonly FieldValue[]>> | null;

/** `[total, codes, extra, rows]`; a fifth element would mean code systems, which one system does not have. */
function searchBody(total: number, hits: readonly Hit[], query: NlmQuery) {
  return [total, codesOf(hits, query), extraOf(hits, query), rowsOf(hits, query)] as const;
}

/** `[codes, rows, extra]`: what the widget takes for an answer to `suggest=1`. */
function suggestBody(hits: readonly Hit[], query: NlmQuery) {
  return [codesOf(hits, query), rowsOf(hits, query), extraOf(hits, query)] as const;
}

const codesOf = (hits: readonly Hit[], { codeField }: NlmQuery): string[] =>
  hits.map((hit) => displayValue(hit, codeField));

const rowsOf = (hits: readonly Hit[], { displayFields }: NlmQuery): string[][] =>
  hits.map((hit) => displayFields.map((field) => displayValue(hit, field)));

/** Null when nothing is asked for, and when nothing was found. */
function extraOf(hits: readonly Hit[], { extraFields }: NlmQuery): Extra {
  if (extraFields.length === 0 || hits.length === 0) return null;
  return Object.fromEntries(
    extraFields.map(({ field, key }) => [key, hits.map((hit) => extraValue(hit, field))]),
  );
}
