import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readIntake } from '../../shared/claims/read-intake.ts';
import { professionalClaim } from './fhir/resources.ts';
import { artifactsOf, inPieces, onlyRefusal, recordsOf, refusalsOf } from './intake-text.ts';
import { professional } from './x12/x12-text.ts';

const x12 = professional('CLM*C1*100***11:B:1*Y*A*Y*Y', 'HI*ABK:M5450', 'DTP*472*D8*20211001');
const csv = 'type,id,codes\nclaim,C1,M54.50\n';
const own = JSON.stringify({ type: 'claim', id: 'C1', codes: 'M54.50' });

describe('shared/claims/read-intake.ts', () => {
  it('tells every format by its content, whatever it is called', async () => {
    const files = {
      x12,
      csv,
      own,
      fhir: JSON.stringify(professionalClaim({ id: 'C1' })),
      bar: 'CLM_ID|PRNCPAL_DGNS_CD|CLM_THRU_DT\nC1|M5450|01-Oct-2021\n',
    };
    const names = [{}, { contentType: 'text/csv' }, { contentType: 'application/json' }];
    for (const [kind, file] of Object.entries(files)) {
      for (const said of [...names, { fileName: 'a.837' }, { fileName: 'a.ndjson' }]) {
        const [artifact] = artifactsOf(await recordsOf(file, said));
        expect(artifact?.id, `${kind} ${JSON.stringify(said)}`).toBe('C1');
        expect(artifact?.codes[0]?.code).toBe('M5450');
      }
    }
  });

  it('asks what the file is called only where the content says nothing', async () => {
    const text = 'no claims here';
    expect((await onlyRefusal(text, { fileName: 'x.837' })).code).toBe('envelope-invalid');
    expect((await onlyRefusal(text)).code).toBe('unknown-field');
  });

  it('unpacks gzip, and says where one breaks off', async () => {
    for (const file of [x12, csv, own]) {
      expect(await recordsOf(gzipSync(file))).toEqual(await recordsOf(file));
    }
    const long = `type,id,codes\n${Array.from({ length: 9_000 }, (_, i) => `claim,${i * 7919},I10\n`).join('')}`;
    const cut = gzipSync(long).subarray(0, -200);
    const records = await recordsOf(cut, { size: 1_000 });
    expect(artifactsOf(records).length).toBeGreaterThan(1_000);
    expect(records.at(-1)).toMatchObject({ kind: 'rejected', where: 'file', code: 'unreadable' });
    expect(
      (await onlyRefusal(Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8]))).message,
    ).toContain('gzip');
  });

  const zip = Buffer.concat([Buffer.from('504b03041400000008', 'hex'), deflateRawSync('x')]);
  it.each([
    ['an empty file', Buffer.alloc(0), 'empty'],
    ['blank lines', Buffer.from(' \r\n\n'), 'empty'],
    ['a web page', Buffer.from('<!DOCTYPE html><html><body>Jane Doe'), 'web page'],
    ['XML', Buffer.from('<?xml version="1.0"?><Bundle/>'), 'XML'],
    ['a PDF', Buffer.from('%PDF-1.7 Jane Doe'), 'PDF'],
    ['a zip archive', zip, 'zip archive'],
    [
      'an Excel workbook',
      Buffer.concat([zip, Buffer.from('[Content_Types].xml')]),
      'Excel workbook',
    ],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'save it as CSV'],
    [
      'UTF-16 with its mark',
      Buffer.from('\uFEFFtype,id,codes\nclaim,1,I10\n', 'utf16le'),
      'UTF-16',
    ],
    ['UTF-16 without', Buffer.from('type,id,codes\nclaim,1,I10\n', 'utf16le'), 'UTF-16'],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'picture'],
    ['other bytes', Buffer.from([1, 2, 0, 3, 9, 9, 9]), 'no text'],
  ])('says of %s what it is, once, and shows nothing of it', async (_, file, what) => {
    const { message } = await onlyRefusal(file);
    expect(message).toContain(what);
    expect(message).not.toContain('Jane');
  });

  it('lets go of its source when the reader stops, and when the file is refused, packed or not', async () => {
    // Bytes that gzip cannot make shorter, so that the source is not read to its end.
    const noise = Buffer.alloc(4_000_000);
    for (let at = 0, seed = 7; at < noise.length; at += 1) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      noise[at] = seed >>> 24;
    }
    const pdf = Buffer.concat([Buffer.from('%PDF-1.7 '), noise]);
    const table = Buffer.from(`${csv}${'claim,C2,I10\n'.repeat(100_000)}`);
    for (const file of [table, pdf, gzipSync(pdf)]) {
      let ended: 'not yet' | 'early' | 'late' = 'not yet';
      async function* source(): AsyncGenerator<Uint8Array> {
        let isWhole = false;
        try {
          yield* inPieces(file, 10_000);
          isWhole = true;
        } finally {
          ended = isWhole ? 'late' : 'early';
        }
      }
      for await (const _ of readIntake(source())) break;
      expect(ended).toBe('early');
    }
  });

  it('passes an error of its source on', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(csv);
      throw new Error('disk');
    }
    await expect(async () => {
      for await (const record of readIntake(broken())) expect(refusalsOf([record])).toEqual([]);
    }).rejects.toThrow('disk');
  });
});
