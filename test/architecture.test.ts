// The rules of docs/architecture.md as a test: who may import whom, where clock and network are, how a file looks.
import { describe, expect, it } from 'vitest';
import {
  ambientUses,
  findCycle,
  importsOf,
  isBarrel,
  mayImport,
  mayUsePackage,
  readSourceFiles,
  resolveImport,
} from './support/source-files.ts';

const source = readSourceFiles(['shared', 'functions', 'infra']);
const everything = [...source, ...readSourceFiles(['test'])];
// A test says what it is in its first `describe`, and a corpus of cases may be long.
const pages = everything.filter((file) => !/^test\/(?!support\/)/.test(file.path));
const linesMax = 250;

describe('the source', () => {
  it('imports only inward', () => {
    const wrong = source.flatMap(({ path, text }) =>
      importsOf(text)
        .map((specifier) => resolveImport(path, specifier))
        .filter((target) => target !== undefined && !mayImport(path, target))
        .map((target) => `${path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('uses packages, files and sockets only where the layer allows it', () => {
    const wrong = source.flatMap(({ path, text }) =>
      importsOf(text)
        .filter((specifier) => !specifier.startsWith('.') && !mayUsePackage(path, specifier))
        .map((specifier) => `${path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no cycle', () => {
    expect(findCycle(source)).toBeUndefined();
  });

  it('has no barrel', () => {
    expect(source.filter(isBarrel).map((file) => file.path)).toEqual([]);
  });

  it('reads clock, environment and network only at the edge', () => {
    expect(source.flatMap(ambientUses)).toEqual([]);
  });

  it('opens every file with a comment that says what it is', () => {
    const silent = pages.filter((file) => !/^(?:#!.*\n)?\/\/ \S/.test(file.text));
    expect(silent.map((file) => file.path)).toEqual([]);
  });

  it('leaves nothing to be done later', () => {
    const marks = new RegExp(['TO', 'DO|FIX', 'ME|HA', 'CK\\b'].join(''));
    expect(everything.filter((file) => marks.test(file.text)).map((file) => file.path)).toEqual([]);
  });

  it(`has no file longer than ${linesMax} lines`, () => {
    const long = pages.filter((file) => file.text.trimEnd().split('\n').length > linesMax);
    expect(long.map((file) => file.path)).toEqual([]);
  });

  it('has no name that fits everything', () => {
    const vague = /(?:^|[/-])(?:utils?|helpers?|common|managers?|services?|misc)(?:[-.]|\/)/;
    expect(everything.filter((file) => vague.test(file.path)).map((file) => file.path)).toEqual([]);
  });

  it('was found at all', () => {
    expect(source.length).toBeGreaterThan(60);
    expect(source.flatMap((file) => importsOf(file.text)).length).toBeGreaterThan(150);
  });
});

describe('test/support/source-files.ts', () => {
  const file = (text: string, path = 'shared/core/a.ts') => ({ path, text });

  it('finds imports over several lines, re-exports, bare and dynamic ones, and none in comments', () => {
    const text = [
      "import { a,\n  type B } from './b.ts';",
      "export * from './c.ts';",
      "import './d.ts';",
      "const e = await import('./e.ts');",
      "// import { f } from './f.ts';",
      "/* import { g } from './g.ts'; */",
    ].join('\n');
    expect(importsOf(text)).toEqual(['./b.ts', './c.ts', './d.ts', './e.ts']);
  });

  it.each([
    ['shared/core/diff.ts', 'shared/store/keys.ts'],
    ['shared/formats/order-file.ts', 'shared/feeds/registry.ts'],
    ['shared/steps/pull.ts', 'shared/operations/check-codes.ts'],
    ['shared/operations/check-codes.ts', 'shared/steps/pull.ts'],
    ['shared/steps/pull.ts', 'shared/edge/system-clock.ts'],
    ['shared/store/code-table.ts', 'shared/feeds/registry.ts'],
    ['shared/edge/s3-archive.ts', 'shared/store/keys.ts'],
    ['shared/edge/s3-archive.ts', 'infra/topology.ts'],
    ['functions/pull/handler.ts', 'functions/ingest/handler.ts'],
    ['functions/pull/handler.ts', 'infra/topology.ts'],
    ['infra/aws/functions.ts', 'functions/pull/handler.ts'],
    ['infra/local/serve.ts', 'infra/aws/stack.ts'],
  ])('refuses that %s imports %s', (from, to) => {
    expect(mayImport(from, to)).toBe(false);
  });

  it('keeps packages out of the pure layers, and files and sockets at the edge', () => {
    expect(mayUsePackage('shared/core/diff.ts', 'zod')).toBe(false);
    expect(mayUsePackage('shared/steps/pull.ts', 'node:fs')).toBe(false);
    expect(mayUsePackage('shared/formats/zip.ts', 'yauzl')).toBe(true);
    expect(mayUsePackage('shared/formats/zip.ts', 'node:fs')).toBe(false);
    expect(mayUsePackage('shared/edge/mirror-fetcher.ts', 'node:fs/promises')).toBe(true);
  });

  it('sees the clock, the environment and the network in code, not in comments, strings or methods', () => {
    expect(ambientUses(file('const x = Date.now();'))).toHaveLength(1);
    expect(ambientUses(file('const x = new Date();'))).toHaveLength(1);
    expect(ambientUses(file('const x = process.env.HOME;'))).toHaveLength(1);
    expect(ambientUses(file('const x = await fetch(url);'))).toHaveLength(1);
    expect(ambientUses(file("// Date.now()\nconst x = 'Date.now()' + new Date(0);"))).toEqual([]);
    expect(ambientUses(file('const x = await fetcher.fetch({ url });'))).toEqual([]);
    expect(ambientUses(file('const x = Date.now();', 'shared/edge/system-clock.ts'))).toEqual([]);
  });

  it('knows a barrel from a file with something of its own', () => {
    expect(isBarrel(file("// All.\nexport { a } from './a.ts';\nexport * from './b.ts';"))).toBe(
      true,
    );
    expect(isBarrel(file("// One.\nexport { a } from './a.ts';\nexport const b = 1;"))).toBe(false);
  });

  it('finds a cycle of three files', () => {
    const files = [
      file("import { b } from './b.ts';", 'shared/core/a.ts'),
      file("import { c } from './c.ts';", 'shared/core/b.ts'),
      file("import { a } from './a.ts';", 'shared/core/c.ts'),
    ];
    expect(findCycle(files)).toEqual([
      'shared/core/a.ts',
      'shared/core/b.ts',
      'shared/core/c.ts',
      'shared/core/a.ts',
    ]);
    expect(findCycle(files.slice(0, 2))).toBeUndefined();
  });
});
