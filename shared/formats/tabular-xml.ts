// Reads CDC's tabular list of ICD-10-CM in XML (`icd10cm_tabular_2017.xml`, schema `icd10cm_tabular.xsd`): notes and
// seventh characters, which no order file tells.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type CalendarDate, fiscalYearOf, fiscalYearStart } from '../core/calendar-date.ts';
import type { CodeRange } from '../core/code-range.ts';
import type { QualityFinding } from '../core/release.ts';
import { noteKinds, type TabularCounts, type TabularList } from '../core/tabular.ts';
import { narrow } from './code-endings.ts';
import { createFindingList, type FindingList } from './finding-list.ts';
import { looksLikeHtml } from './looks-like-html.ts';
import { parseNoteTargets } from './note-targets.ts';
import {
  childrenOf,
  repeated,
  type TabularTree,
  textOf,
  walkTabular,
  type XmlElement,
} from './tabular-tree.ts';

/** What a file held; without `list` some finding is an error and nothing of it may be used. */
export type TabularXml = {
  readonly list?: TabularList;
  readonly counts: TabularCounts;
  readonly findings: readonly QualityFinding[];
};

/** The list's root element. */
const rootName = 'ICD10CM.tabular';

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  htmlEntities: true,
  // Codes stand at most four deep under section, chapter and root; far more than that is an attack.
  maxNestedTags: 200,
  isArray: (name) => repeated.has(name),
});

const noCounts: TabularCounts = {
  codes: 0,
  nodes: 0,
  notes: 0,
  notesByKind: {},
  targets: 0,
  unreadable: 0,
};

/** The text in the encoding the file declares, or undefined when its bytes are not that. */
function decode(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 100)).toString('latin1');
  const declared = /^\s*<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(declared, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The root element, or undefined with the finding that says why there is none. */
function readRoot(bytes: Uint8Array, where: string, list: FindingList): XmlElement | undefined {
  const refuse = (code: string, message: string): undefined => {
    list.add(code, 'error', where, message);
    return undefined;
  };
  if (looksLikeHtml(bytes)) {
    return refuse('html-instead-of-file', 'This is a web page, not the file. Look at the URL.');
  }
  const text = decode(bytes);
  if (text === undefined) {
    return refuse('xml-encoding', 'The bytes are not in the encoding the file declares.');
  }
  if (text.trim() === '') return refuse('empty-file', 'The file is empty. Fetch it again.');
  if (text.includes('<!ENTITY')) {
    return refuse(
      'xml-entity',
      'It defines entities of its own, which no publication of CDC does.',
    );
  }
  // The parser itself lets malformed XML pass.
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    const { line, col, msg } = valid.err;
    return refuse('xml-malformed', `Line ${line}, column ${col}: ${msg} Fetch the file again.`);
  }
  try {
    const document: XmlElement = parser.parse(text);
    const [root] = childrenOf(document, rootName);
    return root ?? refuse('tabular-root', `The root element is not ${rootName}: another file.`);
  } catch (error) {
    return refuse('xml-refused', error instanceof Error ? error.message : String(error));
  }
}

/** From when the list holds: `expected` where given, if its fiscal year is the one the list names. */
function effectiveOf(
  root: XmlElement,
  expected: CalendarDate | undefined,
  where: string,
  list: FindingList,
): CalendarDate | undefined {
  const version = textOf(childrenOf(root, 'version')[0]);
  const years = version.match(/\b20\d\d\b/g) ?? [];
  if (years.length !== 1) {
    const message = `The version "${version}" does not name one fiscal year.`;
    list.add('tabular-version', 'error', where, message);
    return undefined;
  }
  const year = Number(years[0]);
  if (expected === undefined || fiscalYearOf(expected) === year) {
    return expected ?? fiscalYearStart(year);
  }
  const message = `The list is version ${version}; folder and name say it takes effect on ${expected}.`;
  list.add('tabular-year-conflict', 'error', where, message);
  return undefined;
}

type Resolved = { readonly targets: readonly CodeRange[]; readonly unreadable: readonly string[] };

/** The targets of a note, or none when any of its parentheses cannot be read: half of them would say something else. */
function resolve(text: string, { listed }: TabularTree): Resolved {
  const { groups, unreadable } = parseNoteTargets(text);
  const targets: CodeRange[] = [];
  const open = [...unreadable];
  for (const { ranges, endings } of groups) {
    const meant = endings ? narrow(ranges, endings, listed) : ranges;
    if (meant.length === 0) open.push(text);
    targets.push(...meant);
  }
  return { targets: open.length > 0 ? [] : targets, unreadable: open };
}

type Finished = { readonly nodes: TabularList['nodes']; readonly counts: TabularCounts };

function finish(tree: TabularTree, where: string, list: FindingList): Finished {
  const known = new Map<string, Resolved>();
  const notesByKind = Object.fromEntries(noteKinds.map((kind) => [kind, 0]));
  let [notes, targets, unreadable] = [0, 0, 0];
  const nodes = tree.nodes.map((node) => ({
    ...node,
    notes: node.notes.map(({ kind, text }) => {
      const resolved = known.get(text) ?? resolve(text, tree);
      known.set(text, resolved);
      notes += 1;
      notesByKind[kind] = (notesByKind[kind] ?? 0) + 1;
      if (resolved.targets.length > 0) targets += 1;
      for (const open of resolved.unreadable) {
        unreadable += 1;
        const message = `The codes a note names cannot be read for certain: "${open}".`;
        list.add('tabular-targets', 'info', `${where} ${node.at.from}`, message);
      }
      return { kind, text, targets: resolved.targets };
    }),
  }));
  const codes = tree.listed.length;
  return {
    nodes,
    counts: { codes, nodes: nodes.length, notes, notesByKind, targets, unreadable },
  };
}

/**
 * Reads a tabular list. `where` begins every finding's place; `effective` is the date that folder and names give, and
 * must lie in the fiscal year the list names. Findings that are errors: `html-instead-of-file`, `empty-file`,
 * `xml-encoding`, `xml-entity`, `xml-malformed`, `xml-refused`, `tabular-root`, `tabular-version`,
 * `tabular-year-conflict`, `tabular-empty`, `tabular-code`, `tabular-duplicate`, `tabular-range`, `tabular-seventh`;
 * information: `tabular-targets`, for a note whose targets are then none. Never throws for bad bytes.
 */
export function readTabularXml(
  bytes: Uint8Array,
  options: { readonly where: string; readonly effective?: CalendarDate },
): TabularXml {
  const { where } = options;
  const list = createFindingList();
  const root = readRoot(bytes, where, list);
  if (!root) return { counts: noCounts, findings: list.all() };
  const effective = effectiveOf(root, options.effective, where, list);
  const { nodes, counts } = finish(walkTabular(root, where, list), where, list);
  if (counts.codes === 0) {
    list.add('tabular-empty', 'error', where, 'The list names no code at all.');
  }
  const findings = list.all();
  const sound = effective && findings.every(({ severity }) => severity !== 'error');
  return { ...(sound && { list: { effective, nodes } }), counts, findings };
}
