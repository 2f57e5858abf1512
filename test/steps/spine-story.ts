// The two stories of the spine, and one of a cough, as the order files and conversion tables tell
// them (titles copied from icd10cm_order_2021, _2022 and _2025; rows R05 and M54.5 of the FY2022,
// M51.36 of the FY2025 conversion table).

import type { Artifact, Claim } from '../../shared/core/artifact.ts';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import { billable, changeOf, header, type ToldRelease } from './told-code-table.ts';

const pain = 'Low back pain';
const disc = 'Other intervertebral disc degeneration, lumbar region';
const discogenic = `${disc} with discogenic back pain`;

const added = (code: string, effective: string, long: string) =>
  changeOf('added', code, effective, { after: billable(long) });

const fy2021: ToldRelease = {
  effective: '2020-10-01',
  baseline: true,
  changes: [
    added('M545', '2020-10-01', pain),
    added('M5136', '2020-10-01', disc),
    added('R05', '2020-10-01', 'Cough'),
  ],
};

const fy2022: ToldRelease = {
  effective: '2021-10-01',
  changes: [
    added('M5450', '2021-10-01', 'Low back pain, unspecified'),
    added('M5451', '2021-10-01', 'Vertebrogenic low back pain'),
    added('M5459', '2021-10-01', 'Other low back pain'),
    changeOf('expanded', 'M545', '2021-10-01', {
      before: billable(pain),
      after: header(pain),
      to: ['M5450', 'M5451', 'M5459'],
    }),
    added('R051', '2021-10-01', 'Acute cough'),
    added('R052', '2021-10-01', 'Subacute cough'),
    added('R053', '2021-10-01', 'Chronic cough'),
    added('R054', '2021-10-01', 'Cough syncope'),
    added('R058', '2021-10-01', 'Other specified cough'),
    added('R059', '2021-10-01', 'Cough, unspecified'),
    changeOf('expanded', 'R05', '2021-10-01', {
      before: billable('Cough'),
      after: header('Cough'),
      to: ['R051', 'R052', 'R053', 'R054', 'R058', 'R059'],
    }),
  ],
};

const fy2025: ToldRelease = {
  effective: '2024-10-01',
  changes: [
    added('M51360', '2024-10-01', `${discogenic} only`),
    added('M51361', '2024-10-01', `${disc} with lower extremity pain only`),
    added('M51362', '2024-10-01', `${discogenic} and lower extremity pain`),
    added(
      'M51369',
      '2024-10-01',
      `${disc} without mention of lumbar back pain or lower extremity pain`,
    ),
    changeOf('expanded', 'M5136', '2024-10-01', {
      before: billable(disc),
      after: header(disc),
      to: ['M51360', 'M51361', 'M51362', 'M51369'],
    }),
  ],
};

/** FY2021 (the baseline) and FY2022: the table as of summer 2021. */
export const until2022 = [fy2021, fy2022];
/** The same with FY2025: as of autumn 2024. */
export const until2025 = [fy2021, fy2022, fy2025];

/** A claim of the clinic with one ICD-10-CM code. */
export const claimOf = (id: string, code: string, date: string, billedCents: number): Claim => ({
  type: 'claim',
  id,
  codes: [{ system: 'icd10cm', code }],
  dateOfService: calendarDate(date),
  billedCents,
});

const codesOf = (...codes: string[]) => codes.map((code) => ({ system: 'icd10cm' as const, code }));

/** The templates of a small clinic: two hold codes of the spine. */
export const clinicTemplates: readonly Artifact[] = [
  {
    type: 'template',
    id: 'superbill-spine',
    name: 'Spine superbill',
    kind: 'superbill',
    owner: 'Dana Whitfield, billing',
    codes: codesOf('M545', 'M5136', 'S335XXA', 'G8929'),
  },
  {
    type: 'template',
    id: 'walk-in',
    name: 'Walk-in favourites',
    kind: 'favourites',
    codes: codesOf('J069', 'M545', 'R519'),
  },
  {
    type: 'template',
    id: 'intake',
    name: 'New patient order set',
    kind: 'order set',
    owner: 'Dr. Okafor',
    codes: codesOf('Z0000', 'I10'),
  },
];

/** Claims of the clinic in autumn 2024: three after the change of M51.36, one before. */
export const clinicClaims: readonly Claim[] = [
  claimOf('2024-0901', 'M5136', '2024-09-30', 14_500),
  claimOf('2024-1001', 'M5136', '2024-10-01', 14_500),
  claimOf('2024-1002', 'M5136', '2024-10-03', 22_000),
  claimOf('2024-1003', 'M5136', '2024-10-08', 14_500),
];

/** Claims of the clinic by summer 2021: coughs are coded by hand, from no template. */
export const coughClaims: readonly Claim[] = [
  claimOf('2020-0611', 'R05', '2020-06-11', 9_900),
  claimOf('2020-1104', 'R05', '2020-11-04', 9_900),
  claimOf('2021-0118', 'R05', '2021-01-18', 14_500),
  claimOf('2021-0322', 'R05', '2021-03-22', 9_900),
  claimOf('2021-0405', 'M545', '2021-04-05', 14_500),
];
