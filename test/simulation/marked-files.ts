// Files of every format of intake with marked identifiers wherever a patient, a member or a claim is named, and ways to
// break a file without moving a marker to where something else belongs.

/**
 * Every marker, and every longer part of one: names, addresses, notes (`ZZ…`), member and telephone numbers, day of birth.
 * Nothing else in the files, and no hash but by a chance of one in a hundred million, looks like this.
 */
export const marked =
  /zz(?:mark|midd|stre|town|fami|doct|trac|note|rend|atte|mail|host|disp|ente|auth|firs)|mark(?:last|first)|9876543|7654321|5557779|7779911|1957-?03-?04|03\/04\/1957|04-mar-1957/i;

/** Control numbers: the ids claims are sent with. */
export const controlNumber = /CONTROL-?\d|ONTROL-\d/;

/** A file, and how many of its records are taken in when it is whole. */
export type MarkedFile = {
  readonly name: string;
  readonly text: string;
  readonly accepted: number;
};

const isa =
  'ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *220101*1200*^*00501*000000001*0*T*:';

const person = [
  'NM1*IL*1*ZZMARKLAST*ZZMARKFIRST*ZZMIDDLE***MI*987654321',
  'N3*77 ZZSTREET LANE',
  'N4*ZZTOWN*TX*77001',
  'DMG*D8*19570304*F',
  'REF*SY*987654321',
  'PER*IC*ZZMARKFIRST*TE*5557779911',
];

const x12 = (version: string, claim: readonly string[]): string =>
  [
    isa,
    `GS*HC*S*R*20220101*1200*1*X*${version}`,
    `ST*837*0001*${version}`,
    'BHT*0019*00*1*20220101*1200*CH',
    'NM1*41*2*SUBMITTER*****46*12',
    'HL*1**20*1',
    'NM1*85*1*ZZDOCTOR*ZZFAMILY****XX*1234567893',
    'HL*2*1*22*0',
    'SBR*P*18*GROUP******CI',
    ...person,
    'NM1*PR*2*AETNA*****PI*60054',
    ...claim,
    'SE*30*0001',
    'GE*1*1',
    'IEA*1*000000001',
  ].join('~\n');

const professional = (id: string, frequency: string, code: string): string[] => [
  `CLM*${id}*120***11:B:${frequency}*Y*A*Y*Y`,
  'DTP*431*D8*20220101',
  'REF*D9*ZZTRACE987654321',
  'NTE*ADD*ZZNOTE ABOUT ZZMARKLAST',
  `HI*ABK:${code}*ABF:I10`,
  'NM1*82*1*ZZRENDER*ZZFIRST****XX*1234567893',
  'LX*1',
  'SV1*HC:99213:25*120*UN*1***1:2',
  'DTP*472*D8*20220110',
];

const institutional = [
  'CLM*CONTROL-3*9000***11:A:1*Y*A*Y*Y',
  'DTP*434*RD8*20220105-20220110',
  'DTP*435*DT*202201051200',
  'K3*ZZNOTE',
  'HI*ABK:M5450',
  'HI*BH:42:D8:20220110',
  'NM1*71*1*ZZATTEND*ZZFIRST****XX*1234567893',
  'LX*1',
  'SV2*0120**9000*DA*5',
];

const patient = {
  resourceType: 'Patient',
  id: 'p',
  text: { status: 'generated', div: '<div>ZZMARKLAST, born 1957-03-04</div>' },
  identifier: [{ system: 'http://hl7.org/fhir/sid/us-mbi', value: '987654321' }],
  name: [{ family: 'ZZMARKLAST', given: ['ZZMARKFIRST'] }],
  telecom: [
    { system: 'phone', value: '5557779911' },
    { system: 'email', value: 'zzmail@zzhost.example' },
  ],
  gender: 'female',
  birthDate: '1957-03-04',
  address: [{ line: ['77 ZZSTREET LANE'], city: 'ZZTOWN', state: 'TX' }],
};

const code = (text: string) => ({
  coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: text, display: 'ZZDISPLAY' }],
  text: 'ZZNOTE',
});

