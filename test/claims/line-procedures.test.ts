// The procedure of a line, in whatever case and format it is sent: policies are found by it.
import { describe, expect, it } from 'vitest';
import { concept, professionalClaim } from './fhir/resources.ts';
import { clm, lines, prod, recordsTogether } from './idr/idr-text.ts';
import { artifactsOf, onlyClaim, recordsOf } from './intake-text.ts';
import { professional } from './x12/x12-text.ts';

const rif = [
  'DML_IND|CLM_ID|NCH_CLM_TYPE_CD|CLM_THRU_DT|PRNCPAL_DGNS_CD|LINE_NUM|HCPCS_CD',
  'INSERT|1001|71|01-Oct-2021|M5450|1|0213t',
].join('\n');
const own = {
  ...{ type: 'claim', id: '1', codes: 'M54.5', dateOfService: '2021-09-01' },
  lines: [{ procedure: ' 0213t ' }],
};
const fhir = professionalClaim({
  item: [{ sequence: 1, productOrService: concept('0213t', 'http://www.ama-assn.org/go/cpt') }],
});
const x12 = professional(
  ...['CLM*C1*150***11:B:1*Y*A*Y*Y', 'HI*ABK:M5450'],
  ...['LX*1', 'SV1*HC:0213t*150*UN*1***1', 'DTP*472*D8*20251002'],
);
const idr = [
  clm({ CLM_TYPE_CD: '71' }),
  prod(['P M545'], { CLM_TYPE_CD: '71' }),
  lines({ CLM_TYPE_CD: '71', CLM_LINE_NUM: '1', CLM_LINE_HCPCS_CD: '0213t' }),
].join('');
const mapping = {
  columns: { id: 'No', codes: ['DX'], dateOfService: 'DOS', lineProcedure: 'CPT' },
};

const formats = {
  'our own JSON': () => onlyClaim(JSON.stringify(own)),
  'a FHIR claim': () => onlyClaim(JSON.stringify(fhir)),
  'X12 837': () => onlyClaim(x12),
  'a CMS claim file': () => onlyClaim(rif),
  'a mapped table': () => onlyClaim('No,DX,DOS,CPT\n7,M54.50,10/1/2021,0213t', { mapping }),
  'the tables of the IDR': async () => {
    const [claim] = artifactsOf(await recordsTogether(idr));
    if (claim?.type !== 'claim') throw new Error('no claim');
    return claim;
  },
};

describe('shared/claims, the procedure of a line', () => {
  it.each(Object.entries(formats))(
    'in lower case is kept in upper case from %s',
    async (_, claim) => {
      expect((await claim()).lines?.[0]?.procedure).toBe('0213T');
    },
  );

  it('that can be no HCPCS or CPT code stays as it is written', async () => {
    const local = { ...own, lines: [{ procedure: 'Fee schedule 4b' }] };
    const [claim] = artifactsOf(await recordsOf(JSON.stringify(local)));
    expect(claim).toMatchObject({ lines: [{ procedure: 'Fee schedule 4b' }] });
  });
});
