// Two releases for the tests of the snapshot: M54.5 is split, M54.6 retitled and M54.7 gone on 1 October 2021.
import { conversion, release } from '../../support/releases.ts';

const same = [
  'B02 0 Zoster [herpes zoster]',
  'B029 1 Zoster without complications',
  "H810 1 Meniere's disease",
  'K05 1 Chronic gouty-looking gums',
  'M1A 0 Chronic gout',
  'M1A0 1 Idiopathic chronic gout',
  'M10 0 Gout',
  'M109 1 Gout, unspecified',
  'M54 0 Dorsalgia',
];
const after = ['W19 0 Unspecified fall', 'W19XXXA 1 Unspecified fall, initial encounter'];

/** Effective 2020-10-01 and 2021-10-01, and one release of ICD-10-PCS. */
export const backPainAndGout = [
  release('2020-10-01', [
    ...same,
    'M545 1 Low back pain',
    'M546 1 Pain in thoracic spine',
    'M547 1 Vanishing pain',
    ...after,
  ]),
  release(
    '2021-10-01',
    [
      ...same,
      'M545 0 Low back pain',
      'M5450 1 Low back pain, unspecified',
      'M5451 1 Vertebrogenic low back pain',
      'M5459 1 Other low back pain',
      'M546 1 Pain in middle of the back',
      ...after,
      'Y93 1 Activity codes, vitamin B classes',
    ],
    {
      conversions: [
        ...['M5450', 'M5451', 'M5459'].map((code) => conversion(code, '2021-10-01', 'M545')),
        conversion('Y93', '2021-10-01'),
      ],
    },
  ),
  release('2020-10-01', ['001 0 Bypass', '0016070 1 Bypass of cerebral ventricle, open approach'], {
    system: 'icd10pcs',
  }),
];
