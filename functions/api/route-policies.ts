// What caches and browsers may do with each route, as data. What is not listed here is a tenant's: it is never kept, and
// no script of another site may read it.
import type { Caching } from './caching.ts';

/** Media type and caching of the routes under a path (Hono's pattern). */
export type RoutePolicy = {
  readonly path: string;
  /** What every answer is; absent where the face negotiates itself. */
  readonly type?: string;
  readonly caching?: Caching;
  /** Paths under it that say themselves how they may be kept. */
  readonly except?: readonly string[];
};

const json = 'application/json';

/** Answers on codes change with a release, a few times a year; a minute hides that and spares most repeats. */
const onCodes: Caching = { by: 'reference', maxAgeSeconds: 60 };
/** Advice quotes tabular lists, too, which come by themselves. */
const onAdvice: Caching = { by: 'body', maxAgeSeconds: 60 };
/** Releases show what waits for approval too: whoever approves one must see it go. */
const onReleases: Caching = { by: 'body', maxAgeSeconds: 0 };
const documents: Caching = { by: 'body', maxAgeSeconds: 300 };

/** Read from the table, which may know more than the snapshot: what waits for approval, and what lags behind. */
const fromTheTable = ['/v1/policies/editions', '/v1/policies/lags'];

/** Policies by path. A pattern that ends in `/*` is the path before it, too. */
export const routePolicies: readonly RoutePolicy[] = [
  { path: '/v1/codes/*', type: json, caching: onCodes },
  { path: '/v1/search/*', type: json, caching: onCodes },
  { path: '/v1/advice/*', type: json, caching: onAdvice },
  { path: '/v1/check', type: json },
  { path: '/v1/coverage', type: json, caching: onCodes },
  { path: '/v1/policies/*', type: json, caching: onCodes, except: fromTheTable },
  { path: '/v1/policies/editions', caching: onReleases },
  { path: '/v1/policies/lags', caching: onReleases },
  { path: '/v1/releases/*', type: json, caching: onReleases },
  { path: '/v1/changes', type: json, caching: onReleases },
  { path: '/v1/snapshot', type: json, caching: onReleases },
  { path: '/v1/templates/*', type: json },
  { path: '/v1/claims/*', type: json },
  { path: '/v1/intake', type: json },
  { path: '/v1/scrub', type: json },
  { path: '/v1/settings', type: json },
  { path: '/v1/alerts/*', type: json },
  { path: '/v1/findings/*', type: json },
  { path: '/api/*', type: json, caching: onCodes },
  { path: '/fhir/*', caching: { ...onCodes, vary: ['Accept'] } },
  { path: '/openapi.json', type: json, caching: documents },
  { path: '/docs', type: 'text/html', caching: documents },
  { path: '/health', type: json },
];

/** Paths that scripts of any site may call. Lifting a quarantine lies under `/v1/releases` and is not among them. */
export const publicPaths: readonly string[] = [
  '/v1/codes/*',
  '/v1/search/*',
  '/v1/advice/*',
  '/v1/check',
  '/v1/coverage',
  '/v1/policies/*',
  '/v1/releases',
  '/v1/releases/:id',
  '/v1/releases/:id/changes',
  '/v1/changes',
  '/v1/snapshot/*',
  '/api/*',
  '/fhir/*',
  '/openapi.json',
];
