// The `codewatch` command on a Node that runs TypeScript: reads the command line, runs one command, sets the exit code.
import { parseArgs } from 'node:util';
import { CodewatchError } from '../../shared/core/errors.ts';
import { advise } from './commands/advise.ts';
import { approve } from './commands/approve.ts';
import { check } from './commands/check.ts';
import type { Command } from './commands/command.ts';
import { coverage } from './commands/coverage.ts';
import { diff } from './commands/diff.ts';
import { edits } from './commands/edits.ts';
import { intake } from './commands/intake.ts';
import { lookup } from './commands/lookup.ts';
import { policies } from './commands/policies.ts';
import { pull } from './commands/pull.ts';
import { rules } from './commands/rules.ts';
import { serve } from './commands/serve.ts';
import { snapshot } from './commands/snapshot.ts';
import { verify } from './commands/verify.ts';
import { readSettings } from './settings.ts';
import { createTerminal, type ExitCode, exitCodes } from './terminal.ts';
import { UsageError, usage } from './usage.ts';

type Entry = {
  readonly run: Command;
  /** Flags with a text, and those without, besides the ones all commands take. */
  readonly flags: readonly string[];
  readonly switches?: readonly string[];
};

/** Every command. */
const commands: Readonly<Record<string, Entry>> = {
  serve: { run: serve, flags: [] },
  pull: { run: pull, flags: [] },
  intake: { run: intake, flags: ['mapping'] },
  check: { run: check, flags: ['on', 'until', 'sarif', 'junit', 'fail-on'] },
  lookup: { run: lookup, flags: ['on', 'known', 'system'] },
  advise: { run: advise, flags: ['on'] },
  coverage: { run: coverage, flags: ['state', 'payer', 'plan', 'on'] },
  policies: { run: policies, flags: ['collection', 'on'] },
  rules: { run: rules, flags: ['feed'] },
  diff: { run: diff, flags: [] },
  verify: { run: verify, flags: [] },
  snapshot: { run: snapshot, flags: ['out'], switches: ['force'] },
  approve: { run: approve, flags: ['reason', 'by'] },
  edits: { run: edits, flags: ['mce-version'] },
};

const sharedFlags = ['port', 'data', 'source', 'config', 'now', 'token', 'dynamodb'] as const;

/** Runs a command line; answers its exit code. Words go to the terminal. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const [name = '', ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') {
    console.log(usage);
    return exitCodes.ok;
  }
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) {
      const wrong = name === '' ? 'no command given' : `no command "${name}"`;
      throw new UsageError(
        `${wrong}; there are ${Object.keys(commands).join(', ')} (--help says more)`,
      );
    }
    return await runCommand(command, rest);
  } catch (error) {
    // What was expected to go wrong is one line; a broken invariant shows where it broke.
    const expected = error instanceof UsageError || error instanceof CodewatchError;
    console.error(expected ? `codewatch: ${error.message}` : error);
    return exitCodes.failure;
  }
}

async function runCommand(command: Entry, args: readonly string[]): Promise<ExitCode> {
  const names = [...sharedFlags, ...command.flags];
  const { values, positionals } = parse(args, names, command.switches ?? []);
  if (values.help === true) {
    console.log(usage);
    return exitCodes.ok;
  }
  return command.run({
    words: positionals,
    flags: values,
    settings: readSettings(values, process.env),
    terminal: createTerminal(values.json === true),
  });
}

function parse(args: readonly string[], names: readonly string[], switches: readonly string[]) {
  const texts = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const flag = { type: 'boolean' as const };
  const bare = Object.fromEntries(switches.map((name) => [name, flag]));
  try {
    return parseArgs({
      args: [...args],
      options: { ...texts, ...bare, json: flag, help: { ...flag, short: 'h' } },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    throw new UsageError(
      `${message}; this command takes ${[...names, ...switches].map((one) => `--${one}`).join(', ')}, --json`,
    );
  }
}

// Started through codewatch.mjs by an older Node: when that one dies, this one must not live on without it.
if (process.channel) {
  process.once('disconnect', () => process.exit(exitCodes.failure));
  process.channel.unref();
}

process.exitCode = await main(process.argv.slice(2));
