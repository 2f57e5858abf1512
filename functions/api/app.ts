// The JSON API: Request → Response, without a server. Adapters (local HTTP, Lambda) only translate.
import { Hono } from 'hono';
import { alertRoutes } from './alert-routes.ts';
import type { ApiPorts } from './api-ports.ts';
import { artifactRoutes } from './artifact-routes.ts';
import type { TenantOf } from './authenticate.ts';
import { changeRoutes } from './change-routes.ts';
import { codeRoutes } from './code-routes.ts';
import { fhirRoutes } from './fhir/fhir-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { nlmRoutes } from './nlm-routes.ts';
import { problem, problemOf } from './problem.ts';
import { releaseRoutes } from './release-routes.ts';
import { searchRoutes } from './search-routes.ts';

/** What the API needs to answer. */
export type ApiOptions = {
  readonly ports: ApiPorts;
  readonly tenantOf: TenantOf;
  /** False until the start-up run (pull to notify) is through. */
  readonly ready: () => boolean;
};

const methods = ['GET', 'PUT', 'POST', 'DELETE'] as const;

/** The API as one Hono app; errors are RFC 9457 problems, whatever route they come from. */
export function createApp({ ports, tenantOf, ready }: ApiOptions): Hono {
  const app = new Hono()
    .route('/v1', codeRoutes(ports))
    .route('/v1', searchRoutes(ports))
    .route('/v1', releaseRoutes(ports, tenantOf))
    .route('/v1', changeRoutes(ports))
    .route('/v1', artifactRoutes(ports, tenantOf))
    .route('/v1', alertRoutes(ports, tenantOf))
    .route('/api', nlmRoutes(ports))
    .route('/fhir/R4', fhirRoutes(ports))
    .route('/', healthRoutes(ports, ready));
  app.onError((error, c) => problemOf(c, error));
  app.notFound((c) => {
    const allowed = methods.filter((method) => app.router.match(method, c.req.path)[0].length > 0);
    if (allowed.length === 0) return problem(c, 'not-found', `no route ${c.req.path}`);
    const allow = allowed.includes('GET') ? ['HEAD', ...allowed] : allowed;
    return problem(c, 'method-not-allowed', `${c.req.path} takes ${allow.join(', ')}`, {
      allow: allow.join(', '),
    });
  });
  return app;
}
