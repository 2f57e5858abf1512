// What a payer's coverage policy is to Codewatch: which diagnoses support which procedures, where, from which day, and in
// whose words. One document of the Medicare Coverage Database, or one policy of any payer in our own format.
import type { CalendarDate } from './calendar-date.ts';
import type { CodeRange } from './code-range.ts';
import type { Approval, QualityFinding } from './release.ts';

/** Id of a collection of policies: `mcd`, or what the configuration calls another payer's. */
export type PolicySourceId = string;

/** A document of a source, as people name it: `A57791`, `L36920`. */
export type PolicyRef = { readonly source: PolicySourceId; readonly id: string };

/** `article` and `lcd` of the Medicare Coverage Database; `rules` in our own format. */
export type PolicyKind = 'article' | 'lcd' | 'rules';

/** What a list of diagnoses means for the procedures it is for. */
export type CoverageList = 'covered' | 'not-covered' | 'requires' | 'prior-authorization';

/**
 * How sure it is that a group of diagnoses is for these procedures: said in a field (`explicit`), read from the group's
 * paragraph (`prose`), there being one group of procedures only (`only-group`), both groups having the same number
 * (`same-number`), or none of these (`unclear`: any of the document's procedures).
 */
export type MappingCertainty = 'explicit' | 'prose' | 'only-group' | 'same-number' | 'unclear';

/** Diagnosis codes in normal form (ICD-10-CM, upper case, no dot). A code stands for itself alone, a range for all below. */
export type DiagnosisSet = {
  /** Ascending, each once. */
  readonly codes: readonly string[];
  readonly ranges: readonly CodeRange[];
};

/** A group of diagnoses with what it says of a group of procedures. */
export type DiagnosisGroup = {
  readonly list: CoverageList;
  /** As the source numbers it, `1`. Unique within a list of one document. */
  readonly group: string;
  readonly diagnoses: DiagnosisSet;
  /** `XX000`: every code the document does not list as covered for the same procedures. */
  readonly everythingElse: boolean;
  /** Codes that count under a condition only (`footnote`), ascending; all of a range does whose ends both are among them. */
  readonly asterisked: readonly string[];
  /** Plain text of the condition of asterisked codes; absent when the document gives none. */
  readonly footnote?: string;
  /** HCPCS and CPT codes it is for, ascending. Identifiers only. */
  readonly procedures: readonly string[];
  readonly mapping: MappingCertainty;
  /** What to quote: the paragraph's sentence on procedures, else its first; plain text, 600 characters at most. */
  readonly quote?: string;
};

/** A group of procedures of a document. */
export type ProcedureGroup = {
  readonly group: string;
  /** Ascending, each once, upper case. */
  readonly codes: readonly string[];
  /** The paragraph says that these are not covered at all. */
  readonly nonCovered: boolean;
  readonly quote?: string;
};

/** Who applies a policy where. States as USPS or MCD sub-state abbreviations (`CA`, `NY`, `QN`), ascending; empty: everywhere. */
export type Jurisdiction = { readonly contractor: string; readonly states: readonly string[] };

/** One entry of a document's revision history, plain text. */
export type PolicyRevision = {
  readonly number: string;
  readonly date?: CalendarDate;
  readonly text: string;
};

/**
 * One version of a policy, in the normal form that is archived, compared and stored: lists in the order said, so that
 * equal meaning is equal bytes. What a feed reads; when it was first seen is added by ingest.
 */
export type PolicyDocument = PolicyRef & {
  readonly kind: PolicyKind;
  /** `medicare`, or the payer's id in the configuration. */
  readonly payer: string;
  /** A plan of the payer it is limited to. */
  readonly plan?: string;
  /** As the source counts, digits: the higher number is the later version. */
  readonly version: string;
  readonly title: string;
  /** Page for people. */
  readonly url: string;
  readonly published?: CalendarDate;
  /** First day it applies; may lie before `published` and after today. */
  readonly effective: CalendarDate;
  /** Last day it applies, when it ends or is retired. */
  readonly ends?: CalendarDate;
  readonly jurisdictions: readonly Jurisdiction[];
  readonly procedureGroups: readonly ProcedureGroup[];
  readonly groups: readonly DiagnosisGroup[];
  readonly revisions: readonly PolicyRevision[];
  /** Documents it names as belonging to it (an article's LCD), ascending ids. */
  readonly related: readonly string[];
  /**
   * Paragraphs by name as plain text, in which no markup of the source is left: the original HTML stays in the archive and
   * is shown nowhere. Not part of what is compared for meaning.
   */
  readonly texts: Readonly<Record<string, string>>;
};

/** A version as taken in: what was read, and when and by what. */
export type PolicyVersion = PolicyDocument & {
  /** Edition that brought it ({@link PolicyEdition}). */
  readonly edition: string;
  /** Sequence number of that edition in its source. */
  readonly seq: number;
  /** Day we first saw it. */
  readonly firstSeen: CalendarDate;
  /** Taken back: a later complete edition held a lower version again. Counts as if it had never been. */
  readonly withdrawn?: true;
};

