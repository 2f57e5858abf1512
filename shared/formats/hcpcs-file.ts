// Reads CMS's Alpha-Numeric HCPCS file: every HCPCS Level II code with its texts and its dates. Layouts: hcpcs-lines.ts
// and hcpcs-sheet.ts. A column that is not what the layout says is an error by name, never a guess.
import { type CalendarDate, dateOf } from '../core/calendar-date.ts';
import { normalizeCode } from '../core/code-system.ts';
import type { HcpcsCode } from '../core/hcpcs.ts';
import { listCodes } from '../core/list-codes.ts';
import type { QualityFinding } from '../core/release.ts';
import { createFindingList, type FindingList } from './finding-list.ts';
import { readHcpcsLines } from './hcpcs-lines.ts';
import type { HcpcsRecord } from './hcpcs-record.ts';
import { readHcpcsSheet } from './hcpcs-sheet.ts';

/** What a HCPCS file held. */
export type HcpcsFile = {
  readonly codes: readonly HcpcsCode[];
  /** Modifiers (two characters), left out: they are no codes. */
  readonly modifiers: number;
  /** Records left out as wrong, each with a finding. */
  readonly rejected: number;
  readonly findings: readonly QualityFinding[];
};

/** D codes are the ADA's Current Dental Terminology: the code may be told, its descriptor not. */
const dentalText = {
  short: 'Dental procedure code (CDT)',
  long: 'Dental procedure code (CDT); its descriptor belongs to the American Dental Association',
};

/** Actions of the record layout; a blank one stands for none. */
const actions = 'ABCDFNPRST';

