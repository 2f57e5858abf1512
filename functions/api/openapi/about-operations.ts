// The operations of the service about itself.
import * as z from 'zod';
import type { Operation } from './operation.ts';
import { health } from './tenant-answers.ts';

/** Health, and this document. */
export const aboutOperations: readonly Operation[] = [
  {
    id: 'readHealth',
    method: 'get',
    path: '/health',
    tag: 'Service',
    summary: 'Ask whether it serves, and how current it is',
    description: 'Answers 503 with the same body until the start-up run is through.',
    answers: { 200: { description: 'It serves.', schema: health } },
  },
  {
    id: 'readOpenApi',
    method: 'get',
    path: '/openapi.json',
    tag: 'Service',
    summary: 'Read this description as OpenAPI 3.1',
    answers: {
      200: { description: 'The document.', schema: z.looseObject({ openapi: z.string() }) },
    },
  },
  {
    id: 'readDocs',
    method: 'get',
    path: '/docs',
    tag: 'Service',
    summary: 'Read this description as a page',
    answers: { 200: { description: 'The page.', schema: z.string(), type: 'text/html' } },
  },
];
