// The real `codewatch` process, started and stopped by tests.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../infra/local/codewatch.mjs', import.meta.url));

/** A process's outcome. */
export type Outcome = { readonly code: number | null; readonly out: string; readonly err: string };

/** Starts codewatch without settings from outside. */
export function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('CODEWATCH_'));
  return spawn(process.execPath, [command, ...args], {
    env: { ...Object.fromEntries(own), ...env },
  });
}

/** Runs codewatch to its end. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const child = start(args, env);
  const text = { out: '', err: '' };
  child.stdout?.on('data', (bytes) => (text.out += bytes));
  child.stderr?.on('data', (bytes) => (text.err += bytes));
  const [code] = await once(child, 'close');
  return { code, ...text };
}

/** A `codewatch serve` that is up. */
export type Served = {
  readonly url: string;
  readonly token: string;
  /** Everything printed so far. */
  readonly text: () => string;
  /** Ends it by a signal and waits until it has ended; answers its exit code. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
};

/** Starts `serve` on a free port and waits until its start-up run is through. */
export async function startServe(args: readonly string[]): Promise<Served> {
  const child = start(['serve', '--port', '0', ...args]);
  const closed = once(child, 'close');
  let text = '';
  const printed = new Promise<void>((resolve, reject) => {
    const take = (bytes: Buffer): void => {
      text += bytes;
      if (/^Token: (\S+)$/m.test(text)) resolve();
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('close', () => reject(new Error(`serve ended early:\n${text}`)));
  });
  await printed;
  return {
    url: /^API: +(http:\S+)/m.exec(text)?.[1] ?? '',
    token: /^Token: (\S+)$/m.exec(text)?.[1] ?? '',
    text: () => text,
    async end(signal) {
      child.kill(signal);
      const [code] = await closed;
      return code;
    },
  };
}
