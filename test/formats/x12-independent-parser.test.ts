import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { X12parser } from 'x12-parser';
import { readX12Segments, type X12Segment } from '../../shared/formats/x12-segments.ts';
import { readSample, sampleNames } from '../claims/x12/sample-table.ts';
import { haveOfficialFiles } from '../support/official-files.ts';

/** A segment as x12-parser gives it: element 5 under `5`, its second component under `5-1`. */
type Parsed = Readonly<Record<string, string>>;

async function theirs(bytes: Uint8Array): Promise<Parsed[]> {
  const segments: Parsed[] = [];
  for await (const segment of Readable.from([bytes]).pipe(new X12parser('latin1'))) {
    // Blanks behind the last terminator are no segment.
    if (segment.name.trim() !== '' || '1' in segment) segments.push(segment);
  }
  return segments;
}

function inTheirForm({ id, elements }: X12Segment, component: string): Parsed {
  const parsed: Record<string, string> = { name: id };
  for (const [n, element] of elements.entries()) {
    if (n === 0) continue;
    // ISA16 is the separator itself.
    const parts = id === 'ISA' && n === 16 ? [element] : element.split(component);
    for (const [at, part] of parts.entries()) parsed[at === 0 ? `${n}` : `${n}-${at}`] = part;
  }
  return parsed;
}

async function ours(bytes: Buffer): Promise<Parsed[]> {
  const segments: Parsed[] = [];
  let component = ':';
  for await (const item of readX12Segments(Readable.from([bytes]))) {
    if (item.fault !== undefined) throw new Error(`segment ${item.number}: ${item.fault}`);
    if (item.id === 'ISA') component = item.elements[16] ?? component;
    segments.push(inTheirForm(item, component));
  }
  return segments;
}

/** x12-parser trims every element; of padding and blanks nothing else is compared. */
const trimmed = (segments: readonly Parsed[]): Parsed[] =>
  segments.map((segment) =>
    Object.fromEntries(Object.entries(segment).map(([name, text]) => [name, text.trim()])),
  );

/** Without a sound ISA there is nothing two parsers could agree on. */
const sound = (name: string): boolean => !/x12_(bad_first_line|no_isa_line)/.test(name);

describe.skipIf(!haveOfficialFiles)('shared/formats/x12-segments.ts beside x12-parser', () => {
  it.each(sampleNames().filter(sound))(
    'both read the same segments, elements and components in %s',
    async (name) => {
      const bytes = readSample(name);
      expect(trimmed(await ours(bytes))).toEqual(trimmed(await theirs(bytes)));
    },
  );
});
