import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { createFamily } from '../../shared/scrub/code-family.ts';
import { titleWords } from '../../shared/scrub/title-words.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { rows } from '../support/releases.ts';
import { officialReference } from '../support/test-reference.ts';
import { readEditList } from './official-edit-list.ts';

const family = (...lines: readonly string[]) =>
  createFamily(rows(...lines).map((row) => ({ ...row, title: row.long })));
const codesOf = (found: readonly { readonly code: string }[]) => found.map(({ code }) => code);

describe('shared/scrub/title-words.ts', () => {
  test.each([
    ['Pain in right shoulder', 'right', 0],
    ['Pain in left arm', 'left', 0],
    ['Carpal tunnel syndrome, bilateral upper limbs', 'bilateral', 0],
    ['Burn of both eyes', 'bilateral', 0],
    ['Pain in unspecified shoulder', null, 1],
    ['Unspecified fracture of shaft of unspecified radius', null, 2],
    ['Fracture of right and left femur', null, 0],
    ['Maternal care, first trimester, not applicable or unspecified', null, 0],
  ])('%s: side %s, %i times unspecified', (title, side, unspecified) => {
    expect(titleWords(title)).toMatchObject({ side, unspecified });
  });

  test('titles of one condition on different sides have the same words', () => {
    const words = (title: string) => titleWords(title).words;
    expect(words('Carpal tunnel syndrome, right upper limb')).toBe(
      words('Carpal tunnel syndrome, bilateral upper limbs'),
    );
    expect(words('Unilateral primary osteoarthritis, left knee')).toBe(
      words('Bilateral primary osteoarthritis of knee'),
    );
    expect(words('Pain in right hip')).not.toBe(words('Pain in right knee'));
  });
});

