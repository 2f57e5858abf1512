// Finds codes in running text: diagnoses with and without their dots, categories, procedures, alone and in ranges
// (`62320-62323`) and pairs (`62321/62323`). What only looks like one is left: amounts, telephone numbers, postal codes,
// years, numbers of documents.
import { normalizeCode } from '../../core/code-system.ts';
import type { PlacedSentence } from './sentences-in-text.ts';

/** A code in normal form, and the place in the text where it begins. */
export type PlacedCode = {
  readonly kind: 'code' | 'procedure';
  readonly value: string;
  readonly at: number;
};

const dashes = String.raw`\u2010-\u2015\u2212-`;
/** What stands between two codes of a range, a pair or a list without blanks. */
const joint = `[/,${dashes}]`;

// Every ICD-10-CM code has a digit in its second or third place, and a letter there is A or B (FY2014 to FY2026).
const category = String.raw`[A-Z](?:\d[0-9AB]|[A-Z]\d)`;
const dotted = String.raw`${category}\.[0-9A-Z]{1,4}`;
// Category III, laboratory and performance codes of CPT end with a letter; vaccine administration with A.
const fiveDigits = String.raw`(?:\d{5}|\d{4}[FTUM]|0\d{3}A)`;

/** `CPT-62323`, `ICD-10-M54.50`: the dash belongs to the word before it. */
const named = String.raw`(?<=\b(?:CPT|HCPCS|ICD-?10(?:-?CM)?|codes?|dx)[${dashes}])`;
const letterStart = String.raw`(?:${named}|(?<![\w.]|[\w.)][${dashes}]))`;
const digitStart = String.raw`(?:${named}|(?<![\w.,$#/]|\$\s|[\w.,)][${dashes}]))`;

const unit = String.raw`(?:${dotted}|${category}[0-9A-Z]{0,4}|${fiveDigits})(?!\w)`;
const modifier = String.raw`-\d\d(?![\w${dashes}])`;
const onward = `(?!${joint}${unit}|${modifier})`;
/** A number that goes on is no code, unless another code or a modifier goes on after it. */
const digitEnd = String.raw`(?![\w%]|${onward}[.,/${dashes}]\d)`;
const longer = String.raw`${category}[0-9A-Z]{1,4}(?!\w|${onward}[${dashes}]\d)`;
const letterUnit = String.raw`(?:${dotted}(?!\w)|${longer}|${category}${digitEnd})`;
const digitUnit = `${fiveDigits}${digitEnd}`;
/** A code, or several with only a joint between them. */
const runs = new RegExp(
  `(?:${letterStart}${letterUnit}|${digitStart}${digitUnit})(?:${joint}(?:${letterUnit}|${digitUnit}))*`,
  'g',
);
const units = new RegExp(unit, 'g');

/** Five digits behind these are the number of something else: a change request, a law, a page, a telephone. */
const numbered = new RegExp(
  [
    String.raw`(?:\b(?:CRs?|FR|requests?|transmittals?|publication|pubs?|numbers?|no|articles?|LCDs?|NCDs?|IDs?|room|suite`,
    '|box|contracts?|contractors?|docket|docs?|OMB|pages?|sections?|phone|tel|fax|ext|USD',
    String.raw`|zip(?:\s+codes?)?|postal\s+codes?)\.?:?|[#§$])\s*$`,
  ].join(''),
  'i',
);
/** `Baltimore, MD`; OR and TO in capitals are more often words than Oregon. */
const stateName = /(?:[A-Z][a-z]+\.?,?\s+|,\s*(?!OR|TO))[A-Z]{2}\s*$/;
/** Others of the same list. */
const numbersBefore = new RegExp(
  String.raw`(?:\d{5}(?:\s*(?:[,&/${dashes}]|\band\b|\bor\b|\bto\b|\bthrough\b))+\s*)+$`,
  'i',
);

/** True when five digits at the place are the number of something else than a procedure. */
function isOtherNumber(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 80), at);
  return [before, before.replace(numbersBefore, '')].some(
    (one) => numbered.test(one) || stateName.test(one),
  );
}

const speaksOfDiagnoses = /\bICD|\bdiagnos|\bdx\b/i;
const speaksOfProcedures = /\b(?:CPT|HCPCS|procedures?|codes?)\b/i;

const documentShape = /^D?[AL]\d{5}$/;
const hcpcsShape = /^[A-V]\d{4}$/;
/** Category III and laboratory codes: nothing else is written so. */
const plainlyCpt = /^0\d{3}[TU]$/;
/** A fiscal year, a change request, an article for providers: two letters and a number, but no code. */
const yearOrNotice = /^(?:[CFR]Y|CR|MM|SE|SM|JA)\d/;

// A vitamin, the electronic transactions, a contractor's area, a version of a grouper.
const otherBefore =
  /\b(?:vitamins?|ASC|ANSI|jurisdictions?|MACs?|HCCs?|models?|versions?|groupers?|forms?|tables?|appendix|exhibit|figure)\s*$/i;
