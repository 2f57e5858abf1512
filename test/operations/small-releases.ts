// Two code systems in a few rows, as releases: the split of M54.5, a code that ends, one that begins, placeholders.
import { conversion, release } from '../support/releases.ts';

const always = ['I10 1 Essential (primary) hypertension', 'M54 0 Dorsalgia', 'M542 1 Cervicalgia'];
const after = [
  'M549 1 Dorsalgia, unsp|Dorsalgia, unspecified',
  'T36 0 Poisoning by systemic antibiotics',
  'T360X1 0 Poisoning by penicillins, accidental',
  'T360X1A 1 Poisoning by penicillins, accidental, initial encounter',
  'T360X1D 1 Poisoning by penicillins, accidental, subsequent encounter',
  'W19 0 Unspecified fall',
  'W19XXXA 1 Unspecified fall, initial encounter',
  'Y93I1 1 Activity, roller coaster riding',
];

const newLowBackCodes = ['M5450', 'M5451', 'M5459'];

/**
 * FY2021: M54.5 is billable. FY2022: it has three children, as it officially got. FY2026 (invented): M54.59 ends in
 * favour of M54.A0, Z99 begins. And one release of ICD-10-PCS.
 */
export const smallReleases = [
  release('2020-10-01', [...always, 'M545 1 Low back pain', ...after]),
  release(
    '2021-10-01',
    [
      ...always,
      'M545 0 Low back pain',
      'M5450 1 Low back pain, unspecified',
      'M5451 1 Vertebrogenic low back pain',
      'M5459 1 Other low back pain',
      ...after,
    ],
    { conversions: newLowBackCodes.map((code) => conversion(code, '2021-10-01', 'M545')) },
  ),
  release(
    '2025-10-01',
    [
      ...always,
      'M545 0 Low back pain',
      'M5450 1 Low back pain, unspecified',
      'M5451 1 Vertebrogenic low back pain',
      'M54A 0 Other back pain',
      'M54A0 1 Other low back pain',
      ...after,
      'Z99 1 Dependence on enabling machines',
    ],
    { conversions: [conversion('M54A0', '2025-10-01', 'M5459')] },
  ),
  release(
    '2020-10-01',
    ['0DT 0 Medical and Surgical, Resection', '0DTJ4ZZ 1 Resection of Appendix'],
    { system: 'icd10pcs' },
  ),
];
