// Small releases for tests: rows written as `M545 1 Low back pain`.
import { calendarDate } from '../../shared/core/calendar-date.ts';
import type { CodeSystemId } from '../../shared/core/code-system.ts';
import type { Conversion, ReleaseContent, Row } from '../../shared/core/release.ts';

/** Rows from lines `code flag title`; a title with `|` is short|long, else both are the same. */
export function rows(...lines: readonly string[]): Row[] {
  return lines.map((line, index) => {
    const match = /^(\S+) ([01]) (.+)$/.exec(line);
    if (!match) throw new Error(`not a row: ${line}`);
    const [, code = '', flag = '', title = ''] = match;
    const [short = '', long = short] = title.split('|');
    return { order: index + 1, code, billable: flag === '1', short, long };
  });
}

/** A release of ICD-10-CM (unless told) from lines. */
export function release(
  effective: string,
  lines: readonly string[],
  more: { conversions?: readonly Conversion[]; system?: CodeSystemId } = {},
): ReleaseContent {
  return {
    system: more.system ?? 'icd10cm',
    effective: calendarDate(effective),
    rows: rows(...lines),
    conversions: more.conversions ?? [],
  };
}

/** A conversion table row naming single predecessor codes; none for `None`. */
export function conversion(code: string, effective: string, ...previous: string[]): Conversion {
  return {
    code,
    effective: calendarDate(effective),
    previous:
      previous.length === 0
        ? { kind: 'none' }
        : { kind: 'codes', parts: previous.map((each) => ({ kind: 'code', code: each })) },
  };
}
