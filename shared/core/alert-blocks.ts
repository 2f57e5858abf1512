// The part of an alert's plain text that is said code by code: what changed, what to use instead,
// what it hits.
import { replacementsOf, templatesOf } from './alert.ts';
import { codeSystems, formatCode } from './code-system.ts';
import type { Alert, AlertCode, AlertTemplate } from './finding.ts';
import { formatDollars } from './money.ts';
import { countOf, dayText, oneLine, wrap } from './wording.ts';

/** What a block needs to know of its alert. */
export type BlockContext = Pick<Alert, 'system'> & {
  /** True when the change is in force: it is told in the past tense. */
  readonly inForce: boolean;
};

const line = (text: string): string => wrap(text, { first: 2, others: 4 });
const entry = (text: string, width: number): string => wrap(text, { first: 4, others: 6 + width });

/** The title to show for a code: what it was called as the tenant used it. */
export const titleOf = (code: AlertCode): string =>
  oneLine(code.title.before ?? code.title.after ?? '');

/** `$480.00 billed`, or undefined when nothing is known to have been billed. */
const billedText = (cents: number): string | undefined =>
  cents > 0 ? `${formatDollars(cents)} billed` : undefined;

/** Claims with what was billed on them: `3 claims, $480.00 billed`. */
export const claimsText = (claims: {
  readonly count: number;
  readonly billedCents: number;
}): string =>
  [countOf(claims.count, 'claim'), billedText(claims.billedCents)]
    .filter((part) => part !== undefined)
    .join(', ');

function changeLine(code: AlertCode, { system, inForce }: BlockContext): string {
  const date = dayText(code.effective);
  if (code.kind === 'retitled') {
    const to = oneLine(code.title.after ?? '');
    const verb = inForce ? 'Was retitled' : 'Will be retitled';
    return line(`${verb} on ${date}: "${to}". It can still be billed; check what it means.`);
  }
  if (code.kind === 'ended') {
    const verb = inForce ? 'Ended' : 'Ends';
    return line(`${verb} on ${date}: it is no longer in ${codeSystems[system].title}.`);
  }
  const verb = inForce ? 'Became' : 'Becomes';
  return line(`${verb} a category on ${date}: a claim needs a more specific code.`);
}

function replacementLines(code: AlertCode, { system }: BlockContext): string[] {
  if (code.kind === 'retitled') return [];
  const total = replacementsOf(code);
  if (total === 0) {
    return [
      line('No replacement is known, neither officially nor by inference: have it coded anew.'),
    ];
  }
  const inferred = code.replacedBy.filter((by) => by.source === 'inferred').length;
  const mixed = inferred > 0 && inferred < code.replacedBy.length;
  const official = 'official conversion table';
  const guess = 'inferred from the new codes; the official conversion table names none';
  const source = mixed ? '* = inferred, not official' : inferred > 0 ? guess : official;
  const choice = total === 1 ? 'Use instead' : 'Use one of these, as the record documents';
  const width = Math.max(0, ...code.replacedBy.map((by) => formatCode(system, by.code).length));
  const shown = code.replacedBy.map((by) => {
    const mark = mixed && by.source === 'inferred' ? ' *' : '';
    const written = formatCode(system, by.code);
    return entry(`${written.padEnd(width + 2, '\u00a0')}${oneLine(by.title)}${mark}`, width);
  });
  return [line(`${choice} (${source}):`), ...shown, ...moreLine(code.replacedByMore)];
}

const moreLine = (more: number | undefined): string[] =>
  more === undefined ? [] : [`    and ${more} more`];

function templateLine(template: AlertTemplate): string {
  const owner = template.owner === undefined ? 'no owner' : `owner: ${oneLine(template.owner)}`;
  return entry(`${oneLine(template.name ?? template.id)} (${owner})`, 0);
}

function templateLines(code: AlertCode): string[] {
  const total = templatesOf(code);
  if (total === 0) return [];
  const task = code.kind === 'retitled' ? 'Templates to check' : 'Templates to change';
  return [
    line(`${task}: ${total}`),
    ...code.templates.map(templateLine),
    ...moreLine(code.templatesMore),
  ];
}

function claimLines(code: AlertCode): string[] {
  const { claims, reworkCents } = code;
  if (claims.count === 0) return [];
  const rework = `${formatDollars(reworkCents.min)} to ${formatDollars(reworkCents.max)}`;
  const billed = billedText(claims.billedCents);
  const worth = [...(billed === undefined ? [] : [billed]), `${rework} to rework if denied`];
  return [line(`Claims at risk: ${claims.count} (${worth.join('; ')})`)];
}

function habitLines(code: AlertCode): string[] {
  if (!code.habit) return [];
  const billed = claimsText({ count: code.habit.claims, billedCents: code.habit.billedCents });
  return [line(`By habit, in the last 12 months: ${billed}`)];
}

/** Everything about one code, as lines indented below its heading. */
export function codeBlock(code: AlertCode, context: BlockContext): string {
  const written = formatCode(context.system, code.code);
  const block = [
    wrap(`${written}\u00a0\u00a0${titleOf(code)}`, { first: 0, others: written.length + 2 }),
    changeLine(code, context),
    ...replacementLines(code, context),
    ...templateLines(code),
    ...claimLines(code),
    ...habitLines(code),
  ];
  return block.join('\n');
}
