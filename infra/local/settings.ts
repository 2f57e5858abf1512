// Settings of a run: a flag, else its environment variable, else the default; each checked with an error that names it.
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseCalendarDate } from '../../shared/core/calendar-date.ts';
import { UsageError } from './usage.ts';

/** Where releases come from. */
export type SourceSetting =
  | { readonly kind: 'sample' | 'live' }
  | { readonly kind: 'mirror'; readonly folder: string };

/** Settings every command shares. */
export type Settings = {
  /** 0 takes a free port. */
  readonly port: number;
  /** Absolute folder, or `:memory:`. */
  readonly data: string;
  readonly source: SourceSetting;
  /** File of payers and policy feeds; the one that is deployed when absent. */
  readonly config?: string;
  /** Date or instant that stands for now; the clock when absent. */
  readonly now?: string;
  /** Bearer token; generated when absent. */
  readonly token?: string;
  /** Endpoint of another DynamoDB. */
  readonly dynamodb?: string;
};

/** Flags by name, as far as given. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>;

type Given = { readonly name: string; readonly text: string };

/** Reads the settings; throws a UsageError that names the flag or variable and what it should be. */
export function readSettings(flags: Flags, env: NodeJS.ProcessEnv): Settings {
  const given = (flag: string): Given | undefined => {
    const value = flags[flag];
    if (typeof value === 'string') return { name: `--${flag}`, text: value };
    const variable = `CODEWATCH_${flag.toUpperCase()}`;
    const text = env[variable];
    return text === undefined || text === '' ? undefined : { name: variable, text };
  };
  const now = readNow(given('now'));
  const token = readToken(given('token'));
  const dynamodb = readEndpoint(given('dynamodb'));
  const config = readConfig(given('config'));
  return {
    port: readPort(given('port')),
    data: readData(given('data')),
    source: readSource(given('source')),
    ...(config !== undefined && { config }),
    ...(now !== undefined && { now }),
    ...(token !== undefined && { token }),
    ...(dynamodb !== undefined && { dynamodb }),
  };
}

const wrong = ({ name, text }: Given, expected: string): UsageError =>
  new UsageError(`${name}: "${text}" is not ${expected}`);

function readPort(given: Given | undefined): number {
  if (!given) return 8787;
  const port = /^\d{1,5}$/.test(given.text) ? Number(given.text) : Number.NaN;
  if (!(port <= 65_535)) throw wrong(given, 'a port (0 to 65535)');
  return port;
}

function readData(given: Given | undefined): string {
  const text = given?.text ?? '.codewatch';
  if (text === ':memory:') return text;
  const folder = resolve(text);
  if (given && (text.trim() === '' || (existsSync(folder) && !statSync(folder).isDirectory()))) {
    throw wrong(given, 'a folder, nor :memory:');
  }
  return folder;
}

function readSource(given: Given | undefined): SourceSetting {
  const text = given?.text ?? 'sample';
  if (text === 'sample' || text === 'live') return { kind: text };
  const folder = resolve(text);
  if (text.trim() === '' || !existsSync(folder) || !statSync(folder).isDirectory()) {
    throw wrong(given ?? { name: '--source', text }, 'sample, live, or a folder that exists');
  }
  return { kind: 'mirror', folder };
}

function readConfig(given: Given | undefined): string | undefined {
  if (!given) return undefined;
  const file = resolve(given.text);
  if (existsSync(file) && statSync(file).isFile()) return file;
  throw wrong(given, 'a file that exists');
}

const instantShape = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

function readNow(given: Given | undefined): string | undefined {
  if (!given) return undefined;
  const day = instantShape.exec(given.text)?.[1] ?? given.text;
  if (parseCalendarDate(day) && !Number.isNaN(Date.parse(given.text))) return given.text;
  throw wrong(given, 'a date (2021-07-15) or an instant (2021-07-15T09:30:00Z)');
}

function readToken(given: Given | undefined): string | undefined {
  if (!given) return undefined;
  if (/^[\x21-\x7e]{1,256}$/.test(given.text)) return given.text;
  // The token itself is never shown.
  throw new UsageError(`${given.name}: not a token (1 to 256 characters, no blanks)`);
}

function readEndpoint(given: Given | undefined): string | undefined {
  if (!given) return undefined;
  const url = URL.canParse(given.text) ? new URL(given.text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return given.text;
  throw wrong(given, 'an address (http://127.0.0.1:8000)');
}