describe('shared/scrub/code-family.ts', () => {
  const back = family(
    'M54 0 Dorsalgia',
    'M542 1 Cervicalgia',
    'M545 0 Low back pain',
    'M5450 1 Low back pain, unspecified',
    'M5451 1 Vertebrogenic low back pain',
    'M5459 1 Other low back pain',
    'M549 1 Dorsalgia, unspecified',
  );

  test('siblings are the billable codes under the same parent', () => {
    expect(codesOf(back.siblingsOf('M5450'))).toEqual(['M5451', 'M5459']);
    expect(codesOf(back.siblingsOf('M549'))).toEqual(['M542', 'M5450', 'M5451', 'M5459']);
    expect(back.siblingsOf('M545')).toEqual([]);
  });

  test('more specific than “dorsalgia, unspecified” is what dorsalgia has below it, short codes first', () => {
    expect(codesOf(back.kinOf('M549').moreSpecific)).toEqual(['M542', 'M5451', 'M5459']);
    expect(codesOf(back.kinOf('M5450').moreSpecific)).toEqual(['M5451', 'M5459']);
    expect(back.kinOf('M5451').moreSpecific).toEqual([]);
  });

  test('of a wider heading only codes that say as much as the code itself count', () => {
    const retinopathy = family(
      'E113 0 Type 2 diabetes mellitus with ophthalmic complications',
      'E1131 0 Type 2 diabetes mellitus with unspecified diabetic retinopathy',
      'E11319 1 Type 2 diabetes mellitus with unspecified diabetic retinopathy without macular edema',
      'E1132 0 Type 2 diabetes mellitus with mild diabetic retinopathy',
      'E11321 1 Type 2 diabetes mellitus with mild diabetic retinopathy with macular edema',
      'E1136 1 Type 2 diabetes mellitus with diabetic cataract',
    );
    expect(codesOf(retinopathy.kinOf('E11319').moreSpecific)).toEqual(['E11321']);
  });

  test('an injury keeps its encounter and its side', () => {
    const radius = family(
      'S525 0 Fracture of lower end of radius',
      'S5250 0 Unspecified fracture of the lower end of radius',
      'S52501 0 Unspecified fracture of the lower end of right radius',
      'S52501A 1 Unspecified fracture of the lower end of right radius, initial encounter',
      'S52501D 1 Unspecified fracture of the lower end of right radius, subsequent encounter',
      'S52502A 1 Unspecified fracture of the lower end of left radius, initial encounter',
      "S52531A 1 Colles' fracture of right radius, initial encounter",
      "S52531D 1 Colles' fracture of right radius, subsequent encounter",
      "S52532A 1 Colles' fracture of left radius, initial encounter",
    );
    const { side, otherSides, moreSpecific } = radius.kinOf('S52501A');
    expect(side).toBe('right');
    expect(otherSides).toMatchObject([{ code: 'S52502A', side: 'left' }]);
    expect(codesOf(moreSpecific)).toEqual(['S52531A']);
  });

  test('a side the seventh character says is a side; a stage it leaves open is unspecified', () => {
    const glaucoma = family(
      'H4011 0 Primary open-angle glaucoma',
      'H40111 0 Primary open-angle glaucoma, right eye',
      'H401110 1 Primary open-angle glaucoma, right eye, stage unspecified',
      'H401111 1 Primary open-angle glaucoma, right eye, mild stage',
      'H40112 0 Primary open-angle glaucoma, left eye',
      'H401120 1 Primary open-angle glaucoma, left eye, stage unspecified',
      'H40119 0 Primary open-angle glaucoma, unspecified eye',
      'H401190 1 Primary open-angle glaucoma, unspecified eye, stage unspecified',
    );
    const { side, otherSides, moreSpecific } = glaucoma.kinOf('H401190');
    expect(side).toBe('unspecified');
    expect(codesOf(otherSides)).toEqual(['H401110', 'H401120']);
    expect(codesOf(moreSpecific)).toEqual(['H401111']);
  });

  test('a side without its opposite is none: right heart failure', () => {
    const heart = family(
      'I50810 1 Right heart failure, unspecified',
      'I509 1 Heart failure, unspecified',
    );
    expect(heart.kinOf('I509')).toMatchObject({ side: null, otherSides: [] });
    expect(heart.kinOf('I50810')).toMatchObject({ side: null, otherSides: [] });
  });

  test('below a header are the billable codes at every depth', () => {
    expect(codesOf(back.below('M54'))).toEqual(['M542', 'M5450', 'M5451', 'M5459', 'M549']);
    expect(codesOf(back.beginningWith('M5450'))).toEqual(['M5450']);
  });
});

describe.skipIf(!haveOfficialFiles)(
  'shared/scrub/code-family.ts and CMS’s list of unspecified codes',
  () => {
    test('most codes on the list are found by their titles alone, the rest leave a site open', async () => {
      const date = calendarDate('2025-10-01');
      const { catalogue } = await officialReference();
      const families = new Map<string, ReturnType<typeof createFamily>>();
      const flagged = readEditList().rows.filter(
        ({ system, flags, from, to }) =>
          system === 'icd10cm' && flags.includes('UNSPECIFIED') && from <= date && date <= to,
      );
      const notSided: string[] = [];
      const silent: string[] = [];
      for (const { code } of flagged) {
        const within = code.slice(0, 3);
        const query = { date, within, billableOnly: false, offset: 0, limit: 20_000 };
        const own =
          families.get(within) ??
          createFamily(
            (await catalogue.list('icd10cm', query)).items.map((one) => ({
              code: one.code,
              title: one.long,
              billable: one.status === 'billable',
            })),
          );
        families.set(within, own);
        const { side, moreSpecific } = own.kinOf(code);
        if (side !== 'unspecified') notSided.push(code);
        if (side !== 'unspecified' && moreSpecific.length === 0) silent.push(code);
      }
      expect(flagged.length).toBe(3465);
      expect(notSided.length / flagged.length).toBeLessThan(0.06);
      expect(silent.length / flagged.length).toBeLessThan(0.02);
    });
  },
);
