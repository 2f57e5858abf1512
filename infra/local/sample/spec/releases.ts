// The releases of the sample: when each takes effect, and which release its addenda start from.
import { type CalendarDate, calendarDate } from '../../../../shared/core/calendar-date.ts';
import type { Icd10Id } from '../../../../shared/core/code-system.ts';

/** Ids of the releases: the system and the month of effect. */
export type SampleReleaseId =
  | 'cm-2018-10'
  | 'cm-2019-10'
  | 'cm-2020-10'
  | 'cm-2021-01'
  | 'cm-2021-10'
  | 'cm-2022-04'
  | 'cm-2022-10'
  | 'cm-2023-04'
  | 'cm-2023-10'
  | 'cm-2024-04'
  | 'cm-2024-10'
  | 'cm-2025-04'
  | 'cm-2025-10'
  | 'pcs-2023-10'
  | 'pcs-2024-04'
  | 'pcs-2024-10';

/** One release of the sample. */
export type SampleRelease = {
  readonly system: Icd10Id;
  readonly effective: CalendarDate;
  /** Name of its order file in addenda statistics, without `.txt`. */
  readonly name: string;
  /** The release its addenda start from; none for a baseline. */
  readonly addendaFrom?: SampleReleaseId;
};

const cm = (effective: string, name: string, addendaFrom?: SampleReleaseId): SampleRelease => ({
  system: 'icd10cm',
  effective: calendarDate(effective),
  name: `icd10cm_order_${name}`,
  ...(addendaFrom ? { addendaFrom } : {}),
});

const pcs = (effective: string, year: number, addendaFrom?: SampleReleaseId): SampleRelease => ({
  system: 'icd10pcs',
  effective: calendarDate(effective),
  name: `icd10pcs_order_${year}`,
  ...(addendaFrom ? { addendaFrom } : {}),
});

/** Every release of the sample. January 2021's addenda are cumulative from FY2020; April's start from October. */
export const sampleReleases: Readonly<Record<SampleReleaseId, SampleRelease>> = {
  'cm-2018-10': cm('2018-10-01', '2019'),
  'cm-2019-10': cm('2019-10-01', '2020', 'cm-2018-10'),
  'cm-2020-10': cm('2020-10-01', '2021', 'cm-2019-10'),
  'cm-2021-01': cm('2021-01-01', '2021jan', 'cm-2019-10'),
  'cm-2021-10': cm('2021-10-01', '2022', 'cm-2021-01'),
  'cm-2022-04': cm('2022-04-01', '2022', 'cm-2021-10'),
  'cm-2022-10': cm('2022-10-01', '2023', 'cm-2022-04'),
  'cm-2023-04': cm('2023-04-01', '2023', 'cm-2022-10'),
  'cm-2023-10': cm('2023-10-01', '2024', 'cm-2023-04'),
  'cm-2024-04': cm('2024-04-01', '2024', 'cm-2023-10'),
  'cm-2024-10': cm('2024-10-01', '2025', 'cm-2024-04'),
  'cm-2025-04': cm('2025-04-01', '2025', 'cm-2024-10'),
  'cm-2025-10': cm('2025-10-01', '2026', 'cm-2025-04'),
  // Its file is no longer published: the next one's addenda lead back to it.
  'pcs-2023-10': pcs('2023-10-01', 2024),
  'pcs-2024-04': pcs('2024-04-01', 2024, 'pcs-2023-10'),
  'pcs-2024-10': pcs('2024-10-01', 2025, 'pcs-2024-04'),
};
