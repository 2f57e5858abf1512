import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { haveOfficialFiles } from '../../support/official-files.ts';
import { readSample, sampleNames, sampleTable } from './sample-table.ts';
import { claimsOf, recordsOf } from './x12-text.ts';

/** CLM segments of a file, counted by plain text: three letters behind a terminator or a line end. */
const claimsIn = (text: string): number => [...text.matchAll(/[~_\n]\s*CLM[*~]/g)].length;

describe.skipIf(!haveOfficialFiles)('the published X12 samples', () => {
  it('give one record for every CLM segment', async () => {
    for (const name of sampleNames()) {
      const bytes = readSample(name);
      const records = await recordsOf(bytes);
      const claims = records.filter(({ where }) => where.includes('(CLM'));
      // Without ISA a file cannot be cut into segments: one record tells so.
      const expected = name.endsWith('x12_no_isa_line.txt')
        ? 0
        : claimsIn(bytes.toString('latin1'));
      expect(claims.length, name).toBe(expected);
      expect(records.length - claims.length, name).toBe(expected === 0 ? 1 : 0);
    }
  });

  it('are 61 files with 1,529 claims, two of them in a file without ISA', () => {
    const names = sampleNames();
    const counts = names.map((name) => claimsIn(readSample(name).toString('latin1')));
    expect([names.length, counts.reduce((sum, count) => sum + count, 0)]).toEqual([61, 1_529]);
  });

  it('are listed in docs/x12.md with what comes of them', async () => {
    expect(readFileSync('docs/x12.md', 'utf8')).toContain(await sampleTable());
  });

  it('hold the file of 820 claims, which are two claims 410 times', async () => {
    const records = await recordsOf(readSample('imsweb/x12_many_claims.txt'));
    const claims = await claimsOf(readSample('imsweb/x12_many_claims.txt'));
    expect(claims).toHaveLength(820);
    expect(new Set(claims.map(({ id }) => id))).toEqual(new Set(['A37YH556', 'A37YH667']));
    // CLM*A37YH556*500, HI*BK*8901*BF*87200*BF:5559, SV1*HC:99211:25*12.25, DTP to 2005-03-25.
    expect(claims[818]).toEqual({
      type: 'claim',
      id: 'A37YH556',
      codes: [],
      setting: 'professional',
      diagnoses: [
        { system: 'icd9cm', code: '8901', role: 'principal' },
        { system: 'icd9cm', code: '87200', role: 'other' },
        { system: 'icd9cm', code: '5559', role: 'other' },
      ],
      payer: '11122333',
      claimFiling: 'CI',
      billedCents: 50_000,
      lines: [
        {
          procedure: '99211',
          modifiers: ['25'],
          billedCents: 1_225,
          pointers: [1],
          dateOfService: '2005-03-25',
        },
      ],
      state: 'MD',
    });
    const repeated = records.filter(
      (record) =>
        record.kind === 'accepted' && record.warnings?.some(({ code }) => code === 'repeated'),
    );
    expect(repeated).toHaveLength(818);
  });

  it('give the same claims in other separators', async () => {
    const claims = await claimsOf(readSample('imsweb/x12_valid.txt'));
    expect(claims).toHaveLength(2);
    expect(await claimsOf(readSample('imsweb/x12_valid_different_separators.txt'))).toEqual(claims);
  });

  it('give nothing of a person: no name, address, birth date, number of a member or a patient', async () => {
    let searched = 0;
    const leaks: string[] = [];
    for (const name of sampleNames()) {
      const bytes = readSample(name);
      const written = JSON.stringify(await recordsOf(bytes));
      const secrets = new Set(secretsOf(bytes.toString('latin1')));
      searched += secrets.size;
      leaks.push(...[...secrets].filter((secret) => written.includes(secret)));
    }
    expect(leaks).toEqual([]);
    expect(searched).toBeGreaterThan(200);
  });
});

/** What must not be kept, taken from the text by itself: long enough not to occur by chance. */
function secretsOf(text: string): readonly string[] {
  const separator = text[3] ?? '*';
  const segments = text.split(/[~_]?\s*\n|~/).map((segment) => segment.trim().split(separator));
  const ids = new Set(segments.filter(([id]) => id === 'CLM').map(([, id]) => id));
  // The tenant's own claim number may look like a member's: it is kept as what it is.
  const isOwn = (secret: string): boolean => [...ids].some((id) => id?.includes(secret));
  const secrets = segments.flatMap(([id, first, second, ...rest]) => {
    const isPerson = id === 'NM1' && ['IL', 'QC', '74'].includes(first ?? '');
    if (isPerson) return [second === '1' ? rest[0] : '', rest[1], rest[6]];
    if (id === 'N3' || id === 'DMG') return [id === 'N3' ? first : second];
    return id === 'REF' && ['SY', '1W', 'EA', 'EI', 'Y4'].includes(first ?? '') ? [second] : [];
  });
  return secrets.filter(
    (secret): secret is string => secret !== undefined && secret.length >= 5 && !isOwn(secret),
  );
}
