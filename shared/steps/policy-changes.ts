// The changes of an edition of policies that can hit claims, and what artifacts are looked up by: read once for all tenants.
import { type Artifact, type KeptUse, procedureUse } from '../core/artifact.ts';
import { type CalendarDate, monthOf } from '../core/calendar-date.ts';
import { type CodeRange, covers } from '../core/code-range.ts';
import type { PolicyChange, PolicyEdition, PolicyRef } from '../core/policy.ts';
import { lookupsOf, type PolicyLookup, type PolicyLookups } from '../core/policy-lookup.ts';
import type { ItemStore } from '../ports/item-store.ts';
import type { PolicyTable } from '../ports/policy-table.ts';
import { readEdition, readNewestEdition } from '../store/policy-editions.ts';
import { createPolicyTable } from '../store/policy-table.ts';
import type { AssessPoliciesMessage } from './messages.ts';
import { createPolicyHistories, type PolicyHistory, remembering } from './policy-histories.ts';

/** A change, and what the artifacts it may hit are looked up by. */
export type PolicyMove = { readonly change: PolicyChange } & PolicyLookups;

/** What may hit in an edition. */
export type EditionMoves = {
  readonly edition: PolicyEdition;
  /** By document and version. None of the first edition of a source. */
  readonly moves: readonly PolicyMove[];
  /** What claims and templates are looked up by, each once; what lies in `ranges` besides. */
  readonly uses: readonly KeptUse[];
  readonly ranges: readonly CodeRange[];
  /** The moves that may hit artifacts of a type by a use. */
  of(type: Artifact['type'], use: KeptUse): readonly PolicyMove[];
  /** A document with all its changes, this edition's and others'. */
  historyOf(ref: PolicyRef): Promise<PolicyHistory>;
};

/** Answers what may hit in an edition. */
export type PolicyChangeReader = (message: AssessPoliciesMessage) => Promise<EditionMoves>;

const changesPage = 200;
/** Editions remembered: they are read again when more are asked for. */
const rememberedMax = 2;

/** A use as text: what messages and assessments under way carry. */
export const useText = ({ system, code }: KeptUse): string => `${system}#${code}`;

/** The use of {@link useText}. */
export function textUse(text: string): KeptUse {
  const [system, code = ''] = text.split('#');
  if (system !== 'icd10cm' && system !== 'hcpcs' && system !== 'cpt') {
    throw new Error(`policies look nothing up by ${text}`);
  }
  return { system, code };
}

/** True for uses of this month that a change may decide otherwise: of templates, or of claims not dated before it. */
const mayMatter = ({ effective }: { effective: CalendarDate }, month: string): boolean =>
  month === 'open' || month >= monthOf(effective);

/** True when uses in a month (`open`: of templates) may be hit by any of the edition's changes. */
export const mayMatterIn = (edition: EditionMoves, use: KeptUse, month: string): boolean =>
  edition
    .of(month === 'open' ? 'template' : 'claim', use)
    .some(({ change }) => mayMatter(change, month));

async function changesOf(table: PolicyTable, edition: PolicyEdition): Promise<PolicyChange[]> {
  const found: PolicyChange[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await table.changes({
      ...{ source: edition.source, since: edition.collected, limit: changesPage },
      meaningfulOnly: true,
      ...(after === undefined ? {} : { after }),
    });
    found.push(...page.items.filter(({ seq }) => seq === edition.seq));
    const isPast = page.items.some(({ seq }) => seq > edition.seq);
    if (page.next === undefined || page.items.length < changesPage || isPast) return found;
    after = page.next;
  }
}

const diagnosisUse = (code: string): KeptUse => ({ system: 'icd10cm', code });

const usesOf = ({ codes, procedures }: PolicyLookup): KeptUse[] => [
  ...codes.map(diagnosisUse),
  ...procedures.map(procedureUse),
];

/** The moves by what artifacts of a type are looked up by. */
function indexOf(moves: readonly PolicyMove[], lookup: (move: PolicyMove) => PolicyLookup) {
  const byUse = new Map<string, PolicyMove[]>();
  for (const move of moves) {
    for (const use of usesOf(lookup(move))) {
      const others = byUse.get(useText(use));
      if (others) others.push(move);
      else byUse.set(useText(use), [move]);
    }
  }
  const inRanges = moves.filter((move) => lookup(move).ranges.length > 0);
  return (use: KeptUse): readonly PolicyMove[] => {
    const listed = byUse.get(useText(use)) ?? [];
    if (use.system !== 'icd10cm' || inRanges.length === 0) return listed;
    const within = inRanges.filter(
      (move) =>
        !listed.includes(move) && lookup(move).ranges.some((range) => covers(range, use.code)),
    );
    return [...listed, ...within];
  };
}

async function readMoves(items: ItemStore, message: AssessPoliciesMessage): Promise<EditionMoves> {
  const { source, seq } = message;
  const table = createPolicyTable(items);
  const edition = await readEdition(items, source, seq);
  if (edition?.id !== message.edition) {
    throw new Error(`${message.edition} was announced but is not committed`);
  }
  const histories = createPolicyHistories(table);
  // The first edition of a source is where its history begins: nothing changed by it.
  const told = seq === 1 ? [] : await changesOf(table, edition);
  const moves: PolicyMove[] = [];
  for (const ref of new Map(told.map((change) => [change.id, change])).values()) {
    const { changes, versions } = await histories.of(ref);
    for (const change of changes) {
      if (change.seq === seq) moves.push({ change, ...lookupsOf(change, versions) });
    }
  }
  const lookups = moves.flatMap(({ claims, templates }) => [claims, templates]);
  const uses = new Map(lookups.flatMap(usesOf).map((use) => [useText(use), use]));
  const ofClaims = indexOf(moves, ({ claims }) => claims);
  const ofTemplates = indexOf(moves, ({ templates }) => templates);
  return {
    edition,
    moves,
    uses: [...uses.values()],
    ranges: lookups.flatMap(({ ranges }) => ranges),
    of: (type, use) => (type === 'claim' ? ofClaims(use) : ofTemplates(use)),
    historyOf: histories.of,
  };
}

/** A reader that remembers: one for each process, so that a thousand tenants read an edition once. */
export function createPolicyChangeReader(items: ItemStore): PolicyChangeReader {
  const once = remembering<EditionMoves>(rememberedMax);
  return async (message) => {
    const { source, seq, edition } = message;
    // A later edition may have decided otherwise since.
    const head = await readNewestEdition(items, source);
    return once(`${source}#${seq}#${edition}#${head?.seq}`, () => readMoves(items, message));
  };
}
