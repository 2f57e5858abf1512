// How a command reaches Codewatch: through the engines of the data folder, or, where `codewatch serve` holds the folder,
// through its API. Commands speak the JSON API either way.

import { createApp } from '../../functions/api/app.ts';
import { type CallerOf, createCallerOf } from '../../functions/api/authenticate.ts';
import { intakeRoutes } from '../../functions/api/intake-routes.ts';
import { localTenant } from './create-resources.ts';
import { type FolderLock, type Holder, lockFolder } from './folder-lock.ts';
import { type Runtime, startRuntime } from './runtime.ts';
import type { Settings } from './settings.ts';
import { type Print, startUp } from './start-up.ts';
import { UsageError } from './usage.ts';

/** A request to the JSON API as tenant `local`; the body, if any, is sent as JSON. */
export type AskApi = (method: string, path: string, body?: unknown) => Promise<Response>;

/** A file to the JSON API as tenant `local`; it is read as it is sent. */
export type SendFile = (
  path: string,
  file: { readonly bytes: AsyncIterable<Uint8Array>; readonly contentType: string },
) => Promise<Response>;

/** A way to Codewatch; `runtime` and `found` only where this process runs it. */
export type Session = {
  readonly ask: AskApi;
  readonly send: SendFile;
  readonly runtime?: Runtime;
  readonly close: () => Promise<void>;
};

/** The one token of this machine: tenant `local`, and an operator, since whoever has it has the data folder too. */
export const localCallerOf = (token: string): CallerOf =>
  createCallerOf(new Map([[token, { tenant: localTenant, operator: true }]]));

/** Takes the data folder for a command; throws a UsageError naming who holds it. `:memory:` needs no lock. */
export function takeFolder(settings: Settings, command: string): FolderLock | undefined {
  if (settings.data === ':memory:') return undefined;
  const lock = lockFolder(settings.data, command);
  if ('release' in lock) return lock;
  throw new UsageError(heldBy(settings.data, lock));
}

/** What to say of a folder another process holds. */
export function heldBy(folder: string, { pid, command, url }: Holder): string {
  const at = url === undefined ? '' : ` at ${url}`;
  const holder = `"codewatch ${command}"${at} (process ${pid})`;
  return `${folder} is in use by ${holder}; stop it first, or choose another folder with --data`;
}

/**
 * Opens a session. An empty code table is filled first, by a start-up run on the source, so that a fresh checkout
 * answers its first question; `print` tells of it.
 */
export async function openSession(
  settings: Settings,
  command: string,
  print: Print,
): Promise<Session> {
  if (settings.data === ':memory:') return openHere(settings, undefined, print);
  const lock = lockFolder(settings.data, command);
  if ('release' in lock) return openHere(settings, lock, print);
  const { url, token } = lock;
  if (url === undefined || token === undefined) throw new UsageError(heldBy(settings.data, lock));
  const reach: Reach = [(request) => fetch(request), url, token];
  return { ask: askWith(...reach), send: sendWith(...reach), close: async () => undefined };
}

async function openHere(
  settings: Settings,
  lock: FolderLock | undefined,
  print: Print,
): Promise<Session> {
  const baseUrl = `http://127.0.0.1:${settings.port}`;
  const runtime = await startRuntime({ ...settings, baseUrl });
  const token = 'this-process';
  const app = createApp({
    intake: intakeRoutes,
    ports: runtime.ports,
    callerOf: localCallerOf(token),
    ready: () => true,
    limits,
  });
  const close = async (): Promise<void> => {
    await runtime.stop();
    lock?.release();
  };
  try {
    if (await isEmpty(runtime)) {
      print('the code table is empty: taking in the source first');
      await startUp(runtime, settings, print);
    }
    await runtime.publish(print);
  } catch (error) {
    await close();
    throw error;
  }
  const reach: Reach = [(request) => app.fetch(request), baseUrl, token];
  return { ask: askWith(...reach), send: sendWith(...reach), runtime, close };
}

async function isEmpty(runtime: Runtime): Promise<boolean> {
  return (await runtime.ports.codeTable.releases('icd10cm')).length === 0;
}

/** A command takes what it is given, however long. */
const limits = {
  intake: { bytesMax: Number.MAX_SAFE_INTEGER, msMax: Number.MAX_SAFE_INTEGER, elsewhere: '' },
};

/** How requests get to the API. */
type Reach = readonly [
  send: (request: Request) => Response | Promise<Response>,
  baseUrl: string,
  token: string,
];

function sendWith(...[send, baseUrl, token]: Reach): SendFile {
  return async (path, { bytes, contentType }) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': contentType };
    const body = ReadableStream.from(bytes);
    const init = { method: 'POST', headers, body, duplex: 'half' } as const;
    return send(new Request(new URL(path, baseUrl), init));
  };
}

function askWith(...[send, baseUrl, token]: Reach): AskApi {
  return async (method, path, body) => {
    const headers = new Headers({ authorization: `Bearer ${token}` });
    if (body === undefined) return send(new Request(new URL(path, baseUrl), { method, headers }));
    headers.set('content-type', 'application/json');
    const init = { method, headers, body: JSON.stringify(body) };
    return send(new Request(new URL(path, baseUrl), init));
  };
}
