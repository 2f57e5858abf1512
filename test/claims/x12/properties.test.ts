import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  claimsOf,
  provider,
  recordsOf,
  type Separators,
  subscriber,
  usual,
  x12File,
} from './x12-text.ts';

/** Marked as what must never leave the reader. */
const marked = (text: string): string =>
  text
    .replace('DOE*JANE', 'MARKLASTNAME*MARKFIRSTNAME')
    .replace('MEMBER12345', 'MARKMEMBERID')
    .replace('99 ELM STREET', 'MARKSTREET')
    .replace('RICHMOND', 'MARKCITY');

const markedBirth = '19480229';

// Ids far apart, so that no damage turns one into another.
const ids = ['ALPHA11', 'BRAVO22', 'CHARL33', 'DELTA44', 'ECHOO55', 'FOXTR66'];

/** The segments of the nth claim with its subscriber. */
const claimSegments = (n: number): readonly string[] => [
  ...subscriber(n + 2)
    .map(marked)
    .map((segment) => segment.replace('19800501', markedBirth)),
  'REF*SY*MARKSSN123',
  `CLM*${ids[n]}*${n + 1}5.5***11:B:1*Y*A*Y*Y`,
  'REF*EA*MARKRECORDNO',
  'NTE*ADD*MARKNOTE',
  `HI*ABK:M545${n}*ABF:E11${n}`,
  'LX*1',
  `SV1*HC:9921${n}:25*100*UN*1***1:2`,
  `DTP*472*RD8*20251001-2025100${n + 2}`,
  'LX*2',
  'SV1*HC:J3301*15.5*UN*1***2',
  'DTP*472*D8*20251002',
];

const segments = ids.flatMap((_, n) => claimSegments(n));
const fileIn = (separators: Separators): string =>
  x12File([[...provider, ...segments]], '005010X222A1', separators);
const file = fileIn(usual);

describe('shared/claims/x12/read-x12-claims.ts, on any file', () => {
  it('reads six claims from the file these tests change', async () => {
    expect((await claimsOf(file)).map(({ id }) => id)).toEqual(ids);
  });

  it('reads the same claims in any separators', async () => {
    const characters = fc.shuffledSubarray([...'*:~|^!;>+=_?{}[]"\u001c\u001d\u001f\u0085'], {
      minLength: 3,
      maxLength: 3,
    });
    const expected = await recordsOf(file);
    await fc.assert(
      fc.asyncProperty(
        characters,
        fc.constantFrom('', '\n', '\r\n', ' \n'),
        async ([element = '', component = '', terminator = ''], lineEnd) => {
          const other = fileIn({ element, component, terminator, lineEnd });
          expect(await recordsOf(other)).toEqual(expected);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('reads the same records from pieces of any size', async () => {
    const damaged = file.replace('LX*1', 'L\u0000*1').replace('CLM*BRAVO22', 'CLX*BRAVO22');
    const expected = await recordsOf(damaged);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), async (size) => {
        expect(await recordsOf(damaged, size)).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it('loses no neighbour of a damaged claim, and shows nothing of its patient', async () => {
    const whole = await claimsOf(file);
    const bytes = Buffer.from(file, 'latin1');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: ids.length - 1 }),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 4,
        }),
        async (n, damages) => {
          const start = bytes.indexOf(`HL*${n + 2}*`);
          const next = bytes.indexOf(n + 1 < ids.length ? `HL*${n + 3}*` : 'SE*');
          // The last terminator and line end belong to what follows.
          const length = next - 2 - start;
          const damaged = Buffer.from(bytes);
          for (const [at, byte] of damages) damaged[start + (at % length)] = byte;
          const records = await recordsOf(damaged);
          const claims = records.flatMap((record) =>
            record.kind === 'accepted' ? [record.artifact] : [],
          );
          for (const claim of whole.filter((_, i) => i !== n)) {
            expect(claims.find(({ id }) => id === claim.id)).toEqual(claim);
          }
          expect(JSON.stringify(records)).not.toMatch(/MARK|19480229|1948-02-29/);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it('never throws, and tells every claim it cannot read', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 2_000 }),
          fc
            .array(fc.constantFrom(...segments, 'ST*837*1', 'SE*1*1', 'IEA*1*1', ''), {
              maxLength: 60,
            })
            .map((parts) => Buffer.from(x12File([parts], '005010X223A2'), 'latin1')),
        ),
        async (bytes) => {
          const records = await recordsOf(bytes);
          const claims = records.filter(({ where }) => where.includes('(CLM'));
          const sent = [
            ...Buffer.from(bytes)
              .toString('latin1')
              .matchAll(/~\nCLM\*/g),
          ];
          expect(claims.length).toBe(sent.length);
          expect(JSON.stringify(records)).not.toMatch(/MARK|19480229|1948-02-29/);
        },
      ),
      { numRuns: 300 },
    );
  });
});