/**
 * What changed from one version of a document to the next. Those that mean something for claims: `new`, `codes`,
 * `procedures`, `conditions` (asterisks, footnotes, mapping), `dates`, `jurisdictions`, `retired`, `reinstated`,
 * `merged`, `split`. Recorded as such and told to nobody: `renamed` (title or contractor's name), `review` (a new
 * version that says the same), `text` (paragraphs, links, typos).
 */
export type PolicyChangeKind =
  | 'new'
  | 'codes'
  | 'procedures'
  | 'conditions'
  | 'dates'
  | 'jurisdictions'
  | 'retired'
  | 'reinstated'
  | 'merged'
  | 'split'
  | 'renamed'
  | 'review'
  | 'text';

/** A diagnosis that a list gained or lost for some procedures. Codes in normal form. */
export type CoverageMove = {
  readonly list: CoverageList;
  readonly group: string;
  readonly direction: 'added' | 'removed';
  readonly codes: readonly string[];
  readonly ranges: readonly CodeRange[];
  /**
   * Set when no codes are listed: `else` is `XX000` (every code not listed as covered for the procedures), `all` a group of
   * procedures said to be non-covered, whatever the diagnosis. Such a move is of the list `not-covered`.
   */
  readonly everything?: 'else' | 'all';
  readonly procedures: readonly string[];
  readonly mapping: MappingCertainty;
};

/** One document's change by an edition. */
export type PolicyChange = Pick<
  PolicyDocument,
  'source' | 'id' | 'payer' | 'plan' | 'title' | 'url' | 'version'
> & {
  /** The version before; absent for a new document. */
  readonly before?: string;
  /** The weightiest first; at least one. */
  readonly kinds: readonly PolicyChangeKind[];
  readonly published?: CalendarDate;
  /** First day the change applies to. */
  readonly effective: CalendarDate;
  readonly firstSeen: CalendarDate;
  /** Last day, for a retirement. */
  readonly ends?: CalendarDate;
  /** It applies to dates of service before the day we first saw it. */
  readonly retroactive: boolean;
  readonly moves: readonly CoverageMove[];
  /** Procedures the document gained and lost, ascending. */
  readonly addedProcedures: readonly string[];
  readonly removedProcedures: readonly string[];
  /** States it applies in now, ascending; empty: everywhere. */
  readonly states: readonly string[];
  readonly addedStates: readonly string[];
  readonly removedStates: readonly string[];
  /** The documents merged into it or split from it. */
  readonly others: readonly string[];
  /** What the revision history says of it, plain text; absent when nothing. */
  readonly explanation?: string;
  readonly edition: string;
  readonly seq: number;
};

/** Kinds that mean something for claims. */
export const meaningfulKinds: ReadonlySet<PolicyChangeKind> = new Set([
  'new',
  'codes',
  'procedures',
  'conditions',
  'dates',
  'jurisdictions',
  'retired',
  'reinstated',
  'merged',
  'split',
]);

/** Whether claims may be decided otherwise after the change. */
export const isMeaningful = ({ kinds }: Pick<PolicyChange, 'kinds'>): boolean =>
  kinds.some((kind) => meaningfulKinds.has(kind));

/** Something a bulletin says that a person has to look at: it never becomes a rule by itself. */
export type ReviewItem = {
  /** Determined by feed, the bulletin's own id, and what was found in it. */
  readonly id: string;
  readonly feed: string;
  readonly title: string;
  readonly url: string;
  readonly published?: CalendarDate;
  readonly firstSeen: CalendarDate;
  /** ICD-10-CM codes (normal form), procedures, documents and dates found in the text, ascending. */
  readonly codes: readonly string[];
  readonly procedures: readonly string[];
  readonly documents: readonly string[];
  readonly dates: readonly CalendarDate[];
  /** Sentences they were found in, plain text. */
  readonly quotes: readonly string[];
};

/** What was taken in from a source at once: an export, a batch of API answers, a file of rules, a bulletin feed. */
export type PolicyEdition = {
  /** `<source>-<published or collected>-<6 hex of its files>`: the same files are the same edition. */
  readonly id: string;
  readonly source: PolicySourceId;
  readonly feed: string;
  /** 1, 2, … in the order taken in. */
  readonly seq: number;
  readonly published?: CalendarDate;
  /** Day it was collected: what of it is new was first seen then. */
  readonly collected: CalendarDate;
  /** ISO instant it was committed. */
  readonly recordedAt: string;
  /** Whether it holds every document in force, so that one missing in it is gone. */
  readonly complete: boolean;
  readonly sources: readonly { readonly url: string; readonly sha256: string }[];
  readonly documents: number;
  /** Documents it changed, and how many of them in meaning. */
  readonly changed: number;
  readonly meaningful: number;
  /** sha256 of the archived normal forms: every document known after it, and only the changed ones with their changes. */
  readonly stateSha256: string;
  readonly deltaSha256: string;
  /** What was found in its files and did not keep it out; errors where an approval lifted them. Absent when nothing. */
  readonly findings?: readonly QualityFinding[];
  /** Who lifted its quarantine, and why; absent where it passed the gate. */
  readonly approval?: Approval;
};
