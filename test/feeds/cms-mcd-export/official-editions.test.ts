// The two editions of the real export, every document in full: codes against what another reader made of the same articles,
// everything else against CMS's tables as read by hand.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../../../shared/core/policy.ts';
import { haveOfficialFiles, mirrorFolder, officialFiles } from '../../support/official-files.ts';
import { findingsOf, readExports } from './read-export.ts';

const exportsFolder = 'downloads.cms.gov/medicare-coverage-database/downloads/exports';
const paths = {
  '2025-08-17': resolve(officialFiles, 'policy/editions/2025-08/current_article.zip'),
  '2026-09-06': resolve(mirrorFolder, exportsFolder, 'current_article.zip'),
};
type Day = keyof typeof paths;

/** An article as another reader has it: codes with dots. */
type Shard = {
  readonly version: string;
  readonly title: string;
  readonly displayId: string;
  readonly states: readonly string[];
  readonly contractors: readonly string[];
  readonly codes: Readonly<Record<string, readonly string[]>>;
  readonly covered: Readonly<Record<string, readonly string[]>>;
  readonly noncovered: Readonly<Record<string, readonly string[]>>;
  readonly asterisked: readonly string[];
};

const shardOf = (id: string): Shard => {
  const name = id === 'A57206' ? '57206.excerpt.json' : `${id.slice(1)}.json`;
  const text = readFileSync(resolve(officialFiles, 'policy/mcd-article-shards', name), 'utf8');
  const [shard] = JSON.parse(text) as readonly Shard[];
  if (!shard) throw new Error(`${name} is empty`);
  return shard;
};

const undotted = (codes: readonly string[]): readonly string[] =>
  codes.map((code) => code.replace('.', '')).sort();

const epidural = ['62321', '62323', '64479', '64480', '64483', '64484'];
const facet = ['64490', '64491', '64493', '64494', '64633', '64634', '64635', '64636'];
const imaging = ['72148', '72149', '72158', 'A9585', 'Q9953'];
const stimulators = ['63650', '63655', '63663', '63664', '63685'];
const esi = 'Billing and Coding: Epidural Steroid Injections for Pain Management';
const facets = 'Billing and Coding: Facet Joint Interventions for Pain Management';

/** By article: versions with published and effective dates, how groups are mapped, and what 2025 listed otherwise. */
const expected = {
  A56681: {
    title: esi,
    dates: {
      '2025-08-17': ['34', '2023-11-09', '2023-11-16'],
      '2026-09-06': ['34', '2023-11-09', '2023-11-16'],
    },
    covered: { group: '1', mapping: 'prose', procedures: epidural },
    in2025: { more: [], fewer: [] },
  },
  A57206: {
    title: 'Billing and Coding: Lumbar MRI',
    dates: {
      '2025-08-17': ['26', '2024-09-25', '2024-10-01'],
      '2026-09-06': ['33', '2026-07-02', '2026-10-01'],
    },
    covered: { group: '2', mapping: 'only-group', procedures: imaging },
    in2025: { more: [], fewer: [] },
  },
  A57791: {
    title: 'Billing and Coding: Spinal Cord Stimulators for Chronic Pain',
    dates: {
      '2025-08-17': ['11', '2023-12-19', '2024-01-01'],
      '2026-09-06': ['12', '2026-01-08', '2026-01-01'],
    },
    covered: { group: '1', mapping: 'only-group', procedures: stimulators },
    in2025: { more: ['M545'], fewer: [] },
  },
  A58364: {
    title: facets,
    dates: {
      '2025-08-17': ['32', '2025-01-14', '2025-01-01'],
      '2026-09-06': ['42', '2026-08-06', '2026-10-01'],
    },
    covered: { group: '1', mapping: 'prose', procedures: facet },
    in2025: { more: [], fewer: ['M5386', 'M5387'] },
  },
  A58403: {
    title: facets,
    dates: {
      '2025-08-17': ['24', '2024-12-20', '2025-01-01'],
      '2026-09-06': ['29', '2026-08-13', '2026-10-01'],
    },
    covered: { group: '1', mapping: 'prose', procedures: facet },
    in2025: { more: [], fewer: ['M5386', 'M5387'] },
  },
  A58745: {
    title: esi,
    dates: {
      '2025-08-17': ['20', '2025-03-14', '2023-11-23'],
      '2026-09-06': ['21', '2026-05-14', '2026-04-01'],
    },
    covered: { group: '1', mapping: 'prose', procedures: epidural },
    in2025: { more: [], fewer: ['M5418'] },
  },
} as const;
type Id = keyof typeof expected;
const ids = Object.keys(expected) as Id[];

/** What the list of an edition is, by the other reader's list of 2026. */
const listedIn = (day: Day, id: Id, codes: readonly string[]): readonly string[] => {
  const { more, fewer } = expected[id].in2025;
  const in2026 = undotted(codes);
  if (day === '2026-09-06') return in2026;
  const without: readonly string[] = fewer;
  return [...in2026.filter((code) => !without.includes(code)), ...more].sort();
};

