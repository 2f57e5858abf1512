import { beforeAll, describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import {
  type CoverageRequest,
  checkCoverage,
  checkCoverages,
  coverageItemsMax,
} from '../../shared/operations/check-coverage.ts';
import { policyReference } from './policy-reference.ts';

type Ports = Awaited<ReturnType<typeof policyReference>>;

/** `62323 M54.2 CT 2025-09-01`; state and date may be `-`, a payer may follow, and its plan with `_` for a blank. */
function questionOf(text: string): CoverageRequest {
  const [procedure = '', diagnosis = '', state = '-', date = '-', payer, plan] = text.split(' ');
  return {
    procedure,
    diagnosis,
    ...(state !== '-' && { state }),
    ...(date !== '-' && { date: calendarDate(date) }),
    ...(payer !== undefined && { payer }),
    ...(plan !== undefined && { plan: plan.replaceAll('_', ' ') }),
  };
}

describe.each(['table', 'snapshot'] as const)(
  'shared/operations/check-coverage.ts from the %s',
  (from) => {
    let ports: Ports;
    beforeAll(async () => {
      ports = await policyReference(from);
    });

    /** The answer, then each reason as document, version, cause and reach. */
    const said = async (text: string): Promise<string[]> => {
      const { answer, policies } = await checkCoverage(ports, questionOf(text));
      return [
        answer,
        ...policies.map(({ id, version, cause, reach }) => `${id} v${version} ${cause} ${reach}`),
      ];
    };

    test.each([
      [
        'listed for the procedure',
        '62323 M54.2 CT 2025-09-01',
        'covered',
        'A57791 v11 listed whole',
      ],
      ['the only one covered', 'A9585 M54.2 TX 2025-09-01', 'covered', 'A56000 v1 listed whole'],
      [
        'listed as not covered',
        '62323 I10 ME 2025-09-01',
        'not-covered',
        'A58745 v20 listed whole',
      ],
      [
        'a procedure that is not covered at all',
        '62320 M54.2 ME 2025-09-01',
        'not-covered',
        'A58745 v20 procedure-non-covered whole',
      ],
      [
        'everything else',
        'A9585 M54.9 - 2025-09-01',
        'not-covered',
        'A56000 v1 everything-else whole',
      ],
      ['an asterisk', '64483 M54.50 NF 2025-10-01', 'conditional', 'A58403 v29 asterisk whole'],
      [
        'a document for a part of the state',
        '64483 M54.2 CA 2025-10-01',
        'conditional',
        'A58403 v29 listed part',
      ],
      [
        'a requirement',
        '62323 M54.9 - 2025-09-01 acme',
        'conditional',
        'SPINE-12 v1 requires whole',
      ],
      [
        'prior authorisation',
        '62323 I10 - 2025-09-01 acme',
        'conditional',
        'SPINE-12 v1 prior-authorization whole',
      ],
      [
        'a document that lists no diagnoses',
        '64490 M54.2 CT 2025-09-01',
        'conditional',
        'L36920 v1 no-diagnoses whole',
      ],
      [
        'not among those listed',
        '62323 M54.51 CT 2025-09-01',
        'not-listed',
        'A57791 v11 not-listed whole',
      ],
      [
        'within a range of the plan’s rules',
        '62323 M54.51 - 2025-09-01 acme gold_ppo',
        'covered',
        'SPINE-12 v1 listed whole',
      ],
      [
        'a document for one plan, and none named',
        '62323 M54.51 - 2025-09-01 acme',
        'conditional',
        'SPINE-12 v1 listed whole',
      ],
    ])('%s: %s is %s', async (_, question, answer, reason) => {
      expect(await said(question)).toEqual([answer, reason]);
    });

    test.each([
      ['no document names the procedure', '99213 M54.2 CT 2025-09-01'],
      ['none reaches into the state', '62323 M54.2 TX 2025-09-01'],
      ['none has begun', '62323 M54.2 CT 2024-12-31'],
      ['they are all of another payer', '64483 M54.2 NF 2025-10-01 acme'],
      ['they are all for another plan', '62323 M54.51 - 2025-09-01 acme Silver_PPO'],
    ])('no policy when %s', async (_, question) => {
      expect(await said(question)).toEqual(['no-policy']);
    });

    test('no policy before the first version known of a document is told from when it is known', async () => {
      const first = async (text: string) =>
        (await checkCoverage(ports, questionOf(text))).knownFrom;
      // A57791 is known from its version 11 on, A58745 from its version 20.
      expect(await first('62323 M54.2 CT 2024-12-31')).toBe('2025-01-01');
      expect(await first('62323 M54.2 ME 2022-04-01')).toBe('2025-01-01');
      expect(await first('62323 M54.2 CT 2025-01-01')).toBe(null);
      // L36920 begins with its version 1, nobody speaks for Texas, A50000 has ended.
      expect(await first('64490 M54.2 CT 2024-12-31')).toBe(null);
      expect(await first('62323 M54.2 TX 2024-12-31')).toBe(null);
      expect(await first('64999 M54.9 CT 2026-01-15')).toBe(null);
      const batch = ['62323 M54.2 CT 2024-12-31', '62323 M54.2 TX 2024-12-31'].map(questionOf);
      expect((await checkCoverages(ports, batch)).map(({ knownFrom }) => knownFrom)).toEqual([
        ...['2025-01-01', null],
      ]);
    });

    test('without a state every contractor speaks, and where they disagree it is conditional', async () => {
      expect(await said('62323 M54.9 - 2025-09-01')).toEqual([
        'conditional',
        'A57791 v11 not-listed unknown',
        'A58745 v20 listed unknown',
      ]);
    });

    test('a version counts from its first day, and hides nothing before', async () => {
      expect(await said('62323 M54.18 ME 2026-03-31')).toEqual([
        'not-listed',
        'A58745 v20 not-listed whole',
      ]);
      expect(await said('62323 M54.18 ME 2026-04-01')).toEqual([
        'covered',
        'A58745 v21 listed whole',
      ]);
    });

    test('a version seen late restates from its first day on', async () => {
      expect(await said('64483 M54.50 NF 2025-09-30')).toEqual([
        'covered',
        'A58403 v28 listed whole',
      ]);
      const { policies } = await checkCoverage(ports, questionOf('64483 M54.50 NF 2025-10-01'));
      expect(policies).toEqual([
        {
          ...{
            source: 'mcd',
            id: 'A58403',
            version: '29',
            title: 'Billing and Coding: Injections',
          },
          url: 'https://example.org/A1',
          ...{ published: '2025-12-20', effective: '2025-10-01', firstSeen: '2026-01-15' },
          ...{ answer: 'conditional', cause: 'asterisk', list: 'covered', group: '1' },
          ...{ mapping: 'prose', footnote: 'M54.50* needs a second diagnosis.', reach: 'whole' },
        },
      ]);
    });

    test('a document that is gone counts to the day before it was missed', async () => {
      expect(await said('64999 M54.9 CT 2026-01-14')).toEqual([
        'covered',
        'A50000 v1 listed whole',
      ]);
      expect(await said('64999 M54.9 CT 2026-01-15')).toEqual(['no-policy']);
    });

    test('a code that cannot be billed any more is told, whatever is listed', async () => {
      const asked = await checkCoverage(ports, questionOf('62323 m545 ct 2025-09-01'));
      expect(asked).toMatchObject({ answer: 'covered', diagnosisStatus: 'header' });
      const unknown = await checkCoverage(ports, questionOf('62323 M54.18 ME 2026-04-01'));
      expect(unknown).toMatchObject({ answer: 'covered', diagnosisStatus: 'unknown' });
    });

    test('says what it understood: Medicare, and today', async () => {
      expect(await checkCoverage(ports, { procedure: ' a9585 ', diagnosis: 'm542' })).toMatchObject(
        {
          procedure: 'A9585',
          diagnosis: 'M54.2',
          diagnosisStatus: 'billable',
          payer: 'medicare',
          state: null,
          plan: null,
          date: '2026-02-01',
          answer: 'covered',
        },
      );
    });

    test('a batch is answered in order, each question on its own', async () => {
      const asked = ['62323 M54.2 CT 2025-09-01', '99213 I10 - -', '62323 I10 - 2025-09-01 acme'];
      const answers = await checkCoverages(ports, asked.map(questionOf));
      expect(answers.map(({ answer, payer, date }) => [answer, payer, date])).toEqual([
        ['covered', 'medicare', '2025-09-01'],
        ['no-policy', 'medicare', '2026-02-01'],
        ['conditional', 'acme', '2025-09-01'],
      ]);
      expect(await checkCoverages(ports, [])).toEqual([]);
    });
  },
);

describe('shared/operations/check-coverage.ts', () => {
  const good = '62323 M54.2 CT 2025-09-01';

  test.each([
    ['6232 M54.2 CT', 'procedure: '],
    ['K35.80 M54.2 CT', 'procedure: '],
    ['62323 54.2 CT', 'diagnosis: '],
    ['62323 M54.2.1 CT', 'diagnosis: '],
    ['62323 M54.2 XX', 'state: '],
    ['62323 M54.2 California', 'state: '],
    ['62323 M54.2 CT 2025-09-01 acme --', 'plan: no letter and no digit'],
    [
      '62323 M54.2 CT 2025-09-01 aetna',
      'payer: none is configured by that id; only medicare and acme are',
    ],
  ])('%s is refused, the field named', async (text, named) => {
    const ports = await policyReference('table');
    const message = expect.stringMatching(new RegExp(`^${named}`));
    const refusal = { code: 'invalid-request', message };
    await expect(checkCoverage(ports, questionOf(text))).rejects.toMatchObject(refusal);
    const placed = { ...refusal, message: expect.stringContaining(`items[1].${named}`) };
    const batch = [good, text].map(questionOf);
    await expect(checkCoverages(ports, batch)).rejects.toMatchObject(placed);
    const alone = { ...refusal, message: expect.stringContaining(`items[0].${named}`) };
    await expect(checkCoverages(ports, [questionOf(text)])).rejects.toMatchObject(alone);
  });

  test.each([
    [['medicare'], 'payer: none is configured by that id; only medicare is'],
    [
      ['medicare', 'acme', 'zeta'],
      'payer: none is configured by that id; only medicare, acme and zeta are',
    ],
    [[], 'payer: none is configured by that id'],
  ])('with %j configured, an unknown payer is told so', async (ids, message) => {
    const payers = ids.map((id) => ({ id, title: id, names: [], claimFiling: [] }));
    const ports = { ...(await policyReference('table')), payers };
    const asked = checkCoverage(ports, questionOf(`${good} aetna`));
    await expect(asked).rejects.toMatchObject({ code: 'invalid-request', message });
  });

  test('a thousand questions read a document once; one more is refused', async () => {
    const ports = await policyReference('table');
    let reads = 0;
    const counted = {
      ...ports.policies,
      versions(ref: Parameters<typeof ports.policies.versions>[0]) {
        reads += 1;
        return ports.policies.versions(ref);
      },
    };
    const many = Array.from({ length: coverageItemsMax }, () => questionOf(good));
    await checkCoverages({ ...ports, policies: counted }, many);
    // Those that name 62323: two articles, an LCD, another payer's rules.
    expect(reads).toBe(4);
    await expect(checkCoverages(ports, [...many, questionOf(good)])).rejects.toMatchObject({
      code: 'too-large',
      message: 'items: 1001 given, at most 1000 in one batch; send several',
    });
  });
});
