// The part of an alert's plain text that is said code by code: what changed, what to use instead,
// what it hits, and until when.
import { replacementsOf, templatesOf } from './alert.ts';
import { isTooLate } from './alert-reading.ts';
import { codeSystems, formatCode } from './code-system.ts';
import type { Alert, AlertCode, AlertTemplate, HitClaims } from './finding.ts';
import { formatDollars, formatRange } from './money.ts';
import { countOf, dayText, listOf, oneLine, wrap } from './wording.ts';

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

/** Where replacements of a system are officially named: in a table of conversions, or beside the code. */
const namedIn: Readonly<Record<Alert['system'], string>> = {
  icd10cm: 'official conversion table',
  icd10pcs: 'official conversion table',
  hcpcs: 'cross-reference in the HCPCS file',
};

const noReplacement = (system: Alert['system']): string =>
  system === 'hcpcs'
    ? 'The HCPCS file names no replacement: have the service coded anew.'
    : 'No replacement is known, neither officially nor by inference: have it coded anew.';

function replacementLines(code: AlertCode, { system }: BlockContext): string[] {
  if (code.kind === 'retitled') return [];
  const total = replacementsOf(code);
  if (total === 0) return [line(noReplacement(system))];
  const inferred = code.replacedBy.filter((by) => by.source === 'inferred').length;
  const mixed = inferred > 0 && inferred < code.replacedBy.length;
  const official = namedIn[system];
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

/** A template with its owner. */
export function templateLine(template: AlertTemplate): string {
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
  const billed = billedText(claims.billedCents);
  const worth = [
    ...(billed === undefined ? [] : [billed]),
    ...(reworkCents.max > 0 && !isTooLate(claims)
      ? [`${formatRange(reworkCents)} to rework if denied`]
      : []),
  ];
  const shown = worth.length > 0 ? ` (${worth.join('; ')})` : '';
  const what = isTooLate(claims) ? 'Claims hit' : 'Claims at risk';
  return [line(`${what}: ${claims.count}${shown}`), ...filingLines(claims)];
}

/** Until when claims must be filed, and how many can be no more. */
export function filingLines(claims: HitClaims): string[] {
  const { count, fileBy, lapsed = 0 } = claims;
  const all = count === 1 ? '' : ': all of them';
  const late = isTooLate(claims) ? all : `: ${countOf(lapsed, 'claim')}`;
  const tooLate = lapsed > 0 ? [line(`Too late to file${late}`)] : [];
  if (fileBy === undefined) return tooLate;
  const first = count - lapsed > 1 ? 'File the first by' : 'File by';
  return [line(`${first} ${dayText(fileBy)}`), ...tooLate];
}

function lagLines({ stillListedBy = [], stillListedByMore }: AlertCode): string[] {
  if (stillListedBy.length === 0) return [];
  const named = stillListedBy.map(({ id }) => id);
  const shown =
    stillListedByMore === undefined
      ? listOf(named)
      : `${named.join(', ')} and ${stillListedByMore} more`;
  return [
    line(
      `Still listed in payer policies: ${shown}. Coverage of the new codes is not certain: ask the payer.`,
    ),
  ];
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
    ...lagLines(code),
  ];
  return block.join('\n');
}
