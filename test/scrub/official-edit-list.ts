// CMS's Medicare Code Editor lists as they lie beside the official files, read for the tests of scrubbing.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { AgeGroupRow, EditList, EditRow } from '../../shared/core/edit-list.ts';
import { officialFiles } from '../support/official-files.ts';

/** The lists of v43.1; see PROVENANCE.md beside the file. */
export function readEditList(): EditList {
  const text = readFileSync(resolve(officialFiles, 'mce/mce-43.1-flags.csv'), 'utf8');
  const rows: EditRow[] = [];
  const ages: AgeGroupRow[] = [];
  for (const line of text.trim().split('\n').slice(1)) {
    const [table = '', code = '', from = '', to = '', last = ''] = line.trim().split(',');
    const dates = { from: calendarDate(from), to: calendarDate(to) };
    if (table === 'age') {
      const [ageMin, ageMax] = last.split('-').map(Number);
      ages.push({ group: code, ...dates, ageMin: ageMin ?? NaN, ageMax: ageMax ?? NaN });
    } else {
      const system = table === 'dx' ? 'icd10cm' : 'icd10pcs';
      rows.push({ system, code, ...dates, flags: last.split('|') });
    }
  }
  return { version: '43.1', rows, ages };
}
