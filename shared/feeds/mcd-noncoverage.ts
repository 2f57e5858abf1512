// Whether a sentence of the Medicare Coverage Database says of a group of procedures that they are not covered: no column
// does. It has to say so of all of them, whatever the diagnosis; a sentence that leaves any of that open is not taken.
const pattern = (...parts: readonly string[]): RegExp => new RegExp(parts.join(''), 'i');

/** What may stand between a negation and what it negates. */
const inBetween = String.raw`(?:\s+(?:be|been|being|currently|generally|routinely|considered|deemed|found|to|a|as|an|eligible|for|medicare|payment))*`;
const granted = String.raw`(?:covered|payable|paid|reimbursable|reimbursed|coverage|reimbursement|payment|medically\s+necessary|reasonable\s+and\s+(?:medically\s+)?necessary|a\s+(?:covered\s+|medicare\s+)?benefit)`;
/** What is said of codes to say that Medicare does not pay for them. */
const refused = [
  String.raw`non-?\s?(?:covered|payable|reimbursable|reimbursed)`,
  String.raw`(?:not|never|no\s+longer)${inBetween}\s+${granted}`,
  String.raw`excluded\s+(?:by\s+statute|from\s+(?:medicare\s+)?(?:coverage|payment|reimbursement))`,
  String.raw`(?:statutorily|always)\s+excluded`,
  String.raw`(?:considered|deemed)\s+(?:to\s+be\s+)?(?:experimental|investigational|unproven)`,
  String.raw`(?<=\b(?:will|shall)\s+(?:\w+\s+)?be\s+|\b(?:are|is)\s+)denied`,
].join('|');
const subject = String.raw`\b(?:codes?|services?|procedures?|items?|tests?|drugs?|following|these)\b`;
const verb = String.raw`\b(?:are|is|be|been|considered|will|shall|would|can|should|do|does|have)\b`;
/** Words that negate and are verbs by themselves. */
const negated = String.raw`\b(?:cannot|(?:can|won|are|is|do|does)n?['’]t)${inBetween}\s+${granted}`;
const payer = String.raw`\b(?:does|do|will|shall|can)\s*(?:not|n['’]t)\s+(?:cover|pay|reimburse)\b`;
const noCoverage = String.raw`\bno\s+(?:medicare\s+)?(?:coverage|payment|reimbursement)\b|\b(?:coverage|payment|reimbursement)\s+(?:is|will\s+be)\s+not\s+(?:provided|available|allowed|made)\b`;

/** Of codes that they are not covered, or that Medicare does not cover them. */
const said: readonly RegExp[] = [
  pattern(
    subject,
    '[^.]{0,120}',
    verb,
    String.raw`[^.]{0,60}?(?<![\w-])(?:`,
    refused,
    String.raw`)\b`,
  ),
  pattern(subject, '[^.]{0,120}', negated, String.raw`\b`),
  pattern('(?:', payer, '|', noCoverage, ')[^.]{0,60}', subject),
];

/** Words that a heading may have before it says so: `Group 2: CPT/HCPCS codes not covered by Medicare`. */
const headingWords = String.raw`(?:\s*(?:groups?\b|\d{1,2}(?!\d)|(?:list|of|the|cpt|hcpcs|medicare|codes?|services?|procedures?|items?|tests?|drugs?|that|which|and|or)\b|[/:*®]))*\s*`;
const headingRefused = String.raw`(?:non-?\s?(?:covered|payable|reimbursable|reimbursed)|not\s+(?:covered|payable|reimbursable|reimbursed|medically\s+necessary)|never\s+covered|excluded\s+from\s+(?:medicare\s+)?coverage)`;
const heading = pattern(
  String.raw`^[^\w:/*®]*`,
  headingWords,
  headingRefused,
  String.raw`\b[^.]{0,60}$`,
);

/** What makes it a sentence about some of them, some of the time, or about something else. */
const notOfAll: readonly RegExp[] = [
  // Under a condition.
  /\b(?:unless|except|when|if|until|where|without|absent|only|may(?:\s+not)?\s+be|might|must|more\s+(?:often\s+|frequently\s+)?than|in\s+excess|exceed\w*)\b/i,
  // What is listed elsewhere, and what is not listed.
  /\b(?:not|nor)\s+(?:\w+\s+)?(?:listed|included|identified|specified|named|found|contained|on)\b|\bunlisted\b/i,
  /(?<!\bfollowing\s)\b(?:others?|remaining|any\s+additional)\b/i,
  // A pairing with diagnoses, or a use.
  /(?<!\b(?:any|all)\s)\b(?:diagnos\w*|ICD|indications?)\b/i,
  /\b(?:covered|payable|reimbursable|reimbursed)\s+(?:when|for|with|in)\s+(?!any\b|all\b|medicare\b|dates?\b|payment\b|services?\s+on\b)/i,
  // Paid as part of something else.
  /\bseparate(?:ly)?\b|\bbundled\b|\bpackaged\b|\bincident\s+to\b/i,
  // Of two kinds at once, or denied in turn.
  /\bcovered\s*(?:and|or|\/|and\/or)\s*(?:non|not)\b/i,
  /\b(?:not|never|neither|cannot)\s+(?:\w+\s+)?(?:non-?\s?covered|excluded|denied|considered\s+(?:experimental|investigational))\b/i,
  // Services in general: what to do with them, who denied them.
  /\b(?:that|which)\s+(?:is|are|were)\s+denied\b/i,
  /\b(?:that|which)\s+(?:is|are)\s+(?:non|not|never|excluded|denied)[^.]*\b(?:should|need|require|submit\w*)\b/i,
];

/**
 * True when a sentence says that the procedures of its group are not covered, whatever the diagnosis and without condition.
 * "Not separately paid" is not "not covered".
 */
export const saysNonCovered = (sentence: string): boolean =>
  [...said, heading].some((one) => one.test(sentence)) &&
  !notOfAll.some((other) => other.test(sentence));