const fhirClaim = (id: string) => ({
  resourceType: 'Claim',
  id,
  text: { status: 'generated', div: '<div>ZZMARKLAST</div>' },
  contained: [patient],
  identifier: [{ system: 'urn:clinic', value: id }],
  status: 'active',
  use: 'claim',
  type: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/claim-type', code: 'professional' }],
  },
  patient: { reference: '#p', display: 'ZZMARKLAST, ZZMARKFIRST' },
  billablePeriod: { start: '2022-01-10', end: '2022-01-10' },
  created: '2022-01-11',
  enterer: { display: 'ZZENTERER' },
  insurer: { display: 'AETNA' },
  provider: { display: 'ZZDOCTOR' },
  insurance: [
    {
      sequence: 1,
      focal: true,
      coverage: { display: 'ZZMARKLAST 987654321', identifier: { value: '987654321' } },
    },
  ],
  supportingInfo: [{ sequence: 1, category: { text: 'ZZNOTE' }, valueString: 'ZZNOTE 5557779911' }],
  diagnosis: [{ sequence: 1, diagnosisCodeableConcept: code('M54.5') }],
  item: [
    {
      sequence: 1,
      diagnosisSequence: [1],
      productOrService: { coding: [{ code: '99213', display: 'ZZDISPLAY' }], text: 'ZZNOTE' },
      servicedDate: '2022-01-10',
      net: { value: 120, currency: 'USD' },
      locationAddress: { line: ['77 ZZSTREET LANE'] },
    },
  ],
  total: { value: 120, currency: 'USD' },
});

const benefit = {
  ...fhirClaim('CONTROL-6'),
  resourceType: 'ExplanationOfBenefit',
  outcome: 'complete',
  disposition: 'ZZNOTE',
  total: [{ category: { coding: [{ code: 'submitted' }] }, amount: { value: 120 } }],
};

const bundle = {
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    { fullUrl: 'urn:zzmarklast', resource: patient },
    {
      resource: { resourceType: 'Coverage', id: 'c', subscriberId: '987654321', status: 'active' },
    },
    { resource: fhirClaim('CONTROL-5') },
  ],
};

const orderSet = {
  resourceType: 'PlanDefinition',
  id: 'back-pain-orders',
  status: 'active',
  type: { coding: [{ code: 'order-set' }] },
  description: 'made for ZZMARKLAST, 5557779911',
  author: [{ name: 'ZZAUTHOR', telecom: [{ value: '5557779911' }] }],
  action: [{ description: 'ZZNOTE', code: [code('M54.5')] }],
};

const rif = [
  'DML_IND|BENE_ID|CLM_ID|NCH_CLM_TYPE_CD|CLM_FROM_DT|CLM_THRU_DT|BENE_MBI_ID|BENE_LAST_NAME|BENE_BIRTH_DT|PRNCPAL_DGNS_CD|PRNCPAL_DGNS_VRSN_CD|ICD_DGNS_CD1|ICD_DGNS_VRSN_CD1|HCPCS_CD|LINE_SBMTD_CHRG_AMT|LINE_LAST_EXPNS_DT',
  'INSERT|987654321|CONTROL-7|71|10-Jan-2022|10-Jan-2022|987654321|ZZMARKLAST|04-Mar-1957|M545|0|M545|0|99213|120.00|10-Jan-2022',
  '',
].join('\n');

