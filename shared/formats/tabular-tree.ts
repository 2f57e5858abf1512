// Walks the parsed tabular XML: chapters, sections and codes with what stands at them, parents first.
import type { CodeRange } from '../core/code-range.ts';
import { normalizeCode } from '../core/code-system.ts';
import { type NoteKind, noteKinds, type TabularNode } from '../core/tabular.ts';
import type { ListedCode } from './code-endings.ts';
import type { FindingList } from './finding-list.ts';
import { parseNoteTargets } from './note-targets.ts';

/** An element as the XML parser gives it: children and `@_` attributes by name, own text as `#text`. */
export type XmlElement = { readonly [name: string]: unknown };

/** Elements that may occur more than once under their parent: the parser gives them as lists even when alone. */
export const repeated: ReadonlySet<string> = new Set([
  ...['chapter', 'section', 'diag', 'note', 'extension', 'sevenChrDef'],
  ...noteKinds,
]);

/** A node before the targets of its notes are worked out. */
export type DraftNode = Omit<TabularNode, 'notes'> & {
  readonly notes: readonly { readonly kind: NoteKind; readonly text: string }[];
};

/** Everything the tree holds. */
export type TabularTree = {
  /** Nodes that carry a note or a seventh character. */
  readonly nodes: readonly DraftNode[];
  /** Every code of the list, by the alphabet. */
  readonly listed: readonly ListedCode[];
};

const isElement = (value: unknown): value is XmlElement =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The children of one name; a child that holds nothing but text is an element with this text. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  const value = element[name];
  const all: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return all.map((one) => (isElement(one) ? one : { '#text': String(one ?? '') }));
}

/** The element's own text, blanks and line ends as one blank. */
export const textOf = (element: XmlElement | undefined): string =>
  String(element?.['#text'] ?? '')
    .replace(/\s+/g, ' ')
    .trim();

const textOfChild = (element: XmlElement, name: string): string =>
  textOf(childrenOf(element, name)[0]);

/** The range a chapter or section holds: in its title's last parentheses, or its id. */
function rangeOf(title: string, id: string): CodeRange | undefined {
  const inTitle = /\([^()]*\)\s*$/.exec(title)?.[0] ?? '';
  for (const written of [inTitle, `(${id})`]) {
    const [group] = parseNoteTargets(written).groups;
    const [range] = group?.ranges ?? [];
    if (range && group?.ranges.length === 1) return range;
  }
  return undefined;
}

/** A walk under way. */
type Walk = {
  readonly where: string;
  readonly list: FindingList;
  readonly nodes: DraftNode[];
  readonly listed: ListedCode[];
  readonly seen: Set<string>;
};

const refuse = ({ where, list }: Walk, code: string, at: string, message: string): void =>
  list.add(code, 'error', `${where} ${at}`, message);

function seventhOf(walk: Walk, element: XmlElement, at: string): TabularNode['seventh'] {
  const extensions = childrenOf(element, 'sevenChrDef').flatMap((definition) =>
    childrenOf(definition, 'extension'),
  );
  return extensions.flatMap((extension) => {
    const char = String(extension['@_char'] ?? '');
    if (/^[0-9A-Z]$/.test(char)) return [{ char, meaning: textOf(extension) }];
    const message = `"${char}" is no seventh character; the one at ${at} is left out.`;
    refuse(walk, 'tabular-seventh', at, message);
    return [];
  });
}

/** Adds a node if anything stands at it; answers its own seventh characters. */
function addNode(
  walk: Walk,
  element: XmlElement,
  node: Pick<TabularNode, 'at' | 'level' | 'title'>,
): TabularNode['seventh'] {
  const notes = noteKinds.flatMap((kind) =>
    childrenOf(element, kind)
      .flatMap((group) => childrenOf(group, 'note'))
      .map((note) => ({ kind, text: textOf(note) }))
      .filter(({ text }) => text !== ''),
  );
  const seventh = seventhOf(walk, element, node.at.from);
  if (notes.length > 0 || seventh.length > 0) walk.nodes.push({ ...node, notes, seventh });
  return seventh;
}

/** What lies above a code: the code itself (none under a section) and the seventh characters it passes down. */
type Above = { readonly code: string; readonly seventh: string };

function walkCode(walk: Walk, element: XmlElement, above: Above): void {
  const name = textOfChild(element, 'name');
  const code = normalizeCode('icd10cm', name);
  if (code === undefined || !code.startsWith(above.code) || code === above.code) {
    const parent = above.code === '' ? 'a section' : above.code;
    const message = `"${name}" cannot be a code under ${parent}; it is left out.`;
    refuse(walk, 'tabular-code', name, message);
    return;
  }
  if (walk.seen.has(code)) {
    const message = `${name} stands in the list twice; the first one counts.`;
    refuse(walk, 'tabular-duplicate', name, message);
    return;
  }
  walk.seen.add(code);
  const at = { from: code, to: code };
  const own = addNode(walk, element, { at, level: 'diag', title: textOfChild(element, 'desc') });
  const seventh = own.length > 0 ? own.map(({ char }) => char).join('') : above.seventh;
  const below = childrenOf(element, 'diag');
  walk.listed.push({ code, leaf: below.length === 0, seventh });
  for (const child of below) walkCode(walk, child, { code, seventh });
}

function walkBlock(walk: Walk, element: XmlElement, level: 'chapter' | 'section'): void {
  const title = textOfChild(element, 'desc');
  const at = rangeOf(title, String(element['@_id'] ?? ''));
  if (at) addNode(walk, element, { at, level, title });
  else {
    const message = `The ${level} "${title}" does not say which codes it holds.`;
    refuse(walk, 'tabular-range', title, message);
  }
  for (const section of childrenOf(element, 'section')) walkBlock(walk, section, 'section');
  for (const child of childrenOf(element, 'diag')) walkCode(walk, child, { code: '', seventh: '' });
}

/**
 * Walks the tree under the root element. Findings, all errors: `tabular-code`, `tabular-duplicate`, `tabular-range`,
 * `tabular-seventh`.
 */
export function walkTabular(root: XmlElement, where: string, list: FindingList): TabularTree {
  const walk: Walk = { where, list, nodes: [], listed: [], seen: new Set() };
  for (const chapter of childrenOf(root, 'chapter')) walkBlock(walk, chapter, 'chapter');
  return {
    nodes: walk.nodes,
    listed: walk.listed.toSorted((a, b) => (a.code < b.code ? -1 : 1)),
  };
}
