import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonItems } from '../../shared/formats/json-parts.ts';
import type { JsonItem } from '../../shared/formats/json-scan.ts';

async function itemsOf(
  text: string,
  size = Number.POSITIVE_INFINITY,
): Promise<readonly JsonItem[]> {
  async function* pieces(): AsyncGenerator<string> {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
  const items: JsonItem[] = [];
  for await (const batch of readJsonItems(pieces())) items.push(...batch);
  return items;
}

const valuesIn = (items: readonly JsonItem[]): unknown[] =>
  items.flatMap((item) => (item.kind === 'value' ? [JSON.parse(item.text)] : []));
const pathsIn = (items: readonly JsonItem[]): string[] =>
  items.flatMap((item) =>
    item.kind === 'shell' ? [] : [`${item.kind} ${item.path || item.line}`],
  );

describe('shared/formats/json-parts.ts', () => {
  it('cuts a list, a Bundle, and values one behind the other', async () => {
    expect(pathsIn(await itemsOf('[1,{"a":[2]},"x"]'))).toEqual([
      'value [0]',
      'value [1]',
      'value [2]',
    ]);
    const bundle = '{"resourceType":"Bundle","entry":[{"a":1},\n{"b":"]},"}],"total":2}';
    const items = await itemsOf(bundle);
    expect(valuesIn(items)).toEqual([{ a: 1 }, { b: ']},' }]);
    expect(items.at(-1)).toEqual({
      kind: 'shell',
      text: '{"resourceType":"Bundle","entry":[],"total":2}',
    });
    expect(pathsIn(await itemsOf('{"a":1}\n{"b":2}'))).toEqual(['value 1', 'value 2']);
  });

  it('leaves whole what only looks like a Bundle', async () => {
    for (const text of [
      '{"resourceType":"List","entry":[{"a":1}]}',
      '{"resourceType":"Claim","contained":[{"entry":[1,2]}]}',
      '{"entry":{"a":[1,2]}}',
    ]) {
      expect(valuesIn(await itemsOf(text)), text).toEqual([JSON.parse(text)]);
    }
  });

  it('cuts any list as JSON.parse reads it, from pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { maxLength: 6 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(0, 2),
        async (values, size, indent) => {
          const wanted = JSON.parse(JSON.stringify(values));
          expect(valuesIn(await itemsOf(JSON.stringify(values, null, indent), size))).toEqual(
            wanted,
          );
          const bundle = JSON.stringify({ resourceType: 'Bundle', entry: values }, null, indent);
          expect(valuesIn(await itemsOf(bundle, size))).toEqual(wanted);
        },
      ),
    );
  });

  it('says where a text breaks off, and reads on at the next line that begins a value', async () => {
    expect(pathsIn(await itemsOf('[{"a":1},{"b":'))).toEqual(['value [0]', 'fault [1]']);
    const lines = '{"resourceType":"Bundle","entry":[\n{"a":1},\n{"b":"open\n},\n{"c":3}\n]}\n';
    expect(pathsIn(await itemsOf(lines))).toEqual(['value entry[0]', 'fault entry[1]', 'value 5']);
    expect(pathsIn(await itemsOf('{"a":1]}\n{"b":2}'))).toEqual(['fault 1', 'value 2']);
    expect(pathsIn(await itemsOf('{"a":\n{"b":1},\n{"c":2}'))).toEqual(['fault 1', 'value 3']);
  });

  it('leaves out an element too long to keep, and no other one', async () => {
    const long = `[{"a":1},{"b":"${'x'.repeat(16_000_001)}"},{"c":3}]`;
    expect(pathsIn(await itemsOf(long, 1_000_000))).toEqual([
      'value [0]',
      'fault [1]',
      'value [2]',
    ]);
  });
});
