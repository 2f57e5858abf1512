import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scrubRules } from '../../shared/scrub/registry.ts';
import type { ScrubRuleId } from '../../shared/scrub/rule.ts';
import { rulesTable, writtenTable } from './rules-table.ts';

const folder = new URL('../../shared/scrub/rules/', import.meta.url);
const files = readdirSync(folder).map((name) => name.replace(/\.ts$/, ''));

/** Every id there is; the compiler refuses one too many or too few. `false`: its rule lives elsewhere. */
const ids: Readonly<Record<ScrubRuleId, boolean>> = {
  'code-unknown': true,
  'code-ended': true,
  'code-future': true,
  'code-header': true,
  'code-outside-horizon': true,
  'seventh-character': true,
  'code-set-mismatch': true,
  'principal-external-cause': true,
  'principal-manifestation': true,
  'principal-unacceptable': true,
  'age-conflict': true,
  'sex-conflict': true,
  unspecified: true,
  laterality: true,
  duplicate: true,
  excludes1: true,
  'code-first': true,
  pointer: true,
  coverage: true,
  'not-checked': true,
};

describe('shared/scrub/registry.ts', () => {
  const registered = scrubRules.map(({ id }) => id);

  test('every file in rules/ is registered under its own name, once', () => {
    expect([...registered].sort()).toEqual(files.sort());
  });

  test('every rule id has its rule', () => {
    const expected = Object.entries(ids).flatMap(([id, isHere]) => (isHere ? [id] : []));
    expect([...registered].sort()).toEqual(expected.sort());
  });

  test('every rule says what it finds and what it rests on', () => {
    for (const { id, finds, source, severity } of scrubRules) {
      expect(finds, id).toMatch(/^[A-Z].+\.$/);
      expect(source.length, id).toBeGreaterThan(10);
      expect(['error', 'warning', 'info']).toContain(severity);
    }
  });

  test('every rule has a test of its own', () => {
    const tests = readdirSync(new URL('rules/', import.meta.url));
    expect(tests.map((name) => name.replace(/\.test\.ts$/, '')).sort()).toEqual(files.sort());
  });
});

describe('docs/scrub-rules.md', () => {
  test('has the table of the rules as they are (node test/scrub/rules-table.ts writes it)', () => {
    expect(writtenTable()).toBe(rulesTable());
  });
});
