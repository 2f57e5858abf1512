import { describe, expect, test } from 'vitest';
import { tellingWords } from '../../shared/core/advice-title.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { createFamily } from '../../shared/core/code-family.ts';
import { openingsOf } from '../../shared/core/family-titles.ts';
import { conditionIn, sideIn } from '../../shared/core/title-sides.ts';
import { readEditList } from '../scrub/official-edit-list.ts';
import { haveOfficialFiles } from '../support/official-files.ts';
import { rows } from '../support/releases.ts';
import { officialReference } from '../support/test-reference.ts';

const family = (...lines: readonly string[]) =>
  createFamily(rows(...lines).map((row) => ({ ...row, title: row.long })));
const codesOf = (found: readonly { readonly code: string }[]) => found.map(({ code }) => code);

describe('shared/core/title-sides.ts', () => {
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
    expect([sideIn(tellingWords(title)), openingsOf(title)]).toEqual([side, unspecified]);
  });

  test('titles of one condition on different sides have the same words', () => {
    const words = (title: string) => conditionIn(tellingWords(title));
    expect(words('Carpal tunnel syndrome, right upper limb')).toBe(
      words('Carpal tunnel syndrome, bilateral upper limbs'),
    );
    expect(words('Unilateral primary osteoarthritis, left knee')).toBe(
      words('Bilateral primary osteoarthritis of knee'),
    );
    expect(words('Pain in right hip')).not.toBe(words('Pain in right knee'));
  });
});

