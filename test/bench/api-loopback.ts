// The API over loopback from another process: requests a second and latency of each face, against a route that does nothing.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import autocannon, { type Options, type Result } from 'autocannon';
import { type Figure, median } from './figure.ts';
import { officialFile } from './official-file.ts';
import { sampledCodes } from './sampled-codes.ts';

const rounds = 5;
const warmUpSeconds = 3;
const seconds = 3;
const connections = 32;
/** Batches come from few clients at once. */
const batchConnections = 4;
const questions = sampledCodes(2000, 'billable');
const uri = encodeURIComponent('http://hl7.org/fhir/sid/icd-10-cm');
const words = ['low back', 'tuberc', 'type 2 diab', 'fracture of femur', 'M54', 'hypert', 'asth'];

const dotted = (code: string): string =>
  code.length > 3 ? `${code.slice(0, 3)}.${code.slice(3)}` : code;

const checkBody = (from: number): string => {
  const items = questions.slice(from, from + 1000).map((one) => ({ system: 'icd10cm', ...one }));
  return JSON.stringify({ items });
};

const bareName = 'bare route';
const batchName = 'bulk check of 1,000 codes';

const lookUpName = 'JSON look-up';

/** What is asked of the API, by what the figures call it; each question again and again, as billing asks. */
const faces: Readonly<Record<string, NonNullable<Options['requests']>>> = {
  [lookUpName]: questions.map(({ code, date }) => ({
    path: `/v1/codes/icd10cm/${dotted(code)}?date=${date}`,
  })),
  'FHIR $validate-code': questions.map(({ code, date }) => ({
    path: `/fhir/R4/CodeSystem/$validate-code?url=${uri}&code=${dotted(code)}&date=${date}`,
  })),
  'NLM search': questions.map(({ date }, n) => {
    const terms = encodeURIComponent(words[n % words.length] ?? '');
    return { path: `/api/icd10cm/v3/search?sf=code,name&date=${date}&terms=${terms}` };
  }),
  [batchName]: [0, 1000].map((from) => ({
    method: 'POST' as const,
    path: '/v1/check',
    headers: { 'content-type': 'application/json' },
    body: checkBody(from),
  })),
};

type Measured = Result & { readonly cpuUs: number };

/** Microseconds of processor time a process has used, in steps of 10 ms (proc(5), `stat`, at 100 ticks a second). */
function cpuUs({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

async function measure(server: ChildProcess, options: Options): Promise<Measured> {
  const before = cpuUs(server);
  const result = await autocannon(options);
  const failed = result.errors + result.timeouts + result.non2xx;
  if (failed > 0) throw new Error(`${failed} of ${result.requests.total} requests failed`);
  return { ...result, cpuUs: (cpuUs(server) - before) / result.requests.total };
}

/** Every face and the bare route in turn, after warming up; medians of five rounds, ratios within a round. */
export async function benchApiLoopback(): Promise<Figure[]> {
  const program = fileURLToPath(new URL('api-server.ts', import.meta.url));
  const args = [program, officialFile()];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [text] = await once(createInterface(server.stdout), 'line');
    const [api = '', forgetful = '', bare = '']: string[] = JSON.parse(String(text));
    const targets = Object.entries(faces).map(([name, requests]) => ({
      name,
      options: {
        url: api,
        connections: name === batchName ? batchConnections : connections,
        requests,
      },
    }));
    // Asked the very same: a client that walks a list of addresses is slower than one that repeats itself.
    const same = { connections, requests: faces[lookUpName] ?? [] };
    const all = [
      { name: bareName, options: { ...same, url: bare } },
      ...targets,
      { name: `${lookUpName}, no answer kept`, options: { ...same, url: forgetful } },
    ];
    for (const { options } of all) await measure(server, { ...options, duration: warmUpSeconds });
    const results = new Map<string, Measured[]>(all.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const { name, options } of all) {
        results.get(name)?.push(await measure(server, { ...options, duration: seconds }));
      }
    }
    return all.flatMap(({ name }) => figuresOf(name, results));
  } finally {
    server.kill();
  }
}

function figuresOf(name: string, results: ReadonlyMap<string, readonly Measured[]>): Figure[] {
  const own = results.get(name) ?? [];
  const bare = results.get(bareName) ?? [];
  const middle = (read: (result: Measured) => number): number => median(own.map(read));
  const figures: Figure[] = [
    { what: name, value: middle(({ requests }) => requests.average), unit: 'requests/s' },
    { what: `${name}, p50`, value: middle(({ latency }) => latency.p50), unit: 'ms' },
    { what: `${name}, p99`, value: middle(({ latency }) => latency.p99), unit: 'ms' },
    {
      what: `${name}, processor time of the server`,
      value: middle((one) => one.cpuUs),
      unit: 'µs',
    },
  ];
  if (name === bareName) return figures;
  const shares = own.map(({ requests }, round) => {
    const most = bare[round]?.requests.average ?? Number.NaN;
    return (requests.average / most) * 100;
  });
  const target = name === lookUpName && { min: 60 };
  const what = `${name}, requests a second as a part of the bare route's`;
  return [...figures, { what, value: median(shares), unit: '%', ...target }];
}
