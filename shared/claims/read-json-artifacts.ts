// Claims and templates as JSON: one list, one object, or one object a line (NDJSON,
// application/x-ndjson).
import { type Intake, sortIntake } from './intake.ts';
import { type ParsedArtifact, parseRecord } from './parse-artifact.ts';

type Placed = { readonly where: string; readonly parsed: ParsedArtifact };

/** The value of a text, or undefined when it is no JSON (whose value never is undefined). */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const unreadable = (message: string): ParsedArtifact => ({
  refusal: { code: 'unreadable', message },
});

function parseLine(line: string): ParsedArtifact {
  const value = jsonOf(line);
  return value === undefined ? unreadable('record: no JSON') : parseRecord(value);
}

function* records(text: string): Generator<Placed> {
  const whole = jsonOf(text);
  if (Array.isArray(whole)) {
    for (const [i, value] of whole.entries()) {
      yield { where: `record ${i + 1}`, parsed: parseRecord(value) };
    }
    return;
  }
  if (whole !== undefined) {
    yield { where: 'record 1', parsed: parseRecord(whole) };
    return;
  }
  if (text.trimStart().startsWith('[')) {
    yield {
      where: 'file',
      parsed: unreadable('file: a list that is no JSON; one object a line is safer'),
    };
    return;
  }
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() !== '') yield { where: `line ${i + 1}`, parsed: parseLine(line) };
  }
}

/**
 * Reads records with the fields `type`, `id`, `name`, `kind`, `owner`, `codes` (a list, or text
 * with ; between), `system`, and for claims `dateOfService`, `dischargeDate`, `payer`, `billed`
 * (dollars), `lines`, `state`. In NDJSON a bad line costs no other one; a list is one JSON text and
 * is read whole or not at all.
 */
export const readJsonArtifacts = (text: string): Intake =>
  sortIntake(records(text.replace(/^\uFEFF/, '')));