describe.skipIf(!haveOfficialFiles)('shared/feeds/cms-mcd-export/feed.ts', () => {
  const days = Object.keys(paths) as Day[];
  const reading = async (day: Day) => readExports(readFileSync(paths[day]));
  const documentOf = async (day: Day, id: string): Promise<PolicyDocument> => {
    const found = (await reading(day)).documents.find((document) => document.id === id);
    if (!found) throw new Error(`${id} is not in the edition of ${day}`);
    return found;
  };

  it.each(days)('reads the edition of %s whole: its day, six articles, no LCD', async (day) => {
    const { published, complete, completeKinds, withheld, documents, findings } =
      await reading(day);
    expect(published).toBe(day);
    expect([complete, completeKinds, withheld]).toEqual([true, ['article'], []]);
    expect(documents.map(({ id }) => id)).toEqual(ids);
    expect(findingsOf({ findings }, 'error')).toEqual([]);
    // The mirror holds no table of retirements, of primary jurisdictions and of related documents.
    expect(findingsOf({ findings }, 'warning')).toEqual(['mcd-table-missing']);
  });

  it('counts every row of the tables it reads', async () => {
    const { findings } = await reading('2026-09-06');
    const [rows] = findings.filter(({ code }) => code === 'mcd-rows');
    // wc -l of the thirteen tables, less their headers.
    expect(rows?.message).toContain('13 tables with 632 rows: 632 kept, 0 rejected');
  });

  describe.each(days)('edition of %s', (day) => {
    it.each(ids)('has the version, dates, page and states of %s', async (id) => {
      const document = await documentOf(day, id);
      const shard = shardOf(id);
      const [version, published, effective] = expected[id].dates[day];
      expect(document).toMatchObject({ source: 'mcd', kind: 'article', payer: 'medicare' });
      expect(document).toMatchObject({ version, published, effective, title: expected[id].title });
      expect(document).not.toHaveProperty('ends');
      expect(document.url).toBe(
        `https://www.cms.gov/medicare-coverage-database/view/article.aspx?articleid=${id.slice(1)}&ver=${version}`,
      );
      expect(document.jurisdictions).toEqual([
        { contractor: shard.contractors[0], states: shard.states },
      ]);
      expect(document.revisions).toEqual([
        // The older edition explains no revision.
        {
          number: '1',
          date: effective,
          text: day === '2026-09-06' ? `Revision Effective: ${effective}` : '',
        },
      ]);
    });

    it.each(ids)('has the procedures of %s, and knows which are non-covered', async (id) => {
      const { procedureGroups } = await documentOf(day, id);
      const codes = Object.fromEntries(procedureGroups.map((one) => [one.group, one.codes]));
      expect(codes).toEqual(shardOf(id).codes);
      const isSecondNonCovered = ['A58364', 'A58403', 'A58745'].includes(id);
      expect(procedureGroups.map(({ nonCovered }) => nonCovered)).toEqual(
        isSecondNonCovered ? [false, true] : [false],
      );
    });

    it.each(ids)('has the diagnoses of %s with what they are for', async (id) => {
      const { groups } = await documentOf(day, id);
      const shard = shardOf(id);
      const { group, mapping, procedures } = expected[id].covered;
      expect(groups[0]).toMatchObject({ list: 'covered', group, mapping, procedures });
      expect(groups[0]?.diagnoses).toEqual({
        codes: listedIn(day, id, shard.covered[group] ?? []),
        ranges: [],
      });
      const asterisked = groups[0]?.diagnoses.codes.filter((code) =>
        undotted(shard.asterisked).includes(code),
      );
      expect(groups[0]?.asterisked).toEqual(asterisked);
      expect(groups.slice(1).map(({ list }) => list)).toEqual(
        id === 'A56681' ? ['not-covered'] : [],
      );
    });
  });

  it('takes XX000 for everything that A56681 does not list', async () => {
    const { groups } = await documentOf('2026-09-06', 'A56681');
    expect(groups[1]).toEqual({
      list: 'not-covered',
      group: '1',
      diagnoses: { codes: [], ranges: [] },
      everythingElse: true,
      asterisked: [],
      procedures: epidural,
      mapping: 'only-group',
      quote:
        'All those not listed under the “ICD-10-CM Codes that Support Medical Necessity" section of this article.',
    });
  });

  it('has the footnote of A58364 and none of A58403, whose paragraph has none', async () => {
    const footnote =
      'To be used for facet cyst injection/aspiration (not ablation) : M53.82*, M53.83*, M53.84*, M53.85*, M53.86*, and M53.87* .';
    expect((await documentOf('2026-09-06', 'A58364')).groups[0]).toMatchObject({ footnote });
    expect((await documentOf('2026-09-06', 'A58403')).groups[0]).not.toHaveProperty('footnote');
  });

  it('quotes the sentence that names the procedures, and the one that says non-covered', async () => {
    const { groups, procedureGroups } = await documentOf('2026-09-06', 'A58745');
    expect(groups[0]?.quote).toBe(
      'The following ICD-10 codes support medical necessity and provide coverage for CPT codes 62321, 62323, 64479, 64480, 64483, and 64484:',
    );
    expect(procedureGroups[1]).toEqual({
      group: '2',
      codes: ['62320', '62322'],
      nonCovered: true,
      quote: 'These codes are non-covered.',
    });
  });
});