/** A claim of CMS's repository over three tables, one behind the other. */
const idr = [
  'CLM_DT_SGNTR_SK,CLM_UNIQ_ID,CLM_TYPE_CD,CLM_FROM_DT,CLM_THRU_DT,CLM_CNTL_NUM,CLM_NUM_SK,GEO_BENE_SK,BENE_SK,BENE_MBI_ID,BENE_LAST_NAME,BENE_BRTH_DT,CLM_ATNDG_PRVDR_LAST_NAME,CLM_SBMT_CHRG_AMT,CLM_FINL_ACTN_IND,CLM_LTST_CLM_IND',
  '987654321,CONTROL-20,71,2022-01-10,2022-01-10,ZZTRACE987654321,1,987654321,987654321,987654321,ZZMARKLAST,1957-03-04,ZZATTEND,120.00,Y,Y',
  '987654321,CONTROL-21,1,2022-01-10,2022-01-10,ZZTRACE987654321,2,987654321,987654321,987654321,ZZMARKLAST,1957-03-04,ZZATTEND,120.00,Y,Y',
  'CLM_DGNS_CD,CLM_VAL_SQNC_NUM,CLM_DGNS_PRCDR_ICD_IND,CLM_PROD_TYPE_CD,CLM_POA_IND,CLM_DT_SGNTR_SK,CLM_NUM_SK,GEO_BENE_SK,CLM_TYPE_CD,BENE_SK,CLM_PRCDR_CD',
  'M545,1,0,P,Y,987654321,1,987654321,71,987654321,',
  'ZZMARKLAST,2,0,D,Y,987654321,1,987654321,71,987654321,',
  'I10,1,0,P,Y,987654321,3,987654321,71,987654321,',
  'CLM_UNIQ_ID,CLM_NUM_SK,CLM_TYPE_CD,GEO_BENE_SK,CLM_DT_SGNTR_SK,CLM_LINE_FROM_DT,CLM_LINE_NUM,CLM_LINE_DGNS_CD,CLM_RNDRG_PRVDR_TAX_NUM,CLM_LINE_HCPCS_CD,CLM_RNDRG_PRVDR_NAME,CLM_LINE_SBMT_CHRG_AMT',
  'CONTROL-20,1,71,987654321,987654321,2022-01-10,1,M545,987654321,99213,ZZRENDER,120.00',
  '',
].join('\n');

/** The mapping the tenants of the test have given for {@link theirTable}. */
export const mapping = {
  columns: { id: 'Claim No', codes: ['Dx1', 'Dx2'], dateOfService: 'DOS', billed: 'Charge' },
};

const theirTable = [
  'Last,First,DOB,SSN,Phone,Address,Claim No,DOS,Dx1,Dx2,Charge,Note',
  'ZZMARKLAST,ZZMARKFIRST,03/04/1957,987654321,5557779911,"77 ZZSTREET LANE, ZZTOWN",CONTROL-8,01/10/2022,M54.5,I10,120.00,ZZNOTE',
  'ZZMARKLAST,ZZMARKFIRST,03/04/1957,987654321,5557779911,"77 ZZSTREET LANE, ZZTOWN",CONTROL-9,01/10/2022,M54.2,,80.00,"ZZNOTE ""x"""',
  '',
].join('\n');

const record = (id: string, more: object = {}): string =>
  JSON.stringify({ type: 'claim', id, codes: ['M54.5'], dateOfService: '2022-01-10', ...more });

const feeSheet = [
  '-- dumped by ZZMARKLAST on 5557779911',
  'INSERT INTO `patient_data` VALUES (1,"ZZMARKLAST","ZZMARKFIRST","1957-03-04","987654321");',
  "INSERT INTO `fee_sheet_options` (fs_category, fs_option, fs_codes) VALUES ('1Back','1Low back','ICD10|M54.5|~CPT4|99213|');",
  '',
].join('\n');

