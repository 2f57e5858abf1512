// `codewatch serve` (npm start): the start-up run, then the API until told to stop.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createApp } from '../../../functions/api/app.ts';
import { createTenantOf } from '../../../functions/api/authenticate.ts';
import { localTenant } from '../create-resources.ts';
import { type HttpServer, serveHttp } from '../http-server.ts';
import { type Runtime, startRuntime } from '../runtime.ts';
import { takeFolder } from '../session.ts';
import { printClosing, pullAndDrain, startUp } from '../start-up.ts';
import { exitCodes } from '../terminal.ts';
import type { Command, CommandLine } from './command.ts';

const dayMs = 24 * 60 * 60 * 1000;

type App = { fetch(request: Request): Response | Promise<Response> };

/** Serves until SIGINT or SIGTERM. The port is taken first, so that a taken one is known before any work is done. */
export const serve: Command = async (line) => {
  const { settings } = line;
  const stopped = Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)));
  const lock = takeFolder(settings, 'serve');
  let server: HttpServer | undefined;
  let runtime: Runtime | undefined;
  try {
    let app: App = { fetch: () => new Response('starting\n', { status: 503 }) };
    server = await serveHttp((request) => app.fetch(request), settings.port);
    const token = settings.token ?? randomBytes(16).toString('hex');
    runtime = await startRuntime({ ...settings, baseUrl: server.url });
    let ready = false;
    const tenantOf = createTenantOf(new Map([[token, localTenant]]));
    app = createApp({ ports: runtime.ports, tenantOf, ready: () => ready });
    lock?.announce({ url: server.url, token });
    line.terminal.print(`codewatch is starting at ${server.url}`);

    const running = work({
      ...line,
      runtime,
      url: server.url,
      token,
      isReady: () => (ready = true),
    });
    // Stopped in the middle of it, the run fails on engines that are gone: what it left undone the next start does.
    running.catch(() => undefined);
    await Promise.race([stopped, running]);
    line.terminal.print('stopping, once what is at hand is done');
    return exitCodes.ok;
  } finally {
    await server?.close();
    await runtime?.stop();
    lock?.release();
  }
};

type Serving = CommandLine & {
  readonly runtime: Runtime;
  readonly url: string;
  readonly token: string;
  readonly isReady: () => void;
};

/** The start-up run and its report, then a pull a day; never ends by itself. */
async function work(serving: Serving): Promise<never> {
  const { runtime, settings, url, token } = serving;
  const { print, answer } = serving.terminal;
  const found = await startUp(runtime, settings, print);
  await printClosing(runtime, found, url, print);
  serving.isReady();
  const releases = found.releases.map(({ id }) => id);
  const alerts = found.alerts.map(({ id }) => id);
  const shown = settings.token === undefined ? ` ${token}` : ' as given';
  answer(
    { url, token, releases, alerts, deadLetters: found.deadLetters },
    () => `\nAPI:   ${url}  (try ${url}/v1/codes/icd10cm/M54.5?date=2021-10-01)\nToken:${shown}`,
  );
  for (;;) {
    await daily();
    try {
      await pullAndDrain(runtime, settings, print);
    } catch (error) {
      console.error(
        `pull failed, next try tomorrow: ${error instanceof Error ? error.message : error}`,
      );
    }
  }
}

const daily = (): Promise<void> => new Promise((done) => setTimeout(done, dayMs).unref());
