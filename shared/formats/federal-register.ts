// Reads answers of the Federal Register's `documents.json` (federalregister.gov/developers/documentation/api/v1) into
// bulletins as they are written.
import * as z from 'zod';
import type { WrittenBulletin } from './bulletin.ts';
import type { FindingList } from './finding-list.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => (value ?? '').trim());

const document = z.object({
  title: text,
  document_number: text,
  publication_date: text,
  effective_on: text,
  abstract: text,
  html_url: text,
});

/** `results` is missing when `count` is 0. */
const answer = z.object({
  count: z.int().min(0),
  description: z.string().optional(),
  total_pages: z.int().optional(),
  results: z.array(z.unknown()).optional(),
});

/** True when the value is an answer of the Federal Register, or claims to be one. */
export const isFederalRegister = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'count' in value && !('items' in value);

/**
 * The documents of an answer, or undefined with an error: `federal-register-shape`, `federal-register-count` (it counts
 * documents and holds none). Warnings: `federal-register-document` for a result that is none, `federal-register-pages`
 * when there are more documents than are in it.
 */
export function readFederalRegister(
  value: unknown,
  where: string,
  list: FindingList,
): readonly WrittenBulletin[] | undefined {
  const { data } = answer.safeParse(value);
  if (!data) {
    const message = 'It is no list of documents of the Federal Register: count or results is odd.';
    list.add('federal-register-shape', 'error', where, message);
    return undefined;
  }
  const { count, results = [], total_pages: pages = 1 } = data;
  if (count > 0 && results.length === 0) {
    const message = `It counts ${count} documents and holds none. Get it again.`;
    list.add('federal-register-count', 'error', where, message);
    return undefined;
  }
  if (pages > 1 || results.length < count) {
    const message = `It holds ${results.length} of the ${count} documents; the others are not read.`;
    list.add('federal-register-pages', 'warning', where, message);
  }
  return results.flatMap((one, at): WrittenBulletin[] => {
    const place = `${where} results[${at}]`;
    const { data: found } = document.safeParse(one);
    if (!found) {
      const message = 'It is no document of the Federal Register; left out.';
      list.add('federal-register-document', 'warning', place, message);
      return [];
    }
    return [
      {
        where: place,
        id: found.document_number,
        link: found.html_url,
        title: { text: found.title, isHtml: true },
        texts: [{ text: found.abstract, isHtml: true }],
        published: found.publication_date,
        effective: [found.effective_on].filter((day) => day !== ''),
      },
    ];
  });
}
