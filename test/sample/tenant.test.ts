// What the sample clinic stores: the shape intake takes, codes the sample knows, and the stories the alerts tell.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sampleMirrorFolder, sampleTenantFolder } from '../../infra/local/sample/sample.ts';
import { parseCalendarDate } from '../../shared/core/calendar-date.ts';
import { publishedProcedures, publishedReleases } from './published-releases.ts';
import { codeOf, rowsOf, textOf } from './published-text.ts';

const codes = z
  .array(
    z.strictObject({
      system: z.enum(['icd10cm', 'icd10pcs']),
      code: z.string().regex(/^(?:[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?|[0-9A-HJ-NP-Z]{7})$/),
    }),
  )
  .nonempty();
const date = z.string().refine((text) => parseCalendarDate(text) !== undefined);
const template = z.strictObject({
  type: z.literal('template'),
  id: z.string().min(1),
  name: z.string().min(1),
  kind: z.string().min(1),
  owner: z.string().min(1),
  codes,
});
const claim = z.strictObject({
  type: z.literal('claim'),
  id: z.string().regex(/^sample-\d{4}-\d{3}$/),
  kind: z.enum(['professional', 'institutional']),
  codes,
  dateOfService: date,
  dischargeDate: date.optional(),
  payer: z.enum(['medicare', 'medicaid', 'commercial']),
  billed: z.number().positive(),
});

const load = (name: string): unknown =>
  JSON.parse(readFileSync(join(sampleTenantFolder, name), 'utf8'));
const templates = z.array(template).parse(load('templates.json'));
const claims = z.array(claim).parse(load('claims.json'));

const governing = (each: (typeof claims)[number]): string =>
  each.dischargeDate ?? each.dateOfService;
const using = (code: string, from: string, to: string): number =>
  claims.filter(
    (each) =>
      each.codes.some((use) => use.code === code) &&
      governing(each) >= from &&
      governing(each) <= to,
  ).length;
const inTemplates = new Set(templates.flatMap((each) => each.codes.map((use) => use.code)));

/** Billable codes by effective date, without dot. */
const billable = new Map<string, Set<string>>();
beforeAll(async () => {
  for (const { effective, order } of publishedReleases) {
    const rows = rowsOf(await textOf(sampleMirrorFolder, order));
    billable.set(effective, new Set(rows.filter((row) => row.split(' ')[1] === '1').map(codeOf)));
  }
});

describe('infra/local/sample/tenant', () => {
  it('has about a dozen templates and 150 to 180 claims, each with its own id', () => {
    expect(templates).toHaveLength(12);
    expect(claims.length).toBeGreaterThanOrEqual(150);
    expect(claims.length).toBeLessThanOrEqual(180);
    const ids = [...templates, ...claims].map((each) => each.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('dates claims from June 2020 to March 2026, by discharge for stays', () => {
    const dates = claims.map(governing).sort();
    expect(dates[0]?.slice(0, 7)).toBe('2020-06');
    expect(dates.at(-1)?.slice(0, 7)).toBe('2026-03');
    const stays = claims.filter((each) => each.dischargeDate);
    expect(stays).toHaveLength(6);
    expect(stays.every((each) => (each.dischargeDate ?? '') > each.dateOfService)).toBe(true);
    const procedures = claims.filter((each) => each.codes.some((use) => use.system === 'icd10pcs'));
    expect(procedures).toEqual(stays);
  });

  it('uses only codes the sample lists', async () => {
    const known = new Set([...billable.values()].flatMap((own) => [...own]));
    for (const path of [publishedProcedures.april2024, publishedProcedures.october2024]) {
      for (const row of rowsOf(await textOf(sampleMirrorFolder, path))) known.add(codeOf(row));
    }
    const used = [...templates, ...claims].flatMap((each) => each.codes.map((use) => use.code));
    expect(used.filter((code) => !known.has(code.replace('.', '')))).toEqual([]);
  });

  it('has M54.5 and M51.36 in templates and in claims on both sides of the day they became categories', () => {
    const holding = (code: string): number =>
      templates.filter((each) => each.codes.some((use) => use.code === code)).length;
    expect(holding('M54.5')).toBe(4);
    expect(holding('M51.36')).toBe(5);
    expect(using('M54.5', '2020-06-01', '2021-09-30')).toBe(14);
    expect(using('M54.5', '2021-10-01', '2026-03-31')).toBe(7);
    expect(using('M51.36', '2020-06-01', '2024-09-30')).toBeGreaterThanOrEqual(8);
    expect(using('M51.36', '2024-10-01', '2026-03-31')).toBeGreaterThanOrEqual(5);
  });

  it('has codes that are billed out of habit and stand in no template', () => {
    for (const code of ['E88.81', 'R10.2', 'S30.1XXA', 'Z86.010']) {
      expect(inTemplates.has(code), code).toBe(false);
    }
    expect(using('E88.81', '2022-10-01', '2023-09-30')).toBe(5);
    expect(using('R10.2', '2024-10-01', '2025-09-30')).toBe(6);
  });

  it('has mostly claims whose codes are billable on their date, and some for each kind of loss', () => {
    const inForce = (each: string): Set<string> => {
      const release = publishedReleases.findLast(({ effective }) => effective <= each);
      return billable.get(release?.effective ?? '') ?? new Set();
    };
    const wrong = claims.flatMap((each) =>
      each.codes
        .filter(({ system }) => system === 'icd10cm')
        .filter(({ code }) => !inForce(governing(each)).has(code.replace('.', '')))
        // Listed for the first time in FY2021, in force from 1 April 2020 by the conversion table.
        .filter(({ code }) => code !== 'U07.1')
        .map(({ code }) => code),
    );
    expect(wrong.length / claims.length).toBeLessThan(0.3);
    expect(new Set(wrong)).toEqual(
      new Set([
        ...['M54.5', 'M51.36', 'M51.37', 'R51', 'N18.3', 'K21.0', 'R05', 'Z28.3', 'M35.8'],
        ...['E66.8', 'E88.81', 'R10.2', 'S30.1XXA', 'Z86.010', 'T81.32XA', 'G35', 'G93.3'],
      ]),
    );
  });

  it('says nothing about a patient', () => {
    const text = readFileSync(join(sampleTenantFolder, 'claims.json'), 'utf8');
    expect(text).not.toMatch(/patient|birth|gender|sex|member|subscriber|address|phone|mrn|ssn/i);
  });
});
