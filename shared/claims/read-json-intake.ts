// Claims and templates as JSON: our own records and FHIR resources, as a list, a Bundle, one alone, or one a line (NDJSON).
import { readJsonItems } from '../formats/json-parts.ts';
import { readLineBatches, type TextLine } from '../formats/line-batches.ts';
import { isObject, type JsonObject } from './fhir/json-access.ts';
import { type Place, placeOfLine } from './fhir/place.ts';
import {
  type FhirState,
  newFhirState,
  releaseWaiting,
  takeEntry,
  takeResource,
} from './fhir/take-resource.ts';
import { parseRecord } from './parse-artifact.ts';
import type { ReadRecord } from './tell-repeats.ts';

/** The value of a text, or undefined when it is no JSON (whose value never is undefined). */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const unreadable = (where: string, message: string): ReadRecord => ({
  kind: 'rejected',
  where,
  code: 'unreadable',
  message,
});

function readOwn(value: unknown, where: string): ReadRecord {
  const { artifact, refusal } = parseRecord(value);
  return artifact ? { kind: 'accepted', where, artifact } : { kind: 'rejected', where, ...refusal };
}

const isResource = (value: unknown): value is JsonObject =>
  isObject(value) && typeof value.resourceType === 'string';

/** Takes the text of one record: ours, a resource, or an entry of a Bundle. */
function takeText(state: FhirState, text: string, place: Place): readonly ReadRecord[] {
  const value = jsonOf(text);
  if (value === undefined) return [unreadable(place.where, 'record: no JSON')];
  if (isResource(value)) return takeResource(state, value, place);
  const isEntry = isObject(value) && isObject(value.resource);
  return isEntry ? takeEntry(state, value, place) : [readOwn(value, place.where)];
}

const tooLong = 'record: a line too long to be one; send a large Bundle as a file of its own';

function takeLine(state: FhirState, line: TextLine): readonly ReadRecord[] {
  const place = placeOfLine(line.number);
  if (line.isTooLong) return [unreadable(place.where, tooLong)];
  return line.text.trim() === '' ? [] : takeText(state, line.text, place);
}

/** The place of a value that stands alone: its type where it is the first, its line behind that. */
function placeAlone(text: string, line: number, isFirst: boolean): Place {
  if (!isFirst) return placeOfLine(line);
  const type = /^\s*\{\s*"resourceType"\s*:\s*"([A-Za-z]{1,40})"/.exec(text)?.[1];
  return { where: type ?? 'record 1', prefix: '' };
}

/** The place of a part of a list or Bundle, of which `path` tells. */
function placeOf(path: string): Place {
  const isEntry = path.startsWith('entry');
  return { where: path, prefix: `${path}${isEntry ? '.resource' : ''}.` };
}

/** Takes the part of a Bundle: an entry, also one without resource, which is told. */
function takePart(
  state: FhirState,
  part: { path: string; line: number; text: string },
  isFirst: boolean,
): readonly ReadRecord[] {
  const { path, line, text } = part;
  if (path === '') return takeText(state, text, placeAlone(text, line, isFirst));
  const place = placeOf(path);
  if (!path.startsWith('entry')) return takeText(state, text, place);
  const value = jsonOf(text);
  return value === undefined
    ? [unreadable(place.where, 'entry: no JSON')]
    : takeEntry(state, value, place);
}

async function* takeLines(
  state: FhirState,
  pieces: AsyncIterable<string>,
): AsyncGenerator<readonly ReadRecord[]> {
  for await (const lines of readLineBatches(pieces)) {
    yield lines.flatMap((line) => takeLine(state, line));
  }
}

async function* takeDocument(
  state: FhirState,
  pieces: AsyncIterable<string>,
): AsyncGenerator<readonly ReadRecord[]> {
  let isFirst = true;
  for await (const items of readJsonItems(pieces)) {
    const records: ReadRecord[] = [];
    for (const item of items) {
      if (item.kind === 'value') {
        records.push(...takePart(state, item, isFirst));
      } else if (item.kind === 'shell') {
        records.push(...releaseWaiting(state));
      } else {
        const { path, line, message } = item;
        const where = path === '' ? `line ${line}` : `${path}, line ${line}`;
        records.push(unreadable(where, `record: ${message}`));
      }
      isFirst = false;
    }
    yield records;
  }
}

/** Characters looked at to tell whether each line is a record. */
export const jsonHeadChars = 200_000;

/**
 * True when a text that begins so has one JSON value a line: its first line is one by itself, or a
 * later line is behind one that promises no more. `isWhole` when the file ends with `head`.
 */
export function looksLikeJsonLines(head: string, isWhole: boolean): boolean {
  const lines = head.split(/\r\n|\n|\r/);
  if (!isWhole) lines.pop();
  const filled = lines.filter((line) => line.trim() !== '');
  const [first, ...others] = filled;
  if (first === undefined || others.length === 0) return false;
  if (jsonOf(first) !== undefined) return true;
  return others.some((line, at) => {
    const before = filled[at]?.trimEnd() ?? '';
    return line.startsWith('{') && !/[,:[{]$/.test(before) && jsonOf(line) !== undefined;
  });
}

const nothing =
  'holds no Claim, ExplanationOfBenefit, PlanDefinition or ActivityDefinition, only what accompanies them';

/**
 * The records of a JSON text, as many at a time as its pieces complete; `isLines` when each line is
 * one. A line or element that cannot be read costs no other one.
 */
export async function* readJsonIntake(
  pieces: AsyncIterable<string>,
  isLines: boolean,
): AsyncGenerator<readonly ReadRecord[]> {
  const state = newFhirState();
  let count = 0;
  const batches = isLines ? takeLines(state, pieces) : takeDocument(state, pieces);
  for await (const records of batches) {
    count += records.length;
    yield records;
  }
  const waiting = releaseWaiting(state);
  yield waiting;
  if (count + waiting.length > 0 || state.passed === 0) return;
  yield [{ kind: 'rejected', where: 'file', code: 'unsupported', message: nothing }];
}
