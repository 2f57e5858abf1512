import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvColumns } from '../../../shared/claims/tables/own-table.ts';
import {
  artifactsOf,
  countIntake,
  onlyRefusal,
  recordsOf,
  refusalsOf,
  warningsOf,
} from '../intake-text.ts';

const m545 = { system: 'icd10cm', code: 'M545' } as const;
const i10 = { system: 'icd10cm', code: 'I10' } as const;

describe('shared/claims/tables/read-tables.ts, our own columns', () => {
  const header = 'type,id,name,owner,codes,dateOfService,billed';

  it('reads claims and templates, quoted or not, with either line end and a byte order mark', async () => {
    const text = `\uFEFF${header}\r\ntemplate,t1,"Spine, ""new""",Dana,M54.5;M51.36,,\r\n\r\nclaim,c1,,,m545 I10,2021-10-04,"$1,234.50"\r\n`;
    expect(await recordsOf(text)).toEqual([
      {
        kind: 'accepted',
        where: 'line 2',
        artifact: {
          type: 'template',
          id: 't1',
          name: 'Spine, "new"',
          owner: 'Dana',
          codes: [m545, { system: 'icd10cm', code: 'M5136' }],
        },
      },
      {
        kind: 'accepted',
        where: 'line 4',
        artifact: {
          type: 'claim',
          id: 'c1',
          codes: [m545, i10],
          dateOfService: '2021-10-04',
          billedCents: 123_450,
        },
      },
    ]);
  });

  it('names every bad line with its reason, and costs no other one', async () => {
    const text = [
      header,
      'claim,c1,,,I10,2021-10-04,1',
      'claim,c2,"never closed,,I10,2021-10-04,1',
      'claim,c3,,,I10,2021-10-04,1',
      'claim,c4,,,I10',
      'claim,c5,,,724.2,2021-10-04,1',
      'bill,c6,,,I10,2021-10-04,1',
      'claim,,,,I10,2021-10-04,1',
      'claim,c8,,,I10,2021-02-30,1',
      'claim,c9,,,I10,2021-10-04,free',
      'template,t1,,,I10,2021-10-04,',
      'claim,c10,,,,2021-10-04,1',
      'claim,c11,,,I10,2021-10-04,1',
    ].join('\n');
    const records = await recordsOf(text);
    expect(artifactsOf(records).map(({ id }) => id)).toEqual(['c1', 'c3', 'c11']);
    expect(refusalsOf(records)).toEqual([
      'line 3 unreadable',
      'line 5 unreadable',
      'line 6 code-malformed',
      'line 7 type-invalid',
      'line 8 id-invalid',
      'line 9 date-invalid',
      'line 10 amount-invalid',
      'line 11 unknown-field',
      'line 12 codes-missing',
    ]);
  });

  it('reads columns in any order and case, parted by commas, semicolons, tabs or bars', async () => {
    const rows = ['CODES,Id,type', 'I10 M54.5,1,claim'];
    for (const separator of [',', ';', '\t', '|']) {
      const text = rows.map((row) => row.replaceAll(',', separator)).join('\n');
      expect(artifactsOf(await recordsOf(text)), separator).toEqual([
        { type: 'claim', id: '1', codes: [i10, m545] },
      ]);
    }
  });

  it('reads a cell with line breaks, and a quote that never closes costs its own line only', async () => {
    const text = [
      header,
      'template,t1,"Spine',
      'and neck",,M54.5,,',
      'template,t2,"open,,I10,,',
      'template,t3,"closed",,I10,,',
      'template,t4,"open to the end,,I10,,',
      'template,t5,,,I10,,',
    ].join('\n');
    const records = await recordsOf(text);
    expect(artifactsOf(records).map(({ id, name }) => [id, name])).toEqual([
      ['t1', 'Spine and neck'],
      ['t3', 'closed'],
      ['t5', undefined],
    ]);
    expect(refusalsOf(records)).toEqual(['line 4 unreadable', 'line 6 unreadable']);
  });

  it('reads Latin-1 as well as UTF-8, also mixed', async () => {
    const utf8 = Buffer.from(`${header}\ntemplate,t1,Ménière,,H81.01,,\n`, 'utf8');
    const latin1 = Buffer.from('template,t2,Ménière,,H81.01,,\n', 'latin1');
    const artifacts = artifactsOf(await recordsOf(Buffer.concat([utf8, latin1])));
    expect(artifacts.map(({ name }) => name)).toEqual(['Ménière', 'Ménière']);
  });

  it('tells a record sent twice: the same is stored once, another under its id is refused', async () => {
    const row = 'claim,c1,,,I10,2021-10-04,1';
    const records = await recordsOf([header, row, row, 'claim,c1,,,I10,2021-10-05,1'].join('\n'));
    expect(countIntake(records)).toEqual({ accepted: 2, rejected: 1, void: 0 });
    expect(warningsOf(records)).toEqual(['line 3 repeated']);
    expect(records[2]).toMatchObject({
      where: 'line 4',
      code: 'repeated',
      message: expect.stringContaining('the claim at line 2'),
    });
  });

  it('keeps an id with # as %23, so that it can be stored', async () => {
    const mapping = { columns: { id: 'Claim', codes: 'DX' } };
    const [artifact] = artifactsOf(await recordsOf('Claim,DX\nA#7,I10\n', { mapping }));
    expect(artifact?.id).toBe('A%237');
  });

  it.each(['type,id', 'type,id,codes,codes'])('refuses the header %j whole', async (text) => {
    expect((await onlyRefusal(`${text}\n1,2\n`)).code).toBe('unreadable');
  });

  it('I6 lines in are lines kept or refused, whatever they hold', async () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('claim', 'I10', '"', ',', '""', '1', '2021-10-04', '"a', 'b"'),
    );
    const line = fc
      .array(cell, { minLength: 1, maxLength: csvColumns.length })
      .map((cells) => cells.join(',').replace(/[\r\n"]/g, ' '));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (lines) => {
        const records = await recordsOf([csvColumns.join(','), ...lines].join('\n'));
        expect(records.length).toBe(lines.filter((text) => text.trim() !== '').length);
      }),
    );
  });
});

