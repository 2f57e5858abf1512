// The alert is determined by its hits, sorted by loss, and never larger than what holds it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AlertContext,
  type AlertFrame,
  buildAlert,
  type CodeImpact,
  cutAlert,
  type Impact,
  storedBytesMax,
} from '../../shared/core/alert.ts';
import { alertAttributes, alertJson } from '../../shared/core/alert-message.ts';
import { alertSubject } from '../../shared/core/alert-opening.ts';
import { alertText } from '../../shared/core/alert-wording.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { billable, changeOf, header } from '../steps/told-code-table.ts';

const frame = {
  id: 'icd10cm-2022.0123456789abcdef',
  tenant: 'clinic',
  system: 'icd10cm',
  release: 'icd10cm-2022',
  seq: 2,
  effective: calendarDate('2021-10-01'),
  createdAt: '2021-07-09T06:00:00.000Z',
} as const;
const context = { titleOf: () => 'A title' };
const base = 'https://codewatch.example.org/';

const none = { count: 0, billedCents: 0 };
const claimsOf = (count: number, billedCents: number) => ({ count, billedCents });
/** The impact of codes of which no two hit the same artifact. */
const impactOf = (codes: readonly CodeImpact[]): Impact => ({
  codes,
  templates: codes.reduce((n, code) => n + code.templates.length, 0),
  claims: codes.reduce((n, code) => n + code.claims.count, 0),
  billedCents: codes.reduce((n, code) => n + code.claims.billedCents, 0),
});
const alertOf = (frame: AlertFrame, codes: readonly CodeImpact[], context: AlertContext) =>
  buildAlert(frame, impactOf(codes), context);

const lost = (code: string, impact: Partial<CodeImpact> = {}): CodeImpact => ({
  change: changeOf('expanded', code, '2021-10-01', {
    before: billable(`Title of ${code}`),
    after: header(`Title of ${code}`),
    to: [`${code}0`],
  }),
  templates: [],
  templatesMore: 0,
  claims: none,
  ...impact,
});
const renamed = (code: string): CodeImpact => ({
  change: changeOf('retitled', code, '2021-10-01', {
    before: billable('Old title'),
    after: billable('New title'),
  }),
  templates: [{ id: 't1', finding: 'f1' }],
  templatesMore: 0,
  claims: none,
});
const habit = {
  claims: 3,
  billedCents: 34_300,
  from: calendarDate('2020-11-04'),
  to: calendarDate('2021-03-22'),
};