describe('shared/core/code-family.ts', () => {
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
    expect(codesOf(back.moreSpecificBesideSide('M549'))).toEqual(['M542', 'M5451', 'M5459']);
    expect(codesOf(back.moreSpecificBesideSide('M5450'))).toEqual(['M5451', 'M5459']);
    expect(back.moreSpecificBesideSide('M5451')).toEqual([]);
  });

  test('of a wider heading only codes that say as much as the code itself count', () => {
    const retinopathy = family(
      'E113 0 Type 2 diabetes mellitus with ophthalmic complications',
      'E1131 0 Type 2 diabetes mellitus with unspecified diabetic retinopathy',
      'E11311 1 Type 2 diabetes mellitus with unspecified diabetic retinopathy with macular edema',
      'E11319 1 Type 2 diabetes mellitus with unspecified diabetic retinopathy without macular edema',
      'E1132 0 Type 2 diabetes mellitus with mild nonproliferative diabetic retinopathy',
      'E113211 1 Type 2 diabetes mellitus with mild nonproliferative diabetic retinopathy with macular edema, right eye',
      'E113291 1 Type 2 diabetes mellitus with mild nonproliferative diabetic retinopathy without macular edema, right eye',
      'E1136 1 Type 2 diabetes mellitus with diabetic cataract',
    );
    expect(codesOf(retinopathy.moreSpecificBesideSide('E11319'))).toEqual(['E113291']);
    expect(codesOf(retinopathy.moreSpecificBesideSide('E11311'))).toEqual(['E113211']);
  });

  test('words a code shares with a neighbour’s heading are not denied: colitis with bleeding', () => {
    const colitis = family(
      'K51 0 Ulcerative colitis',
      'K510 0 Ulcerative (chronic) pancolitis',
      'K5100 1 Ulcerative (chronic) pancolitis without complications',
      'K5101 0 Ulcerative (chronic) pancolitis with complications',
      'K51011 1 Ulcerative (chronic) pancolitis with rectal bleeding',
      'K51018 1 Ulcerative (chronic) pancolitis with other complication',
      'K519 0 Ulcerative colitis, unspecified',
      'K5190 1 Ulcerative colitis, unspecified, without complications',
      'K5191 0 Ulcerative colitis, unspecified, with complications',
      'K51911 1 Ulcerative colitis, unspecified with rectal bleeding',
      'K51918 1 Ulcerative colitis, unspecified with other complication',
    );
    expect(codesOf(colitis.moreSpecificBesideSide('K51911'))).toEqual(['K51011']);
    expect(codesOf(colitis.moreSpecificBesideSide('K5190'))).toEqual(['K5100']);
  });

  test('a code that leaves side and degree open is offered what says both; besides the side, the degree', () => {
    const burn = family(
      'T24 0 Burn and corrosion of lower limb, except ankle and foot',
      'T240 0 Burn of unspecified degree of lower limb, except ankle and foot',
      'T2400 0 Burn of unspecified degree of unspecified site of lower limb, except ankle and foot',
      'T24001A 1 Burn of unspecified degree of unspecified site of right lower limb, except ankle and foot, initial encounter',
      'T2401 0 Burn of unspecified degree of thigh',
      'T24011A 1 Burn of unspecified degree of right thigh, initial encounter',
      'T24012A 1 Burn of unspecified degree of left thigh, initial encounter',
      'T24019A 1 Burn of unspecified degree of unspecified thigh, initial encounter',
      'T241 0 Burn of first degree of lower limb, except ankle and foot',
      'T2411 0 Burn of first degree of thigh',
      'T24111A 1 Burn of first degree of right thigh, initial encounter',
      'T24119A 1 Burn of first degree of unspecified thigh, initial encounter',
      'T24119D 1 Burn of first degree of unspecified thigh, subsequent encounter',
    );
    const all = ['T24011A', 'T24012A', 'T24111A', 'T24119A'];
    expect(codesOf(burn.moreSpecific('T24019A')?.codes ?? [])).toEqual(all);
    expect(burn.kinOf('T24019A').side).toBe('unspecified');
    expect(codesOf(burn.moreSpecificBesideSide('T24019A'))).toEqual(['T24111A']);
  });

  test('what is at the right eye may be at its upper eyelid; a displaced fracture stays displaced', () => {
    const eyelid = family(
      'H0111 0 Allergic dermatitis of eyelid',
      'H01111 1 Allergic dermatitis of right upper eyelid',
      'H01113 1 Allergic dermatitis of right eye, unspecified eyelid',
      'H01114 1 Allergic dermatitis of left upper eyelid',
    );
    expect(codesOf(eyelid.moreSpecificBesideSide('H01113'))).toEqual(['H01111']);
    const neck = family(
      'S122 0 Fracture of third cervical vertebra',
      'S1220 0 Unspecified fracture of third cervical vertebra',
      'S12200A 1 Unspecified displaced fracture of third cervical vertebra, initial encounter for closed fracture',
      'S12201A 1 Unspecified nondisplaced fracture of third cervical vertebra, initial encounter for closed fracture',
      'S1229 0 Other fracture of third cervical vertebra',
      'S12290A 1 Other displaced fracture of third cervical vertebra, initial encounter for closed fracture',
      'S12291A 1 Other nondisplaced fracture of third cervical vertebra, initial encounter for closed fracture',
    );
    expect(codesOf(neck.moreSpecificBesideSide('S12200A'))).toEqual(['S12290A']);
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
    const { side, otherSides } = radius.kinOf('S52501A');
    expect(side).toBe('right');
    expect(otherSides).toMatchObject([{ code: 'S52502A', side: 'left' }]);
    expect(codesOf(radius.moreSpecificBesideSide('S52501A'))).toEqual(['S52531A']);
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
    const { side, otherSides } = glaucoma.kinOf('H401190');
    expect(side).toBe('unspecified');
    expect(codesOf(otherSides)).toEqual(['H401110', 'H401120']);
    expect(codesOf(glaucoma.moreSpecificBesideSide('H401190'))).toEqual(['H401111']);
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
  'shared/core/code-family.ts and CMS’s list of unspecified codes',
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
        const { side } = own.kinOf(code);
        if (side !== 'unspecified') notSided.push(code);
        if (side !== 'unspecified' && own.moreSpecificBesideSide(code).length === 0)
          silent.push(code);
      }
      expect(flagged.length).toBe(3465);
      expect(notSided.length / flagged.length).toBeLessThan(0.06);
      expect(silent.length / flagged.length).toBeLessThan(0.02);
    });
  },
);
