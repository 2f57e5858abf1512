// Lambda face of intake through the API: a function of its own, so that readers of files weigh nothing on look-ups.
import { idrTogether } from '../../shared/claims/idr/read-idr.ts';
import { apiPortsFromEnvironment } from '../../shared/edge/api-ports-from-environment.ts';
import { temporaryJoins } from '../../shared/edge/sqlite/temporary-join.ts';
import { createHandler } from './handler.ts';
import { intakeRoutes } from './intake-routes.ts';

let ready: ReturnType<typeof createHandler> | undefined;

/** Lambda's entry; ports are made at the first request. The gateway sends it `POST /v1/intake` alone. */
export const handler: ReturnType<typeof createHandler> = (event) => {
  if (!ready) {
    const related = idrTogether(temporaryJoins());
    ready = createHandler(apiPortsFromEnvironment(process.env), { intake: intakeRoutes, related });
  }
  return ready(event);
};