/** A day written `YYYYMMDD`; null for none; undefined when it is no day. */
function dayOf(text: string): CalendarDate | null | undefined {
  if (text === '' || /^0+$/.test(text)) return null;
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return match ? dateOf(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}

type Dates = Pick<HcpcsCode, 'begins' | 'lastDay'>;
type Fault = { readonly fault: string; readonly message: string };

/** From when to when a code may be used. Of a code added or re-activated the action's own date counts too. */
function datesOf(record: HcpcsRecord): Dates | Fault {
  const [added, acted, lastDay] = [
    dayOf(record.added),
    dayOf(record.actionEffective),
    dayOf(record.terminated),
  ];
  if (added === undefined || acted === undefined || lastDay === undefined) {
    const dates = [record.added, record.actionEffective, record.terminated];
    const message = `Dates of ${record.code} are ${dates.map((text) => `"${text}"`).join(', ')}: not all are days (YYYYMMDD). The fields are not where the layout has them.`;
    return { fault: 'date-shape', message };
  }
  const isStart = record.action === 'A' || record.action === 'R';
  const begins = isStart && acted && (!added || acted > added) ? acted : added;
  return { ...(begins && { begins }), ...(lastDay && { lastDay }) };
}

/** The code of a first record, or why it is none. */
function codeOf(record: HcpcsRecord): HcpcsCode | Fault {
  const { code, action, long } = record;
  if (normalizeCode('hcpcs', code) !== code) {
    const message = `"${code}" is not written like a HCPCS code (a letter A to V and four digits).`;
    return { fault: 'code-shape', message };
  }
  if (action !== '' && (action.length !== 1 || !actions.includes(action))) {
    return { fault: 'action-code', message: `The action of ${code} is "${action}".` };
  }
  if (long === '' && !code.startsWith('D')) {
    return { fault: 'row-shape', message: `The long description of ${code} is blank.` };
  }
  const dates = datesOf(record);
  if ('fault' in dates) return dates;
  const crossReferences = record.crossReferences.filter(
    (text) => normalizeCode('hcpcs', text) === text && text !== code,
  );
  return { code, short: record.short || long, long, crossReferences, ...dates };
}

/** Says what is odd about a code's dates, without leaving it out. */
function checkDates(code: HcpcsCode, { action, where }: HcpcsRecord, list: FindingList): void {
  const { begins, lastDay } = code;
  if (begins && lastDay && lastDay < begins) {
    const message = `${code.code} ends on ${lastDay}, before it begins on ${begins}: it counts as never valid.`;
    list.add('dates-reversed', 'warning', where, message);
  }
  if (action === 'D' && !lastDay) {
    const message = `${code.code} is marked discontinued without a termination date: it counts as valid.`;
    list.add('termination-missing', 'warning', where, message);
  }
}

const clean = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The code as it is kept: blanks collapsed, no descriptor of the ADA's. */
function finished(code: HcpcsCode, long: readonly string[]): HcpcsCode {
  if (code.code.startsWith('D')) return { ...code, ...dentalText };
  return { ...code, short: clean(code.short), long: clean(long.join(' ')) };
}

type Open = { readonly code: HcpcsCode; readonly long: string[] };

/** Puts first lines and their continuations together. */
function fold(records: readonly HcpcsRecord[], list: FindingList) {
  const codes = new Map<string, Open>();
  const procedures: string[] = [];
  let open: Open | undefined;
  /** Code whose first line was left out: so are its continuations. */
  let skipped = '';
  let modifiers = 0;
  let rejected = 0;
  const reject = (record: HcpcsRecord, fault: string, message: string): void => {
    rejected += 1;
    list.add(fault, 'error', record.where, message);
  };
  for (const record of records) {
    const { code, kind } = record;
    if (kind === '7') modifiers += 1;
    if (kind === '7' || kind === '8') continue;
    if (kind === '4') {
      if (open?.code.code === code) open.long.push(record.long);
      else if (skipped !== code) {
        reject(record, 'continuation-orphan', `A continuation of ${code} follows no line of it.`);
      }
      continue;
    }
    open = undefined;
    skipped = code;
    if (kind !== '3') {
      reject(
        record,
        'record-kind',
        `The record of ${code} is of kind "${kind}"; 3, 4, 7 and 8 are known.`,
      );
      continue;
    }
    // CPT, Level I, is the AMA's: neither kept nor named with its descriptor.
    if (/^\d{4}[0-9A-Z]$/.test(code)) {
      procedures.push(code);
      continue;
    }
    const read = codeOf(record);
    if ('fault' in read) reject(record, read.fault, read.message);
    else if (codes.has(code)) {
      reject(record, 'duplicate-code', `${code} was listed before; its first record counts.`);
    } else {
      checkDates(read, record, list);
      open = { code: read, long: [record.long] };
      codes.set(code, open);
    }
  }
  return { codes, procedures, modifiers, rejected };
}

/**
 * The codes of a HCPCS file, in its order. A name ending in `.xlsx` is read as a spreadsheet, all else as fixed width.
 * Errors: those of the two forms, `code-shape`, `action-code`, `date-shape`, `duplicate-code`, `continuation-orphan`,
 * `record-kind`, `row-shape`, `hcpcs-no-codes`. Warnings: `dates-reversed`, `termination-missing`. Info:
 * `cpt-left-out`. First records in = codes + CPT codes + modifiers + rejected (I6).
 */
export async function parseHcpcsFile(
  bytes: Uint8Array,
  source: { readonly name: string; readonly where: string },
): Promise<HcpcsFile> {
  const list = createFindingList();
  const read = /\.xlsx$/i.test(source.name)
    ? { records: await readHcpcsSheet(bytes, source, list), rejected: 0 }
    : readHcpcsLines(bytes, source.where, list);
  const { codes, procedures, modifiers, rejected } = fold(read.records, list);
  if (procedures.length > 0) {
    const message = `${procedures.length} CPT codes are left out: ${listCodes(procedures)}.`;
    list.add('cpt-left-out', 'info', source.where, message);
  }
  if (codes.size === 0 && read.records.length > 0) {
    list.add('hcpcs-no-codes', 'error', source.where, 'No HCPCS Level II code could be read.');
  }
  return {
    codes: [...codes.values()].map(({ code, long }) => finished(code, long)),
    modifiers,
    rejected: read.rejected + rejected,
    findings: list.all(),
  };
}
