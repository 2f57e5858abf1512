// The JSON API: Request → Response, without a server. Adapters (local HTTP, Lambda) only translate.
import { type Context, Hono } from 'hono';
import { adviceRoutes } from './advice-routes.ts';
import { alertRoutes } from './alert-routes.ts';
import type { ApiPorts } from './api-ports.ts';
import { artifactRoutes } from './artifact-routes.ts';
import { type CallerOf, createTenantOf } from './authenticate.ts';
import { buildName, cached, notKeptUnlessSaid } from './caching.ts';
import { changeRoutes } from './change-routes.ts';
import { codeRoutes } from './code-routes.ts';
import { coverageRoutes } from './coverage-routes.ts';
import { readableAnywhere } from './cross-origin.ts';
import { docsRoutes } from './docs-routes.ts';
import { fhirErrorResponse } from './fhir/fhir-error-response.ts';
import { fhirRoutes } from './fhir/fhir-routes.ts';
import { healthRoutes } from './health-routes.ts';
import type { intakeRoutes } from './intake-routes.ts';
import { createKeptAnswers } from './kept-answers.ts';
import { answeredWithin, defaultLimits, type Limits, soundAddress } from './limits.ts';
import { answers } from './negotiate.ts';
import { nlmRoutes } from './nlm-routes.ts';
import { policyRoutes } from './policy-routes.ts';
import { HttpRefusal, problemOf } from './problem.ts';
import { rateLimited } from './rate-limit.ts';
import { releaseRoutes } from './release-routes.ts';
import { publicPaths, routePolicies } from './route-policies.ts';
import { scrubRoutes } from './scrub-routes.ts';
import { searchRoutes } from './search-routes.ts';
import { settingsRoutes } from './settings-routes.ts';
import { snapshotRoutes } from './snapshot-routes.ts';

/** What the API needs to answer. */
export type ApiOptions = {
  readonly ports: ApiPorts;
  readonly callerOf: CallerOf;
  /** False until the start-up run (pull to notify) is through. */
  readonly ready: () => boolean;
  /** Those of `limits.ts` where nothing else is said. */
  readonly limits?: Partial<Limits>;
  /** Routes that take files in, where this process does; their readers are a tenth of a bundle. */
  readonly intake?: typeof intakeRoutes;
  /** Names the program to caches; its own hash, or unbundled the start of the process, when absent. */
  readonly build?: string;
};

/** The API as one Hono app; errors are RFC 9457 problems, whatever route they come from. */
export function createApp(options: ApiOptions): Hono {
  const { ports, callerOf, ready, intake } = options;
  const tenantOf = createTenantOf(callerOf);
  const app = new Hono();
  useEverywhere(app, options);
  app
    .route('/v1', codeRoutes(ports))
    .route('/v1', searchRoutes(ports))
    .route('/v1', adviceRoutes(ports))
    .route('/v1', releaseRoutes(ports, callerOf))
    .route('/v1', changeRoutes(ports))
    .route('/v1', coverageRoutes(ports))
    .route('/v1', policyRoutes(ports))
    .route('/v1', snapshotRoutes(ports))
    .route('/v1', artifactRoutes(ports, tenantOf))
    .route('/v1', scrubRoutes(ports, tenantOf))
    .route('/v1', settingsRoutes(ports, tenantOf))
    .route('/v1', alertRoutes(ports, tenantOf))
    .route('/api', nlmRoutes(ports))
    .route('/fhir/R4', fhirRoutes(ports))
    .route('/', docsRoutes())
    .route('/', healthRoutes(ports, ready));
  if (intake) {
    const limits = { ...defaultLimits, ...options.limits };
    app.route('/v1', intake(ports, tenantOf, limits.intake));
  }
  app.onError(refused);
  app.notFound((c) => refused(notServed(app, c), c));
  return app;
}

/** An error in the words of the face that was asked. */
const refused = (error: Error, c: Context): Response =>
  c.req.path.startsWith('/fhir/') ? fhirErrorResponse(c, error) : problemOf(c, error);

/** What is done before and after every route, outermost first. */
function useEverywhere(app: Hono, { ports, limits, build }: ApiOptions): void {
  const { rate, urlLengthMax, answerMsMax, keptLengthMax } = { ...defaultLimits, ...limits };
  app.use(notKeptUnlessSaid);
  for (const path of publicPaths) app.use(path, readableAnywhere);
  if (rate) app.use(rateLimited(rate));
  const program = { build: build ?? buildName(), kept: createKeptAnswers(keptLengthMax) };
  for (const { path, type, caching, except = [] } of routePolicies) {
    if (type !== undefined) app.use(path, answers(type));
    if (!caching) continue;
    const keep = cached(ports, program, caching);
    app.use(path, (c, next) => (except.includes(c.req.path) ? next() : keep(c, next)));
  }
  app.use(soundAddress(urlLengthMax), answeredWithin(answerMsMax));
}

/** Why a request met no route: there is none of this path, or not with this method. */
function notServed(app: Hono, c: Context): HttpRefusal {
  const { path } = c.req;
  const shown = path.slice(0, 200);
  const methods = new Set(app.routes.map(({ method }) => method).filter((one) => one !== 'ALL'));
  const allowed = [...methods].filter((method) =>
    // What is used on every route answers to any method and is no route.
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  );
  if (allowed.length === 0) return new HttpRefusal('not-found', `no route ${shown}`);
  const allow = (allowed.includes('GET') ? ['HEAD', ...allowed] : allowed).join(', ');
  return new HttpRefusal('method-not-allowed', `${shown} takes ${allow}`, { allow });
}
