// HCPCS codes of lines, scrubbed on the dates of their lines, from releases as they are taken in.
import { describe, expect, test } from 'vitest';
import { parseArtifact } from '../../shared/claims/parse-artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { scrubSubjects } from '../../shared/operations/scrub-claim.ts';
import { subjectOf } from '../../shared/scrub/subject-of.ts';
import { hcpcsReleases } from '../support/hcpcs-releases.ts';
import { openTestReference } from '../support/test-reference.ts';

const reference = await openTestReference(hcpcsReleases);
const withoutHcpcs = await openTestReference(hcpcsReleases.slice(0, 1));

type Line = { readonly procedure: string; readonly dateOfService?: string };

async function found(lines: readonly Line[], more: object = {}, of = reference) {
  const body = { codes: ['M54.2'], setting: 'outpatient', lines, ...more };
  const { artifact } = parseArtifact(body, 'claim', 'c');
  if (!artifact) throw new Error('refused');
  const [items = []] = await scrubSubjects(of, [subjectOf(artifact)]);
  return items.filter(({ rule }) => rule.startsWith('code-'));
}

describe('HCPCS codes, scrubbed', () => {
  test('a code is right on its last day, and from the next on told with what takes its place', async () => {
    expect(await found([{ procedure: 'Q5102', dateOfService: '2018-03-31' }])).toEqual([]);
    expect(await found([{ procedure: 'q5102', dateOfService: '2018-04-01' }])).toEqual([
      {
        rule: 'code-ended',
        severity: 'error',
        code: 'Q5102',
        message:
          'Q5102 (Injection, infliximab, biosimilar, 10 mg) was deleted on 2018-04-01 and may not be used on 2018-04-01.',
        remedy:
          'Use Q5103 (Injection, infliximab-dyyb, biosimilar, (inflectra), 10 mg) or Q5104 (Injection, infliximab-abda, biosimilar, (renflexis), 10 mg), whichever the record supports.',
        source: 'HCPCS Level II release effective 2018-04-01 (CMS)',
        replacedBy: ['Q5103', 'Q5104'].map((code) => ({
          ...{ code, source: 'official', effective: '2018-04-01' },
        })),
      },
    ]);
  });

  test('each line has its own date, and else the claim’s', async () => {
    const lines = [
      { procedure: 'Q5102', dateOfService: '2018-03-30' },
      { procedure: 'Q5102', dateOfService: '2018-04-02' },
    ];
    expect((await found(lines)).map(({ rule, line }) => [rule, line])).toEqual([['code-ended', 2]]);
    const undated = await found([{ procedure: 'Q5102' }], { dateOfService: '2018-04-02' });
    expect(undated.map(({ rule, line }) => [rule, line])).toEqual([['code-ended', undefined]]);
  });

  test('a code before its first day is told', async () => {
    const [item, ...more] = await found([{ procedure: 'Q5103', dateOfService: '2018-03-31' }]);
    expect(more).toEqual([]);
    expect(item).toMatchObject({
      rule: 'code-future',
      remedy:
        'For this date use what it took over from: Q5102 (Injection, infliximab, biosimilar, 10 mg). The date of service decides, not the day of billing.',
    });
  });

  test('a code in no release is a warning: the file that has it may not be here yet', async () => {
    const [item, ...more] = await found([{ procedure: 'Q5199', dateOfService: '2018-04-01' }]);
    expect(more).toEqual([]);
    expect(item).toMatchObject({
      ...{ rule: 'code-unknown', severity: 'warning', code: 'Q5199' },
      message: 'Q5199 is no HCPCS Level II code: it is in no release.',
      remedy:
        'Look it up in the HCPCS file of the quarter: a code that is new in it is known here once it is taken in.',
    });
  });

  test('CPT codes, dates before the oldest file and installations without HCPCS say nothing', async () => {
    const dateOfService = '2018-04-01';
    expect(await found([{ procedure: '99213', dateOfService }])).toEqual([]);
    expect(await found([{ procedure: '0213T', dateOfService }])).toEqual([]);
    expect(await found([{ procedure: 'Q5199', dateOfService: '2017-12-31' }])).toEqual([]);
    expect(await found([{ procedure: 'Q5199', dateOfService }], {}, withoutHcpcs)).toEqual([]);
  });

  test('lines of inpatient claims say nothing: rate codes may look like HCPCS codes', async () => {
    const inpatient = { setting: 'inpatient', dischargeDate: '2018-04-03' };
    expect(await found([{ procedure: 'B0110' }], inpatient)).toEqual([]);
  });

  test('a diagnosis that is an HCPCS code is called one, and the other way round', async () => {
    const diagnosis = await found([], { codes: ['A9585'], dateOfService: '2018-04-01' });
    expect(diagnosis.map(({ remedy }) => remedy)).toEqual([
      'A9585 is an HCPCS Level II code: report it on a line, and the diagnosis from the record here.',
    ]);
    const isListed = await found([], {
      codes: ['M54.2', { system: 'hcpcs', code: 'Q5102' }],
      dateOfService: '2018-04-01',
    });
    expect(isListed.map(({ rule, code }) => [rule, code])).toEqual([['code-ended', 'Q5102']]);
  });

  test('a template is checked for the day it is asked for', async () => {
    const body = { codes: ['M54.2', { system: 'hcpcs', code: 'Q5102' }] };
    const { artifact } = parseArtifact(body, 'template', 't');
    if (!artifact) throw new Error('refused');
    const on = async (date?: string) => {
      const subject = subjectOf(artifact, date === undefined ? undefined : calendarDate(date));
      const [items = []] = await scrubSubjects(reference, [subject]);
      return items.map(({ rule, code }) => [rule, code]);
    };
    expect(await on('2018-03-31')).toEqual([]);
    expect(await on('2018-04-01')).toEqual([['code-ended', 'Q5102']]);
    expect(await on()).toEqual([['not-checked', undefined]]);
  });
});
