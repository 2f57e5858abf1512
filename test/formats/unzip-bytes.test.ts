import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unzipBytes } from '../../shared/formats/unzip-bytes.ts';
import { inPieces } from '../claims/intake-text.ts';
import { directory, member, type Way } from './zip-text.ts';

async function unzip(bytes: Uint8Array, size = Number.POSITIVE_INFINITY) {
  const unzipped = unzipBytes(inPieces(bytes, size), {
    isWanted: (name) => name.endsWith('.csv'),
    between: Buffer.from('|'),
  });
  const pieces: Uint8Array[] = [];
  for await (const piece of unzipped.bytes) pieces.push(piece);
  return { text: Buffer.concat(pieces).toString(), fault: unzipped.fault() };
}

describe('shared/formats/unzip-bytes.ts', () => {
  it('unpacks the wanted files in their order, however packed, however the bytes come', async () => {
    const way = fc.constantFrom<Way>('deflated', 'stored', 'streamed');
    const file = fc.record({ text: fc.string({ maxLength: 300 }), way, isWanted: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { maxLength: 5 }),
        fc.integer({ min: 1, max: 200 }),
        async (files, size) => {
          const members = files.map(({ text, way: packed, isWanted }, at) =>
            member(`${at}${isWanted ? '.csv' : '.md'}`, text, packed),
          );
          const { text, fault } = await unzip(Buffer.concat([...members, directory]), size);
          const wanted = files.filter(({ isWanted }) => isWanted).map((one) => one.text);
          expect(fault).toBeUndefined();
          expect(text).toBe(Buffer.from(wanted.join('|')).toString());
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    ['cut short', (zip: Buffer) => zip.subarray(0, 60), 'damaged or cut short'],
    [
      'without what follows its files',
      (zip: Buffer) => zip.subarray(0, -directory.length),
      'damaged',
    ],
    ['of another checksum', (zip: Buffer) => flipped(zip, 14), 'damaged'],
    ['damaged inside', (zip: Buffer) => flipped(zip, 40), 'damaged'],
    ['encrypted', () => member('a.csv', 'x', 'deflated', 1), 'without a password'],
    ['streamed without deflate', () => member('a.csv', 'x', 'stored', 8), 'deflate'],
  ])('says of a zip %s what is wrong', async (_what, damage, message) => {
    const text = 'some text, some text, some other text '.repeat(20);
    const zip = Buffer.concat([member('a.csv', text, 'deflated'), directory]);
    expect((await unzip(damage(zip))).fault).toContain(message);
  });

  it('lets a failure of the source through', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield member('a.csv', 'x'.repeat(1000), 'deflated').subarray(0, 38);
      throw new Error('connection lost');
    }
    const { bytes } = unzipBytes(failing(), { isWanted: () => true, between: Buffer.of() });
    const drain = async (): Promise<void> => {
      for await (const piece of bytes) expect(piece.length).toBeGreaterThan(0);
    };
    await expect(drain()).rejects.toThrow('connection lost');
  });
});

function flipped(zip: Buffer, at: number): Buffer {
  const copy = Buffer.from(zip);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}
