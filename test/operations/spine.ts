// The M54.5 story and its neighbours, by hand: three releases taken in on three days of 2026.
import { by, type HandVersion, record } from './hand-built-table.ts';

/** FY2021, FY2022 and FY2026, taken in on 1, 2 and 3 January 2026. */
export const releases = [
  record('2020-10-01', 1, '2026-01-01'),
  record('2021-10-01', 2, '2026-01-02'),
  record('2025-10-01', 3, '2026-01-03'),
];

const newLowBackCodes = ['M5450', 'M5451', 'M5459'];

/** M54.5 is split in FY2022; one of its children is split again in FY2026 (invented); M54.2 is never touched. */
export const versions: readonly HandVersion[] = [
  ['M54', '2020-10-01', 'header', { kind: 'baseline' }],
  ['M542', '2020-10-01', 'billable', { kind: 'baseline' }],
  ['M545', '2020-10-01', 'billable', { kind: 'baseline', long: 'Low back pain' }],
  [
    'M545',
    '2021-10-01',
    'header',
    {
      kind: 'expanded',
      long: 'Low back pain',
      replacedBy: newLowBackCodes.map((code) => by(code, '2021-10-01')),
    },
  ],
  ['M5450', '2021-10-01', 'billable', { replaces: [by('M545', '2021-10-01')] }],
  ['M5451', '2021-10-01', 'billable', { replaces: [by('M545', '2021-10-01')] }],
  ['M5459', '2021-10-01', 'billable', { replaces: [by('M545', '2021-10-01')] }],
  ['M5450', '2025-10-01', 'billable', { kind: 'retitled', long: 'Low back pain, NOS' }],
  [
    'M5459',
    '2025-10-01',
    'ended',
    {
      kind: 'ended',
      replacedBy: [by('M5460', '2025-10-01', 'inferred'), by('M5461', '2025-10-01')],
    },
  ],
  ['M5460', '2025-10-01', 'billable'],
  ['M5461', '2025-10-01', 'billable', { replaces: [by('M5459', '2025-10-01')] }],
];