const otherAfter = /^\s*(?:models?\b|MACs?\b|A\/B\b|transactions?\b|837|N\b|versions?\b)/i;

const between = new RegExp(
  String.raw`^(?:[\s,;/&${dashes}]|\band\b|\bor\b|\bthrough\b|\bthru\b|\bto\b)+$`,
  'i',
);

/** What a text speaks of, and its sentences. */
type Context = {
  readonly text: string;
  readonly sentences: readonly PlacedSentence[];
  /** Where it first speaks of diagnoses; negative when it does not. */
  readonly diagnosesFrom: number;
  readonly isOfDiagnosesOnly: boolean;
  readonly isOfProcedures: boolean;
};

function contextOf(text: string, sentences: readonly PlacedSentence[]): Context {
  const diagnosesFrom = text.search(speaksOfDiagnoses);
  return {
    text,
    sentences,
    diagnosesFrom,
    isOfDiagnosesOnly: diagnosesFrom >= 0 && !/\b(?:CPT|HCPCS|procedure)/i.test(text),
    isOfProcedures: speaksOfProcedures.test(text),
  };
}

/** A code as written and where it begins. */
type Written = { readonly value: string; readonly at: number };

/**
 * Codes of three characters count after words that speak of ICD-10 or diagnoses in the same sentence, at the beginning of a
 * sentence or line of a text that spoke of them before, and right behind the word "code" or as `M54.-` in one that does
 * anywhere.
 */
function isIntroduced({ value, at }: Written, context: Context): boolean {
  const { text, sentences, diagnosesFrom } = context;
  if (diagnosesFrom < 0) return false;
  const before = text.slice(Math.max(0, at - 40), at);
  const after = text.slice(at + value.length, at + value.length + 40);
  if (otherBefore.test(before) || otherAfter.test(after)) return false;
  if (/\bcodes?[\s:("\u201c]*$/i.test(before) || after.startsWith('.-')) return true;
  const sentence = sentences.findLast((one) => one.at <= at);
  if (!sentence) return false;
  const inSentence = sentence.text.search(speaksOfDiagnoses);
  const isFirst = /^\W*$/.test(text.slice(sentence.at, at));
  return (
    (inSentence >= 0 && sentence.at + inSentence < at) || (isFirst && diagnosesFrom < sentence.at)
  );
}

/** Two letters and more count only right behind such words: `FY2026` and numbers of notices look the same. */
const isNamed = ({ at }: Written, { text }: Context): boolean =>
  /(?:\bcodes?|\bICD-?\s?10(?:-?\s?CM)?|\bdiagnos[ei]s|\bdx)[\s:("\u201c]*$/i.test(
    text.slice(Math.max(0, at - 40), at),
  );

/** What a code is, if it is one; `diagnosesEnd` is where the diagnosis found before it ends. */
function kindOf(
  written: Written,
  context: Context,
  diagnosesEnd: number | undefined,
): PlacedCode['kind'] | undefined {
  const { value, at } = written;
  if (/^\d/.test(value)) {
    const isProcedure = plainlyCpt.test(value) || context.isOfProcedures;
    return isProcedure && !isOtherNumber(context.text, at) ? 'procedure' : undefined;
  }
  if (documentShape.test(value)) return undefined;
  if (value.includes('.')) return 'code';
  if (hcpcsShape.test(value) && !context.isOfDiagnosesOnly) return 'procedure';
  const isRare = /^[A-Z]{2}/.test(value);
  if (value.length > 3 && !isRare) return context.diagnosesFrom >= 0 ? 'code' : undefined;
  if (yearOrNotice.test(value)) return undefined;
  const isListed = diagnosesEnd !== undefined && between.test(context.text.slice(diagnosesEnd, at));
  const isSaid = isRare ? isNamed(written, context) : isIntroduced(written, context);
  return isListed || isSaid ? 'code' : undefined;
}

/**
 * The codes of a text whose sentences are given, in their order. Diagnoses with their dot anywhere; without it in a text
 * that speaks of ICD or diagnoses, those of three characters only where they are listed. CPT codes in texts that speak of
 * codes or procedures (`0213T` in any), HCPCS codes in all but those that speak of diagnoses only. Of a range both ends.
 */
export function codesInText(
  text: string,
  sentences: readonly PlacedSentence[],
): readonly PlacedCode[] {
  const context = contextOf(text, sentences);
  const written = [...text.matchAll(runs)].flatMap((run) =>
    [...run[0].matchAll(units)].map(({ 0: value, index }) => ({ value, at: run.index + index })),
  );
  const found: PlacedCode[] = [];
  let diagnosesEnd: number | undefined;
  for (const { value, at } of written) {
    const kind = kindOf({ value, at }, context, diagnosesEnd);
    if (kind === 'code') diagnosesEnd = at + value.length;
    const code = kind === 'code' ? normalizeCode('icd10cm', value) : value;
    if (kind && code !== undefined) found.push({ kind, value: code, at });
  }
  return found;
}
