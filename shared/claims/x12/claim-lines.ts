// The service lines of a claim: LX, SV1, SV2 and DTP*472 of loop 2400 (TR3 005010X222 and 005010X223).
import { type ClaimDraft, type LineDraft, warn } from './claim-draft.ts';
import { readCents, readCount, readDays } from './element-values.ts';

type Segment = {
  readonly id: string;
  readonly number: number;
  readonly elements: readonly string[];
};

/** LX01 counts to 999 on an institutional claim. */
const linesMax = 999;
const pointersMax = 12;

const procedureShape = /^[0-9A-Z]{2,10}$/;
const modifierShape = /^[0-9A-Z]{2}$/;

function newLine(draft: ClaimDraft, number: number): LineDraft {
  const line: LineDraft = { hasService: false };
  if (draft.lines.length < linesMax) draft.lines.push(line);
  else
    warn(draft.warnings, number, 'LX', 'segment-invalid', `more than ${linesMax} lines; left out`);
  return line;
}

/** Opens the next line. */
export function openLine(draft: ClaimDraft, segment: Segment): void {
  newLine(draft, segment.number);
}

/** Takes procedure and modifiers of SV101 or SV202 (C003); its description is dropped. */
function takeProcedure(draft: ClaimDraft, line: LineDraft, segment: Segment, at: number): void {
  const text = segment.elements[at] ?? '';
  if (text === '') return;
  const [qualifier = '', code = '', ...rest] = text.split(draft.component);
  const procedure = code.trim().toUpperCase();
  if (!procedureShape.test(procedure)) {
    const message = 'no procedure code can be written like this; left out';
    warn(draft.warnings, segment.number, `${segment.id}0${at}`, 'code-malformed', message);
    return;
  }
  line.procedure = procedure;
  if (qualifier.trim() === 'HP') line.isRate = true;
  const modifiers = rest
    .slice(0, 4)
    .map((modifier) => modifier.trim().toUpperCase())
    .filter((modifier) => modifierShape.test(modifier));
  if (modifiers.length > 0) line.modifiers = modifiers;
}

function takePointers(draft: ClaimDraft, line: LineDraft, segment: Segment): void {
  const text = segment.elements[7] ?? '';
  if (text === '') return;
  const parts = text.split(draft.component).slice(0, pointersMax);
  const pointers = parts.map(readCount).filter((pointer) => pointer !== undefined);
  if (pointers.length < parts.length) {
    const message = 'a diagnosis pointer that is no number; left out';
    warn(draft.warnings, segment.number, 'SV107', 'field-invalid', message);
  }
  if (pointers.length > 0) line.pointers = pointers;
}

/** Takes an SV1 (professional) or SV2 (institutional); opens a line where its LX is missing. */
export function takeService(draft: ClaimDraft, segment: Segment): void {
  let line = draft.lines.at(-1);
  if (!line || line.hasService) line = newLine(draft, segment.number);
  line.hasService = true;
  const isInstitutional = segment.id === 'SV2';
  takeProcedure(draft, line, segment, isInstitutional ? 2 : 1);
  const at = isInstitutional ? 3 : 2;
  const cents = readCents(segment.elements[at] ?? '');
  if (cents !== undefined) {
    line.billedCents = cents;
  } else {
    const message = 'no amount in dollars; left out';
    warn(draft.warnings, segment.number, `${segment.id}0${at}`, 'amount-invalid', message);
  }
  if (!isInstitutional) takePointers(draft, line, segment);
}

/**
 * Takes a DTP: 472 of the line or the claim, 434 (statement dates) of the claim, of a range the last
 * day, for one day past a change is enough for a denial. Other dates do not govern and are dropped.
 */
export function takeDate(draft: ClaimDraft, segment: Segment): void {
  const [, qualifier = '', , text = ''] = segment.elements;
  const line = draft.lines.at(-1);
  const isStatement = qualifier === '434' && !line;
  if (qualifier !== '472' && !isStatement) return;
  const { last, isSound } = readDays(text);
  if (last !== undefined) {
    if (isStatement) draft.statementThrough = last;
    else if (line) line.dateOfService = last;
    else draft.dateOfService = last;
  }
  if (isSound) return;
  const message =
    last === undefined
      ? 'no day and no range of days; left out'
      : 'a range with a part that is no day, or that runs backwards; its last day is kept';
  warn(draft.warnings, segment.number, 'DTP03', 'date-invalid', message);
}
