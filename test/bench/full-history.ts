// The real process takes in every official release on the embedded engines: time until it serves, and peak memory.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mirrorFolder } from '../support/official-files.ts';
import type { Figure } from './figure.ts';

const timeoutMs = 300_000;

/** The highest resident size of a process, in MB, as Linux keeps it. */
function peakMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) / 1024;
}

/** The process and those it started. */
function family(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1')
      .split(' ')
      .filter(Boolean)
      .map(Number),
  );
  return [pid, ...children.flatMap(family)];
}

/** Runs `serve` on the mirror with nothing kept; the page cache is as it is. */
export async function benchFullHistory(): Promise<Figure[]> {
  const args = [
    'infra/local/codewatch.mjs',
    'serve',
    '--source',
    mirrorFolder,
    '--data',
    ':memory:',
    '--port',
    '0',
  ];
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const { pid } = child;
  try {
    let text = '';
    const served = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('not served in time')), timeoutMs);
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (!/https?:\/\/127\.0\.0\.1:\d+/.test(text)) return;
        clearTimeout(timer);
        resolve();
      });
      child.on('exit', (code) => reject(new Error(`serve ended with ${code}`)));
    });
    await served;
    const address = /https?:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
    while ((await fetch(`${address}/health`)).status !== 200) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const seconds = (performance.now() - start) / 1000;
    const peak = family(pid ?? 0).reduce((sum, each) => sum + peakMb(each), 0);
    return [
      {
        what: 'all official releases, from start to serving, engines included',
        value: seconds,
        unit: 's',
        max: 60,
      },
      { what: 'peak memory of the process, engines included', value: peak, unit: 'MB', max: 700 },
    ];
  } finally {
    child.kill('SIGTERM');
  }
}
