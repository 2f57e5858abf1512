// The repository's own source as data for architecture.test.ts: files, what they import, and the style rules as checks.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One source file; `path` from the repository's root with `/`. */
export type SourceFile = { readonly path: string; readonly text: string };

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every TypeScript file under the folders. */
export function readSourceFiles(folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
      .sort()
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
  );
}

const tokens =
  /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** The text without comments; with `strings` false, quoted texts are emptied too. */
export function codeOf(text: string, strings = true): string {
  return text.replace(tokens, (token) => {
    if (token.startsWith('//') || token.startsWith('/*')) return ' ';
    return strings ? token : "''";
  });
}

/** What a file imports or re-exports from, as written: relative paths and package names. */
export function importsOf(text: string): string[] {
  const code = codeOf(text);
  const statements = /^\s*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]/gm;
  const bare = /^\s*import\s*['"]([^'"]+)['"]/gm;
  const dynamic = /\bimport\(\s*['"]([^'"]+)['"]/g;
  return [statements, bare, dynamic].flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => match[1] ?? ''),
  );
}

/** The imported file from the repository's root, or undefined for a package. */
export function resolveImport(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(dirname(from), specifier) : undefined;
}

/** The layer of a file: `shared/core`, `functions/pull`, `infra/aws`; the files right under `infra` are the topology. */
export function layerOf(path: string): string {
  const [top = '', next = ''] = path.split('/');
  return top === 'infra' && next.endsWith('.ts') ? 'infra/topology' : `${top}/${next}`;
}

const inward = ['core', 'formats', 'feeds', 'claims', 'store', 'ports'].map((x) => `shared/${x}`);

/** Who may import whom (docs/architecture.md). A layer may always import itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'shared/core': [],
  'shared/ports': ['shared/core'],
  'shared/formats': ['shared/core'],
  'shared/feeds': ['shared/core', 'shared/formats', 'shared/ports'],
  'shared/claims': ['shared/core', 'shared/formats', 'shared/ports'],
  'shared/store': ['shared/core', 'shared/formats', 'shared/ports'],
  'shared/scrub': ['shared/core', 'shared/ports'],
  'shared/steps': [...inward, 'shared/scrub'],
  'shared/operations': [...inward, 'shared/scrub'],
  'shared/edge': ['shared/ports', 'shared/core'],
  'infra/topology': ['shared/core', 'shared/edge', 'shared/feeds'],
  'infra/aws': ['infra/topology'],
};

/** Whether a file may import a file. */
export function mayImport(from: string, to: string): boolean {
  const [source, target] = [layerOf(from), layerOf(to)];
  if (source === target) return true;
  if (source.startsWith('functions/')) return target.startsWith('shared/');
  if (source === 'infra/local')
    return !target.startsWith('infra/aws') && !target.startsWith('test');
  return allowed[source]?.includes(target) ?? false;
}

const withPackages = /^(?:shared\/(?:formats|feeds|claims|edge)|functions|infra)\//;
const withSystem = /^(?:shared\/edge|functions|infra)\//;
// What a pure layer may take from Node: hashing, compression and bytes are arithmetic.
const pureNode = /^node:(?:crypto|zlib|buffer|util|stream|assert)(?:\/|$)/;

/** Whether a file may import a package: the pure layers none, sockets and files only at the edge. */
export function mayUsePackage(from: string, specifier: string): boolean {
  if (!specifier.startsWith('node:')) return withPackages.test(from);
  return pureNode.test(specifier) || withSystem.test(from);
}

const ambient: readonly (readonly [RegExp, string])[] = [
  [/\bprocess\./, 'reads the process: only edge, functions and infra may'],
  [/\bDate\.now\(/, 'reads the clock: only edge, functions and infra may'],
  [/\bnew Date\(\s*\)/, 'reads the clock: only edge, functions and infra may'],
  [/\bperformance\.now\(/, 'reads the clock: only edge, functions and infra may'],
  [/\bMath\.random\(/, 'is random: only edge, functions and infra may be'],
  [/(?:await|return|=|=>|\()\s*(?:globalThis\.)?fetch\(/, 'uses the network: only edge may'],
  [/\bconsole\./, 'prints: only edge, functions and infra may'],
];

/** What a layer inside does of what only the edge may do. */
export function ambientUses(file: SourceFile): string[] {
  if (withSystem.test(file.path)) return [];
  const code = codeOf(file.text, false);
  return ambient.filter(([pattern]) => pattern.test(code)).map(([, why]) => `${file.path} ${why}`);
}

/** True when a file only passes on what others export. */
export function isBarrel(file: SourceFile): boolean {
  if (/(?:^|\/)index\.ts$/.test(file.path)) return true;
  const code = codeOf(file.text);
  const rest = code.replace(/^\s*export\b[^'";]*?\bfrom\s*['"][^'"]+['"]\s*;?/gm, '');
  return code.trim() !== '' && rest.trim() === '';
}

/** The first cycle found among the files, as a path, or undefined. */
export function findCycle(files: readonly SourceFile[]): readonly string[] | undefined {
  const edges = new Map(
    files.map(({ path, text }) => [path, importsOf(text).map((to) => resolveImport(path, to))]),
  );
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const next of edges.get(path) ?? []) {
      const cycle = next === undefined ? undefined : visit(next, [...trail, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const { path } of files) {
    const cycle = visit(path, []);
    if (cycle) return cycle;
  }
  return undefined;
}
