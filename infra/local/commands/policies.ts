// `codewatch policies [ID]`: the policies taken in, or one of them on a day with its history.
import Table from 'cli-table3';
import { countOf } from '../../../shared/core/wording.ts';
import type { PolicyAnswer } from '../../../shared/operations/show-policy.ts';
import type { PolicySummary } from '../../../shared/operations/written-policy.ts';
import { type AskApi, openSession } from '../session.ts';
import { exitCodes } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { bodyOf, type Command, dayFlag, textFlag } from './command.ts';

type Page<T> = { readonly items: readonly T[]; readonly nextCursor?: string };

/** Exit code 0. `--collection` names the source of a policy, `mcd` when absent; `--on` is the day. */
export const policies: Command = async ({ words, flags, settings, terminal }) => {
  const [id, ...more] = words;
  if (more.length > 0) throw new UsageError('policies takes one id, or none');
  const source = textFlag(flags, 'collection');
  const date = dayFlag(flags, 'on');
  const session = await openSession(settings, 'policies', console.error);
  try {
    if (id === undefined) {
      const query = source === undefined ? {} : { source };
      const all = await readAll<PolicySummary>(session.ask, '/v1/policies', query);
      terminal.answer({ items: all }, () => listText(all));
      return exitCodes.ok;
    }
    const path = `/v1/policies/${encodeURIComponent(source ?? 'mcd')}/${encodeURIComponent(id)}`;
    const query = date ? `?date=${date}` : '';
    const answer = await bodyOf<PolicyAnswer>(await session.ask('GET', `${path}${query}`));
    const history = await readAll<PolicySummary>(session.ask, `${path}/history`, {});
    terminal.answer({ ...answer, history }, () => policyText(answer, history));
    return exitCodes.ok;
  } finally {
    await session.close();
  }
};

/** Every page of a list. */
async function readAll<T>(
  ask: AskApi,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const asked = new URLSearchParams({ ...query, ...(cursor !== undefined && { cursor }) });
    const page = await bodyOf<Page<T>>(await ask('GET', `${path}?${asked}`));
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
}

/** Where it applies, and to which plan: `everywhere, to the plan Gold PPO only`. */
const scope = ({ states, plan }: PolicySummary): string => {
  const places = states.length === 0 ? 'everywhere' : `in ${states.join(' ')}`;
  return plan === null ? places : `${places}, to the plan ${plan} only`;
};

function listText(all: readonly PolicySummary[]): string {
  if (all.length === 0) return 'no policy was taken in yet';
  const table = new Table({
    head: ['policy', 'version', 'effective', 'procedures', 'diagnoses', 'title'],
    colAligns: ['left', 'right', 'left', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const one of all) {
    const { source, id, version, effective, procedures, listedCodes, title, plan } = one;
    table.push([
      ...[`${source}/${id}`, version, effective],
      ...[procedures.length, listedCodes, plan === null ? title : `${title} (plan ${plan})`],
    ]);
  }
  return table.toString();
}

const standings: Readonly<Record<PolicyAnswer['status'], string>> = {
  'in-force': 'in force',
  future: 'not in force yet',
  ended: 'ended',
};

function policyText(answer: PolicyAnswer, history: readonly PolicySummary[]): string {
  const { source, id, version, date, status, title, url, groups, endedCodes } = answer;
  const lines = [
    `${source}/${id} version ${version} on ${date}: ${standings[status]}`,
    `  ${title}`,
    `  ${url}`,
    `  applies ${scope(answer)}`,
    ...groups.map(
      ({ list, group, diagnoses, procedures }) =>
        `  ${list}, group ${group}: ${countOf(diagnoses.codes.length, 'diagnosis code')} for ${procedures.join(' ')}`,
    ),
    ...endedCodes.map(({ code, since }) => `  still lists ${code}, not billable since ${since}`),
    '  versions:',
    ...history.map(
      (one) => `    ${one.version}  effective ${one.effective}, first seen ${one.firstSeen}`,
    ),
  ];
  return lines.join('\n');
}