/** One file of each format. */
export const markedFiles: readonly MarkedFile[] = [
  {
    name: '837P',
    text: x12('005010X222A1', [
      ...professional('CONTROL-1', '1', 'M545'),
      ...professional('CONTROL-2', '1', 'M5450'),
      ...professional('CONTROL-2', '7', 'M542'),
      ...professional('CONTROL-1', '8', 'M545'),
    ]),
    accepted: 3,
  },
  { name: '837I', text: x12('005010X223A2', institutional), accepted: 1 },
  { name: 'FHIR Claim', text: JSON.stringify(fhirClaim('CONTROL-4')), accepted: 1 },
  { name: 'FHIR ExplanationOfBenefit', text: JSON.stringify(benefit, null, 1), accepted: 1 },
  { name: 'FHIR Bundle', text: JSON.stringify(bundle, null, 1), accepted: 1 },
  {
    name: 'FHIR NDJSON',
    text: [patient, fhirClaim('CONTROL-4'), benefit]
      .map((one) => `${JSON.stringify(one)}\n`)
      .join(''),
    accepted: 2,
  },
  { name: 'order set', text: JSON.stringify(orderSet), accepted: 1 },
  { name: 'RIF', text: rif, accepted: 1 },
  { name: 'IDR tables', text: idr, accepted: 1 },
  { name: 'mapped CSV', text: theirTable, accepted: 2 },
  {
    name: 'unmapped CSV',
    text: theirTable.replace('Claim No', 'Number'),
    accepted: 0,
  },
  {
    name: 'NDJSON',
    text: [
      record('CONTROL-10'),
      record('CONTROL-11', { patientName: 'ZZMARKLAST', ssn: '987654321' }),
      record('CONTROL-12', { codes: ['ZZMARKLAST'] }),
      record('CONTROL-13', { dateOfService: '03/04/1957' }),
      record('CONTROL-14', { 'ZZMARKLAST 1957-03-04': true }),
      record('CONTROL-15', { lines: [{ procedure: '99213', ZZMARKLAST: 1 }] }),
      '',
    ].join('\n'),
    accepted: 1,
  },
  {
    name: 'own CSV',
    text: [
      'type,id,codes,dateOfService,billed',
      'claim,CONTROL-16,M54.5,2022-01-10,120',
      'claim,CONTROL-17,ZZMARKLAST,2022-01-10,120',
      'claim,CONTROL-18,M54.5,03/04/1957,ZZNOTE',
      'claim,CONTROL-19,M54.5,2022-01-10,120,ZZMARKLAST',
      '',
    ].join('\n'),
    accepted: 1,
  },
  { name: 'fee sheet', text: feeSheet, accepted: 1 },
  {
    name: 'web page',
    text: '<html><body>ZZMARKLAST 987654321 1957-03-04</body></html>',
    accepted: 0,
  },
  { name: 'PDF', text: '%PDF-1.7\nZZMARKLAST 987654321', accepted: 0 },
  {
    name: 'letter',
    text: 'Dear ZZMARKLAST,\nborn 03/04/1957\nyour number is 987654321\n',
    accepted: 0,
  },
];

/** A way to break a text at a place. */
type Damage = (text: string, at: number) => string;

const lineAt = (text: string, at: number): readonly [number, number] => {
  const from = text.lastIndexOf('\n', at - 1) + 1;
  const to = text.indexOf('\n', at);
  return [from, to < 0 ? text.length : to + 1];
};

/**
 * What happens to files on their way. None moves a marker into a place that is kept: that a sender who writes a name where
 * the payer belongs has the payer stored is not to be helped.
 */
export const damages: Readonly<Record<string, Damage>> = {
  'cut off': (text, at) => text.slice(0, at),
  'beginning lost': (text, at) => text.slice(at),
  'a character lost': (text, at) => text.slice(0, at) + text.slice(at + 1),
  'some characters lost': (text, at) => text.slice(0, at) + text.slice(at + 7),
  'a line lost': (text, at) => {
    const [from, to] = lineAt(text, at);
    return text.slice(0, from) + text.slice(to);
  },
  'a line twice': (text, at) => {
    const [from, to] = lineAt(text, at);
    return text.slice(0, to) + text.slice(from);
  },
  'a line break too many': (text, at) => `${text.slice(0, at)}\n${text.slice(at)}`,
  'a quote too many': (text, at) => `${text.slice(0, at)}"${text.slice(at)}`,
  'a bracket too many': (text, at) => `${text.slice(0, at)}}${text.slice(at)}`,
  'a zero byte': (text, at) => `${text.slice(0, at)}\0${text.slice(at)}`,
  'garbage in it': (text, at) => `${text.slice(0, at)}\u00ff\u0001~*|,${text.slice(at)}`,
};
