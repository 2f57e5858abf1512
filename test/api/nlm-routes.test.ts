import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import { apiUnderTest, bodyOf } from './api-under-test.ts';
import { nlmApi } from './nlm-under-test.ts';

let app: Hono;
beforeAll(async () => {
  app = await nlmApi();
});

const path = '/api/icd10cm/v3/search';
const get = async (query: string, at = path) => app.request(`${at}?${query}`);
const text = async (query: string) => (await get(query)).text();
const found = async (query: string) => bodyOf(await get(query));
const codesOf = async (query: string) => (await found(query))[1];

describe('functions/api/nlm-routes.ts', () => {
  it('answers a bare array, byte for byte as NLM does', async () => {
    const response = await get('terms=tuberc&sf=code,name');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json\b/);
    expect(await response.text()).toBe(
      '[3,["A15.0","A15.6","A15.4"],null,[["A15.0","Tuberculosis of lung"],' +
        '["A15.6","Tuberculous pleurisy"],["A15.4","Tuberculosis of intrathoracic lymph nodes"]]]',
    );
  });

  it('answers no hits as NLM does, with and without extra fields', async () => {
    expect(await text('terms=zebra&sf=name')).toBe('[0,[],null,[]]');
    expect(await text('terms=zebra&sf=name&ef=code')).toBe('[0,[],null,[]]');
  });

  it('searches codes alone unless sf says otherwise', async () => {
    expect(await codesOf('terms=M54.5')).toEqual(['M54.50', 'M54.51', 'M54.59']);
    expect(await codesOf('terms=m545')).toEqual(['M54.50', 'M54.51', 'M54.59']);
    expect(await codesOf('terms=tuberc')).toEqual([]);
    expect(await codesOf('terms=M54.5&sf=name')).toEqual([]);
  });

  it('never lists a header', async () => {
    expect(await codesOf('terms=M54.5&sf=code,name&maxList=500')).not.toContain('M54.5');
    expect(await codesOf('terms=K50&sf=code,name')).toEqual(['K50.90']);
    expect(await codesOf('terms=dorsalgia&sf=name')).toEqual([]);
  });

  it('wants every word, each at least begun, in any order and whatever separates them', async () => {
    const low = ['M54.50', 'M54.51', 'M54.59'];
    for (const terms of [
      'low+back+pain',
      'pain+back+low',
      'LOW,back,PAIN',
      'pain;+ba',
      '+lo++pai+',
    ]) {
      expect((await codesOf(`terms=${terms}&sf=code,name`)).toSorted(), terms).toEqual(low);
    }
    expect(await codesOf('terms=ow+back&sf=code,name')).toEqual([]);
    expect(await codesOf('terms=low+back+zebra&sf=code,name')).toEqual([]);
    expect(await codesOf("terms=Crohn's&sf=name")).toEqual(['K50.90']);
    expect(await codesOf('terms=Sj%C3%B6gren&sf=name')).toEqual(['M35.01']);
  });

  it('takes words from code and title together when both are searched', async () => {
    expect(await codesOf('terms=M54+thoracic&sf=code,name')).toEqual(['M54.6']);
  });

  it('finds everything for blank terms and nothing for terms without a word', async () => {
    const [total, codes] = await found('terms=');
    expect(total).toBe(19);
    expect(codes).toEqual(['A15.0', 'A15.4', 'A15.6', 'K50.90', 'M35.01', 'M54.2', 'M54.50']);
    expect(await found('terms=+')).toEqual(await found('terms='));
    expect(await text('terms=--')).toBe('[0,[],null,[]]');
  });

  it.each([
    ['', 7],
    ['&maxList=', 12],
    ['&maxList=3', 3],
    ['&maxList=500', 12],
    ['&maxList=100000', 12],
    ['&maxList=0', 0],
    ['&count=5', 5],
    ['&count=5&maxList=500', 5],
    ['&count=5&offset=10', 2],
    ['&maxList=5&offset=10', 2],
    ['&offset=10', 2],
    ['&offset=12', 0],
    ['&offset=7000&count=500', 0],
  ])('answers as many items as asked for, and the total always: %s', async (page, length) => {
    const [total, codes, extra, rows] = await found(`terms=low&sf=name${page}`);
    expect(total).toBe(12);
    expect([codes, rows].map((list) => list.length)).toEqual([length, length]);
    expect(extra).toBeNull();
  });

  it('pages through all hits without leaving out or repeating one', async () => {
    const whole = await codesOf('terms=low&sf=name&maxList=');
    const pages: string[] = [];
    for (let offset = 0; offset < 12; offset += 5) {
      pages.push(...(await codesOf(`terms=low&sf=name&count=5&offset=${offset}`)));
    }
    expect(pages).toEqual(whole);
    expect(new Set(pages).size).toBe(12);
  });

  it('is right for a date of service', async () => {
    const rowsOn = async (date: string) =>
      (await found(`terms=low+back+pain&sf=code,name&date=${date}`))[3];
    expect(await rowsOn('2021-09-30')).toEqual([['M54.5', 'Low back pain']]);
    expect((await rowsOn('2021-10-01')).map(([code]: [string]) => code).toSorted()).toEqual([
      'M54.50',
      'M54.51',
      'M54.59',
    ]);
    expect(await rowsOn('2015-09-30')).toEqual([]);
  });

  it('shows and keys what df, cf and ef ask for', async () => {
    const query = 'terms=low+back+pain&sf=name&date=2021-09-30';
    expect(await found(`${query}&df=name&cf=name`)).toEqual([
      1,
      ['Low back pain'],
      null,
      [['Low back pain']],
    ]);
    expect(
      await found(`${query}&ef=effectiveFrom,effectiveTo:until,billable:ok,replacedBy,name:n`),
    ).toEqual([
      1,
      ['M54.5'],
      {
        effectiveFrom: ['2020-10-01'],
        until: ['2021-09-30'],
        ok: [true],
        replacedBy: [['M54.50', 'M54.51', 'M54.59']],
        n: ['Low back pain'],
      },
      [['M54.5', 'Low back pain']],
    ]);
    const [, , , rows] = await found(`${query}&df=code,effectiveTo,replacedBy,billable`);
    expect(rows).toEqual([['M54.5', '2021-09-30', 'M54.50, M54.51, M54.59', 'true']]);
  });

  it('says null, or shows nothing, where nothing is known to end', async () => {
    const query = 'terms=M54.6&df=effectiveTo,replacedBy&ef=effectiveTo,replacedBy';
    expect(await found(query)).toEqual([
      1,
      ['M54.6'],
      { effectiveTo: [null], replacedBy: [[]] },
      [['', '']],
    ]);
  });

  it('keeps every extra list as long as the list of codes, whatever an alias is called', async () => {
    const [, codes, extra] = await found('terms=low&sf=name&ef=code:__proto__,name:length');
    expect(Object.getOwnPropertyNames(extra)).toEqual(['__proto__', 'length']);
    expect(extra.length).toHaveLength(codes.length);
  });

  it('narrows by q, and counts and pages what is left', async () => {
    expect(await found('terms=low&sf=name&q=name:vertebrogenic')).toEqual([
      1,
      ['M54.51'],
      null,
      [['M54.51', 'Vertebrogenic low back pain']],
    ]);
    const [total, codes] = await found('terms=low&sf=name&q=code:S39*&count=4&offset=6');
    expect([total, codes.length]).toEqual([9, 3]);
    expect(await codesOf('terms=&q=code:A15* AND NOT name:lung')).toEqual(['A15.4', 'A15.6']);
    expect(await codesOf('terms=low&sf=name&q=+&count=500')).toHaveLength(12);
  });

  it('answers for ICD-10-PCS too', async () => {
    const response = await get('terms=bypass&sf=code,name', '/api/icd10pcs/v3/search');
    expect(await bodyOf(response)).toEqual([
      1,
      ['0016070'],
      null,
      [['0016070', 'Bypass of cerebral ventricle, open approach']],
    ]);
  });

  it('answers the suggestions its widget asks for: codes, rows, extra data', async () => {
    const [codes, rows, extra, ...more] = await found(
      'sf=code,name&field_val=vertebrogenik+low+bakc+pain&suggest=1',
    );
    expect(codes.toSorted()).toEqual(['M54.50', 'M54.51', 'M54.59']);
    expect(rows.map(([code]: [string]) => code)).toEqual(codes);
    expect([extra, more]).toEqual([null, []]);
    expect(await text('field_val=zzz&suggest=1')).toBe('[[],[],null]');
  });

  it('takes the token its widget may send along', async () => {
    expect(await codesOf('terms=M54.6&authenticity_token=abc')).toEqual(['M54.6']);
  });

  it.each([
    ['sf=name', /^terms: missing/],
    ['terms=a&max=1', /^max: not a parameter/],
    ['terms=a&terms=b', /^terms: given more than once/],
    [`terms=${'a'.repeat(257)}`, /^terms: /],
    ['terms=a&maxList=x', /^maxList: /],
    ['terms=a&maxList=-1', /^maxList: /],
    ['terms=a&count=501', /^count: /],
    ['terms=a&count=', /^count: /],
    ['terms=a&offset=1.5', /^offset: /],
    ['terms=a&offset=7494', /^offset: offset \+ count is at most 7500/],
    ['terms=a&offset=7500&count=1', /^offset: /],
    ['terms=a&sf=', /^sf: /],
    ['terms=a&sf=code,title', /^sf: .*code, name/],
    ['terms=a&sf=effectiveFrom', /^sf: /],
    ['terms=a&df=code,code', /^df: /],
    ['terms=a&df=short', /^df: /],
    ['terms=a&cf=billable', /^cf: /],
    ['terms=a&cf=code,name', /^cf: /],
    ['terms=a&ef=code:', /^ef: /],
    ['terms=a&ef=code:x,name:x', /^ef: /],
    ['terms=a&ef=code:a:b', /^ef: /],
    ['terms=a&date=2021-02-29', /^date: /],
    ['terms=a&q=chapter:1', /^q: no field chapter/],
    ['terms=&q=*itis', /^q: no terms are given/],
    ['terms=a&suggest=2', /^suggest: /],
    ['suggest=1', /^field_val: missing/],
    ['suggest=1&field_val=a&terms=b', /^terms: goes without suggest=1/],
    ['terms=b&field_val=a', /^field_val: goes with suggest=1/],
  ])('refuses what it does not know or cannot read, by name: %s', async (query, detail) => {
    const response = await get(query);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect((await bodyOf(response)).detail).toMatch(detail);
  });

  it('knows no other code system', async () => {
    expect((await get('terms=a', '/api/icd9cm/v3/search')).status).toBe(404);
  });

  it('lets pages of any origin read answers and errors', async () => {
    for (const query of ['terms=M54', 'nonsense=1']) {
      const response = await app.request(`${path}?${query}`, {
        headers: { origin: 'https://clinic.example' },
      });
      expect(response.headers.get('access-control-allow-origin'), query).toBe('*');
    }
  });

  it('is unavailable while there is no snapshot, and says when to come back', async () => {
    const { app: without } = await apiUnderTest();
    const response = await without.request(`${path}?terms=M54`);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
  });
});
