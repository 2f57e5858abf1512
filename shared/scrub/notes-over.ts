// The notes over a code made ready for the rules: what its Excludes1 notes name, and what is to be coded first.
import type { TabularNode, TabularNote } from '../core/tabular.ts';
import type { TabularOnDate } from '../ports/rule-book.ts';
import { indexTargets, type NoteTarget, type TargetIndex } from './note-reach.ts';
import { rememberedBy } from './remembered-by.ts';

/** The "code first" notes of one node. */
export type CodeFirstNote = {
  readonly node: TabularNode;
  /** What stands before all else, such as “the underlying disease, such as:”; empty where nothing does. */
  readonly lead: string;
  /** What it names, as printed. */
  readonly parts: readonly string[];
  readonly names: TargetIndex;
  readonly namesAny: boolean;
  /** It can never be without: an underlying disease, a substance. Other notes hold only if there is such a condition. */
  readonly always: boolean;
  /** "Such as": what it names are examples. */
  readonly open: boolean;
};

/** The notes over a code. */
export type NotesOver = {
  readonly excluded: TargetIndex;
  readonly codeFirst: readonly CodeFirstNote[];
};

type Notes = ReturnType<TabularOnDate['notesOf']>;

const made = rememberedBy(
  (notes: Notes): NotesOver => ({
    excluded: excludedBy(notes),
    codeFirst: codeFirstNotes(notes),
  }),
);

/** The notes a list has over a code. Codes under one node share them: the list hands out the same array for all. */
export const notesOver = ({ notesOf }: TabularOnDate, code: string): NotesOver =>
  made(notesOf(code));

const targetsOf = (node: TabularNode, notes: readonly TabularNote[]): readonly NoteTarget[] =>
  notes.flatMap((note) => note.targets.map((range) => ({ node, note, range })));

const excludedBy = (notes: Notes): TargetIndex =>
  indexTargets(
    notes.flatMap(({ node, note }) => (note.kind === 'excludes1' ? targetsOf(node, [note]) : [])),
  );

function codeFirstNotes(notes: Notes): readonly CodeFirstNote[] {
  const byNode = new Map<TabularNode, TabularNote[]>();
  for (const { node, note } of notes) {
    if (note.kind !== 'codeFirst') continue;
    const others = byNode.get(node);
    if (others) others.push(note);
    else byNode.set(node, [note]);
  }
  return [...byNode].map(([node, own]) => gather(node, own));
}

const conditional = /\bif\b|\bany\b|\bwhen\b|\bcomplicating\b/i;
const unconditional = /\bunderlying\b|\bto identify\b|\betiolog/i;
const examples = /\bsuch\b|\be\.g\./i;

function gather(node: TabularNode, notes: readonly TabularNote[]): CodeFirstNote {
  const texts = notes.map((note) => note.text.trim().replace(/^,\s*|[;.]$/g, ''));
  const text = texts.join('; ');
  const hasLead = texts.length > 1 && texts[0]?.endsWith(':') === true;
  const targets = targetsOf(node, notes);
  return {
    node,
    lead: hasLead ? (texts[0] ?? '') : '',
    parts: hasLead ? texts.slice(1) : texts,
    names: indexTargets(targets),
    namesAny: targets.length > 0,
    always: unconditional.test(text) && !conditional.test(text),
    open: examples.test(text),
  };
}
