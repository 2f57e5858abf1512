// `codewatch serve` (npm start): the start-up run, then the API until told to stop.

import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '../../../functions/api/app.ts';
import { intakeRoutes } from '../../../functions/api/intake-routes.ts';
import { type HttpServer, serveHttp } from '../http-server.ts';
import { type Runtime, startRuntime } from '../runtime.ts';
import { localCallerOf, takeFolder } from '../session.ts';
import { printClosing, pullAndDrain, type StartUp, startUp } from '../start-up.ts';
import { exitCodes } from '../terminal.ts';
import { localEditsFolder, localInboxFolder, watchedFolders, watchInbox } from '../watch-inbox.ts';
import type { Command, CommandLine } from './command.ts';

const dayMs = 24 * 60 * 60 * 1000;

type App = { fetch(request: Request, env: object): Response | Promise<Response> };

/** Serves until SIGINT or SIGTERM. The port is taken first, so that a taken one is known before any work is done. */
export const serve: Command = async (line) => {
  const { settings, terminal } = line;
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopping.abort());
  const lock = takeFolder(settings, 'serve');
  let server: HttpServer | undefined;
  let runtime: Runtime | undefined;
  try {
    let app: App = { fetch: () => new Response('starting\n', { status: 503 }) };
    server = await serveHttp((request, env) => app.fetch(request, env), settings.port);
    const { url } = server;
    const token = settings.token ?? randomBytes(16).toString('hex');
    const started = await startRuntime({ ...settings, baseUrl: url });
    runtime = started;
    let isReady = false;
    app = createApp({
      intake: intakeRoutes,
      ports: started.ports,
      callerOf: localCallerOf(token),
      ready: () => isReady,
      limits,
    });
    lock?.announce({ url, token });
    terminal.print(`codewatch is starting at ${url}`);
    stopping.signal.addEventListener('abort', () => {
      terminal.print('stopping, once what is at hand is done');
      started.halt();
    });
    if (stopping.signal.aborted) return exitCodes.ok;

    const found = await startUp(started, settings, terminal.print);
    if (!found) return exitCodes.ok;
    await printClosing(started, found, url, terminal.print);
    isReady = true;
    answer(line, { url, token, found });
    await Promise.all([
      pullDaily(line, started, stopping.signal),
      watchFiles(line, started, stopping.signal),
    ]);
    return exitCodes.ok;
  } finally {
    await server?.close();
    await runtime?.stop();
    lock?.release();
  }
};

function answer(
  { settings, terminal }: CommandLine,
  { url, token, found }: { readonly url: string; readonly token: string; readonly found: StartUp },
): void {
  const releases = found.releases.map(({ id }) => id);
  const editions = found.editions.map(({ id }) => id);
  const alerts = found.alerts.map(({ id }) => id);
  const shown = settings.token === undefined ? token : 'as given';
  terminal.answer(
    { url, token, releases, editions, alerts, deadLetters: found.deadLetters },
    () => `\nAPI:   ${url}  (try ${url}/v1/codes/icd10cm/M54.5?date=2021-10-01)\nToken: ${shown}`,
  );
}

/** What one process on loopback takes: files pass through, so that only their time is long. */
const limits = {
  intake: { bytesMax: 4_000_000_000, msMax: dayMs, elsewhere: 'use `codewatch intake`' },
};

/** Takes in what is put into the inbox's folder, until told to stop; without a data folder there is none. */
async function watchFiles(
  { settings, terminal }: CommandLine,
  { ports }: Runtime,
  signal: AbortSignal,
): Promise<void> {
  if (settings.data === ':memory:') return;
  terminal.print(`Inbox: ${localInboxFolder(settings.data)} (files put there are taken in)`);
  terminal.print(
    `Edits: ${localEditsFolder(settings.data)} (Medicare Code Editor lists put there are taken in)`,
  );
  await Promise.all(
    watchedFolders(ports).map((folder) => watchInbox(settings.data, folder, signal)),
  );
}

/** Pulls once a day until told to stop. A failed pull is said and tried again the next day. */
async function pullDaily(line: CommandLine, runtime: Runtime, stop: AbortSignal): Promise<void> {
  const { settings, terminal } = line;
  for (;;) {
    // Being told to stop ends the wait with an error, which is all it means.
    await sleep(dayMs, undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted) return;
    try {
      await pullAndDrain(runtime, settings, terminal.print);
    } catch (error) {
      const why = error instanceof Error ? error.message : error;
      console.error(`the pull failed and is tried again tomorrow: ${why}`);
    }
  }
}