describe('shared/claims/tables/read-tables.ts, the columns of others', () => {
  it('refuses an unknown header and says which columns look like what, repeating no other name', async () => {
    const { code, message } = await onlyRefusal(
      'Claim ID,DX1,DX2,Date of Service,CPT,Patient Jane Doe\n1,I10,,2025-10-01,99213,x\n',
    );
    expect(code).toBe('unknown-field');
    expect(message).toContain('"DX1", "DX2" look like a diagnosis');
    expect(message).toContain('codes=DX1+DX2, id=Claim ID, dateOfService=Date of Service');
    expect(message).not.toContain('Jane');
  });

  it('names the one column that is not ours, in any case of the others, and by its number where its name may be data', async () => {
    const sent = (column: string) =>
      onlyRefusal(`type,Id,codes,dateOfService,payer,${column},billed\nclaim,1,I10,,,x,\n`);
    expect((await sent('reference')).message).toContain('columns that are not ours (reference);');
    expect((await sent('Jane Doe')).message).toContain('columns that are not ours (number 6);');
  });

  it('says of a file without header line that its first line holds data, and shows none of it', async () => {
    const { message } = await onlyRefusal('Doe,Jane,1980-05-01,M54.5\nRoe,Rick,1970-01-01,I10\n');
    expect(message).toContain('send the file with a header line');
    expect(message).not.toMatch(/Doe|Jane|1980/);
    expect((await onlyRefusal('Doe,QA0.0101\nRoe,I10\n')).message).toContain('holds data');
  });

  it.each([
    ['CLM_DGNS_CD,CLM_VAL_SQNC_NUM,CLM_DT_SGNTR_SK', 'CLM_PROD'],
    ['CLM_DT_SGNTR_SK,CLM_UNIQ_ID,CLM_CNTL_NUM', 'came CLM,'],
  ])('says of the IDR table %s what it is and what belongs to it', async (header, table) => {
    const { code, message } = await onlyRefusal(`${header}\n1,2,3\n`);
    expect(code).toBe('unsupported');
    expect(message).toContain(table);
    expect(message).toContain('a claim needs CLM and CLM_PROD');
    expect(message).toContain('hand them in together: codewatch intake with their folder');
  });
});
