// What the API costs to start on Lambda: the bundle as CDK makes it, loaded in fresh processes, and what is in it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { type Figure, median } from './figure.ts';

const starts = 15;
const partsShown = 10;

/** Bytes of the bundle by package; our own code by top folder. */
type Parts = ReadonlyMap<string, number>;

/** As `infra/aws/functions.ts` has it bundled. */
async function bundle(folder: string): Promise<{ readonly bytes: number; readonly parts: Parts }> {
  const { metafile } = await build({
    entryPoints: ['functions/api/handler.ts'],
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': resolve('infra/aws/lambda-credentials.ts') },
    banner: {
      js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
    },
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  if (!output) throw new Error('esbuild made nothing');
  const parts = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
    const part = partOf(file);
    parts.set(part, (parts.get(part) ?? 0) + bytesInOutput);
  }
  return { bytes: output.bytes, parts };
}

function partOf(file: string): string {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
  if (name === undefined) return `own ${/^[^/]+\/[^/]+/.exec(file)?.[0] ?? file}`;
  return name.startsWith('@smithy/') || name.startsWith('@aws-sdk/') ? 'AWS SDK' : name;
}

const script = (url: string): string => `
  const before = process.cpuUsage();
  await import(${JSON.stringify(url)});
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1000);
`;

/** Processor time, in ms, that a fresh process needs to load a module: what it takes where there is one core for it. */
function initMs(module: string): number {
  const args = ['--input-type=module', '--eval', script(pathToFileURL(module).href)];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

/** Median of fifteen starts. Every part's size is told, the largest first. */
export async function benchColdStart(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'codewatch-bundle-'));
  try {
    const { bytes, parts } = await bundle(folder);
    const times = Array.from({ length: starts }, () => initMs(join(folder, 'index.mjs')));
    const largest = [...parts].sort(([, a], [, b]) => b - a).slice(0, partsShown);
    return [
      {
        what: 'init of the API bundle, processor time',
        value: median(times),
        unit: 'ms',
        max: 160,
      },
      { what: 'the API bundle, minified', value: bytes / 1000, unit: 'KB', max: 700 },
      ...largest.map(([part, size]) => ({ what: `of it ${part}`, value: size / 1000, unit: 'KB' })),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