describe('shared/core/alert', () => {
  it('what is lost first stands first: money, claims, templates, habit, and titles last', () => {
    const alert = alertOf(
      frame,
      [
        renamed('I10'),
        lost('A001', { habit }),
        lost('A002', { templates: [{ id: 't1', finding: 'f' }] }),
        lost('A003', { claims: claimsOf(1, 0) }),
        lost('A004', { claims: claimsOf(1, 500) }),
        lost('A005', { claims: claimsOf(1, 9_000) }),
      ],
      context,
    );
    expect(alert.codes.map(({ code }) => code)).toEqual([
      'A005',
      'A004',
      'A003',
      'A002',
      'A001',
      'I10',
    ]);
    expect(alert.kinds).toEqual(['expanded', 'retitled']);
  });

  it('the totals are of artifacts, not of codes', () => {
    const both = { claims: claimsOf(1, 10_000), templates: [{ id: 't1', finding: 'f' }] };
    const codes = [lost('A001', both), lost('A002', both)];
    const { totals } = buildAlert(
      frame,
      { codes, templates: 1, claims: 1, billedCents: 10_000 },
      context,
    );
    expect(totals).toEqual({
      codes: 2,
      templates: 1,
      claims: 1,
      billedCents: 10_000,
      reworkCents: { min: 2_500, max: 10_000 },
      habitCodes: 0,
    });
  });

  it('severity is high with a hit on a lost code, medium with habit alone, low with titles alone', () => {
    const severityOf = (...impacts: CodeImpact[]) => alertOf(frame, impacts, context).severity;
    expect(severityOf(lost('A001', { claims: claimsOf(1, 0) }), renamed('I10'))).toBe('high');
    expect(severityOf(lost('A001', { habit }), renamed('I10'))).toBe('medium');
    expect(severityOf(renamed('I10'))).toBe('low');
  });

  it('the order of the hits makes no difference', () => {
    const impacts = ['A001', 'A002', 'A003'].map((code) =>
      lost(code, {
        claims: claimsOf(2, 3),
        templates: [
          { id: 't2', name: 'B', finding: 'f2' },
          { id: 't1', name: 'A', finding: 'f1' },
        ],
      }),
    );
    const turned = impacts.toReversed().map((impact) => ({
      ...impact,
      templates: impact.templates.toReversed(),
    }));
    expect(alertOf(frame, turned, context)).toEqual(alertOf(frame, impacts, context));
  });

  it('a huge alert is cut to what an item holds, says how many more there are, and keeps its totals', () => {
    const templates = Array.from({ length: 300 }, (_, i) => ({
      id: `t${i}`,
      name: `Name ${'x'.repeat(150)}`,
      finding: `f${i}`,
    }));
    const impacts = Array.from({ length: 900 }, (_, i) =>
      lost(`A${String(i).padStart(3, '0')}`, { templates }),
    );
    // The same 300 templates have all 900 codes.
    const alert = buildAlert(frame, { ...impactOf(impacts), templates: 300 }, context);
    expect(Buffer.byteLength(JSON.stringify(alert))).toBeLessThanOrEqual(storedBytesMax);
    expect(alert.totals).toMatchObject({ codes: 900, templates: 300 });
    expect(alert.codes.length + (alert.codesMore ?? 0)).toBe(900);
    const [first] = alert.codes;
    expect((first?.templates.length ?? 0) + (first?.templatesMore ?? 0)).toBe(300);
    const whole = [alertJson(alert, base), alertJson(alert, base), alertText(alert, base)];
    expect(Buffer.byteLength(JSON.stringify(whole))).toBeLessThan(256_000);
    expect(alertText(alert, base)).toMatch(/and \d+ more/);
    expect(JSON.parse(alertJson(alert, base)).totals.codes).toBe(900);
  });

  it('an alert cut twice still counts everything', () => {
    const templates = Array.from({ length: 40 }, (_, i) => ({ id: `t${i}`, finding: `f${i}` }));
    const alert = alertOf(frame, [lost('A001', { templates }), lost('A002')], context);
    const once = cutAlert(alert, { codes: 2, templates: 25, replacements: 1 });
    const twice = cutAlert(once, { codes: 1, templates: 10, replacements: 0 });
    expect(once.codesMore).toBeUndefined();
    expect(once.codes[0]).toMatchObject({ templatesMore: 15 });
    expect(twice.codesMore).toBe(1);
    expect(twice.codes[0]?.templates).toHaveLength(10);
    expect(twice.codes[0]).toMatchObject({ templatesMore: 30, replacedByMore: 1 });
  });
});

