// The API about itself: the OpenAPI document for programs, and the same as a page for people.
import { Hono } from 'hono';
import { docsPage, docsPolicy } from './docs-page.ts';
import { openApiDocument } from './openapi-document.ts';
import { readQuery } from './read-query.ts';

/** `GET /openapi.json`, `GET /docs`. Public. */
export function docsRoutes(): Hono {
  return new Hono()
    .get('/openapi.json', async (c) => {
      readQuery(c, {});
      return c.json(await openApiDocument());
    })
    .get('/docs', async (c) => {
      readQuery(c, {});
      const page = docsPage(await openApiDocument(), new URL(c.req.url).origin);
      return c.html(page, 200, { 'content-security-policy': docsPolicy });
    });
}