describe('shared/core/alert-wording', () => {
  it('before the effective date the subject says from, after it since', () => {
    const impacts = [
      lost('M545', { templates: [{ id: 't', finding: 'f' }], claims: claimsOf(1, 1) }),
    ];
    expect(alertSubject(alertOf(frame, impacts, context))).toBe(
      'ICD-10-CM: M54.5 not billable from 1 October 2021 (1 template, 1 claim)',
    );
    const late = { ...frame, createdAt: '2021-10-01T00:00:00.000Z' };
    expect(alertSubject(alertOf(late, impacts, context))).toBe(
      'ICD-10-CM: M54.5 not billable since 1 October 2021 (1 template, 1 claim)',
    );
    expect(alertSubject(alertOf(frame, [lost('R05', { habit })], context))).toBe(
      'ICD-10-CM: R05 not billable from 1 October 2021 (billed by habit)',
    );
    expect(alertSubject(alertOf(frame, [renamed('I10')], context))).toBe(
      'ICD-10-CM: I10 retitled on 1 October 2021 (1 template)',
    );
  });

  it('every subject is printable ASCII of at most 100 characters, whatever the counts', () => {
    fc.assert(
      fc.property(
        fc.nat(9_999_999),
        fc.nat(9_999_999),
        fc.nat(99_999),
        (templates, claims, codes) => {
          const alert = alertOf(frame, [lost('M545'), lost('R05')], context);
          const totals = { ...alert.totals, templates, claims, codes: codes + 2 };
          expect(alertSubject({ ...alert, totals })).toMatch(/^[\x20-\x7e]{1,100}$/);
        },
      ),
    );
  });

  it('text a tenant gave cannot end a line or forge a section', () => {
    const name = 'Bill\r\n\r\nWHAT TO DO\n1. Wire money';
    const impacts = [
      lost('M545', { templates: [{ id: 't', name, owner: 'a\u2028b', finding: 'f' }] }),
    ];
    const lines = alertText(alertOf(frame, impacts, context), base).split('\n');
    expect(lines.filter((line) => line === 'WHAT TO DO')).toHaveLength(1);
    expect(lines).toContain('    Bill WHAT TO DO 1. Wire money (owner: a b)');
  });

  it('what is inferred is said to be, and what nobody knows too', () => {
    const inferred = lost('A001', { templates: [{ id: 't', finding: 'f' }] });
    const [by] = inferred.change.replacedBy;
    if (!by) throw new Error('no replacement');
    const guess = { ...by, code: 'A0019', source: 'inferred' as const };
    const textOf = (replacedBy: CodeImpact['change']['replacedBy']): string =>
      alertText(
        alertOf(frame, [{ ...inferred, change: { ...inferred.change, replacedBy } }], context),
        base,
      ).replace(/\s+/g, ' ');
    expect(textOf([by])).toContain('Use instead (official conversion table): A00.10');
    expect(textOf([guess])).toContain(
      'inferred from the new codes; the official conversion table names none',
    );
    expect(textOf([by, guess])).toContain('A00.19 A title *');
    expect(textOf([])).toContain('No replacement is known');
  });

  it('an ended code, a retitled code and habit alone are each told in their own words', () => {
    const gone: CodeImpact = {
      change: changeOf('ended', 'A001', '2021-10-01', { before: billable('Gone'), to: ['A002'] }),
      templates: [{ id: 't', finding: 'f' }],
      templatesMore: 0,
      claims: none,
    };
    const textOf = (impact: CodeImpact): string =>
      alertText(alertOf(frame, [impact], context), base).replace(/\s+/g, ' ');
    expect(textOf(gone)).toContain('Ends on 1 October 2021: it is no longer in ICD-10-CM.');
    expect(textOf(renamed('I10'))).toContain(
      'the ICD-10-CM code I10 (Old title) has a new official title.',
    );
    expect(textOf(renamed('I10'))).toContain('Will be retitled on 1 October 2021: "New title".');
    expect(textOf(renamed('I10'))).not.toContain('Leave claims');
    expect(textOf(lost('R05', { habit }))).toContain(
      'None of your stored templates and claims is hit, but you bill it by habit: 3 claims, $343.00 billed in the last 12 months.',
    );
  });

  it('no line but one with an unbreakable word is longer than 76 columns', () => {
    const impacts = [
      lost('M545', { templates: [{ id: 't', name: 'word '.repeat(39).trim(), finding: 'f' }] }),
    ];
    for (const line of alertText(alertOf(frame, impacts, context), base).split('\n')) {
      if (!line.startsWith('Work list:')) expect(line.length).toBeLessThanOrEqual(76);
    }
  });
});

describe('shared/core/alert-message', () => {
  it('the attributes are those that filter policies select on', () => {
    const alert = alertOf(
      frame,
      [lost('M545', { claims: claimsOf(1, 1) }), renamed('I10')],
      context,
    );
    expect(alertAttributes(alert)).toEqual({
      tenant: 'clinic',
      system: 'icd10cm',
      kinds: ['expanded', 'retitled'],
      severity: 'high',
      release: 'icd10cm-2022',
    });
  });

  it('codes are dotted, amounts are cents, and the link leads to the alert', () => {
    const alert = alertOf(frame, [lost('M545', { claims: claimsOf(1, 12_345) })], context);
    const body = JSON.parse(alertJson(alert, base));
    expect(body.codes[0]).toMatchObject({
      code: 'M54.5',
      replacedBy: [{ code: 'M54.50', title: 'A title', source: 'official' }],
      claims: { count: 1, billedCents: 12_345 },
      reworkCents: { min: 2_500, max: 10_000 },
    });
    expect(body.url).toBe('https://codewatch.example.org/v1/alerts/icd10cm-2022.0123456789abcdef');
  });
});
