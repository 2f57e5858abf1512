// From policies as written to documents in normal form: every code, date and name is read here, whichever form the file has.
import { type CalendarDate, parseCalendarDate } from '../../core/calendar-date.ts';
import { plainName } from '../../core/payer.ts';
import type { DiagnosisGroup, PolicyDocument, ProcedureGroup } from '../../core/policy.ts';
import { normalPolicy } from '../../core/policy-normal-form.ts';
import { stateNamed } from '../../core/us-states.ts';
import type { FindingList } from '../../formats/finding-list.ts';
import { checkLimits } from './check-limits.ts';
import { anyDiagnosis, readDiagnoses, readProcedures } from './rule-codes.ts';
import { rulesLimits } from './rules-schema.ts';
import type { FieldNames, WrittenPolicy, WrittenRule, WrittenRules } from './written-rules.ts';

/** Whose rules these are, as configured. */
export type RulesOwner = {
  readonly source: string;
  readonly payer: { readonly id: string; readonly title: string };
};

const idShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const versionShape = /^[1-9]\d{0,5}$/;

/** Adds an error at a field of the policy. */
type Refuse = (code: string, field: keyof FieldNames, message: string) => void;

function dayOf(text: string, field: keyof FieldNames, refuse: Refuse): CalendarDate | undefined {
  const day = parseCalendarDate(text);
  if (!day && (text !== '' || field === 'effectiveFrom')) {
    refuse('policy-date', field, `"${text.slice(0, 30)}" is no day; write YYYY-MM-DD.`);
  }
  return day;
}

/** What stands at the head of a policy, as far as it can be told right or wrong by itself. */
function checkHead(written: WrittenPolicy, owner: RulesOwner, refuse: Refuse): void {
  if (written.payer !== owner.payer.id) {
    const message = `"${written.payer.slice(0, 40)}" is not the payer ${owner.payer.id} of this feed.`;
    refuse('payer-unknown', 'payer', message);
  }
  if (!idShape.test(written.id)) {
    refuse('policy-id', 'id', 'An id is letters, digits, dots and dashes, 64 at most.');
  }
  if (!versionShape.test(written.version)) {
    refuse('policy-version', 'version', 'A version is a whole number from 1 on.');
  }
  if (written.title.trim() === '') refuse('policy-title', 'title', 'It has no title.');
  if (written.plan !== '' && plainName(written.plan) === '') {
    refuse('policy-plan', 'plan', 'It has no letter and no digit. Leave it out for all plans.');
  }
  for (const state of written.states) {
    if (stateNamed(state) !== undefined) continue;
    const message = `"${state.slice(0, 20)}" is no USPS abbreviation and no part of a state.`;
    refuse('state-unknown', 'states', message);
  }
  if (written.sourceUrl !== '' && !/^https?:$/.test(URL.parse(written.sourceUrl)?.protocol ?? '')) {
    refuse('policy-url', 'sourceUrl', 'It is no web address.');
  }
}

function proceduresOf(
  written: WrittenPolicy,
  names: FieldNames,
  list: FindingList,
): Map<string, ProcedureGroup> {
  const groups = new Map<string, ProcedureGroup>();
  for (const { where, group, codes } of written.procedureGroups) {
    if (groups.has(group)) {
      list.add('procedure-group-duplicate', 'error', where, `Group ${group} is there twice.`);
    }
    const read = readProcedures(codes, `${where} ${names.codes}`, list);
    if (codes.length === 0) {
      list.add('procedure-group-empty', 'error', where, `Group ${group} has no procedures.`);
    }
    groups.set(group, { group, codes: read, nonCovered: false });
  }
  return groups;
}

/** Reads one rule; `named` are the names of lists the policy has so far. */
function ruleOf(
  rule: WrittenRule,
  group: string,
  { groups, list }: { groups: ReadonlyMap<string, ProcedureGroup>; list: FindingList },
): DiagnosisGroup {
  const { where } = rule;
  const procedures = groups.get(rule.procedureGroup)?.codes;
  if (!procedures) {
    const message = `There is no procedure group "${rule.procedureGroup.slice(0, 40)}".`;
    list.add('procedure-group-unknown', 'error', where, message);
  }
  const note = rule.note.trim();
  if (rule.rule === 'requires' && note === '') {
    list.add('rule-without-note', 'error', where, 'A requires rule has to say in note what.');
  }
  const { set, any } = readDiagnoses(rule.diagnoses, where, list);
  const everythingElse = any && rule.rule === 'not-covered';
  return {
    list: rule.rule,
    group,
    diagnoses: any && !everythingElse ? { ...set, ranges: [...set.ranges, anyDiagnosis] } : set,
    everythingElse,
    asterisked: [],
    procedures: procedures ?? [],
    mapping: 'explicit',
    ...(note !== '' && { quote: note }),
  };
}

function rulesOf(
  written: WrittenPolicy,
  groups: ReadonlyMap<string, ProcedureGroup>,
  list: FindingList,
): DiagnosisGroup[] {
  const positions = new Map<string, number>();
  const named = new Map<string, string>();
  const said = new Map<string, string>();
  return written.rules.map((rule) => {
    const position = (positions.get(rule.rule) ?? 0) + 1;
    positions.set(rule.rule, position);
    const group = rule.group || String(position);
    const key = `${rule.rule} ${group}`;
    const other = named.get(key);
    if (other !== undefined) {
      const message = `There is a ${rule.rule} list ${group} already, at ${other}.`;
      list.add('rule-duplicate', 'error', rule.where, message);
    }
    named.set(key, rule.where);
    // A line copied in a table.
    const words = `${rule.rule} ${rule.procedureGroup} ${rule.diagnoses.join('|')}`;
    const same = said.get(words);
    if (same === undefined) said.set(words, rule.where);
    else list.add('rule-repeated', 'warning', rule.where, `It says the same as at ${same}.`);
    return ruleOf(rule, group, { groups, list });
  });
}

function takePolicy(
  written: WrittenPolicy,
  owner: RulesOwner,
  at: { readonly url: string; readonly names: FieldNames; readonly list: FindingList },
): PolicyDocument | undefined {
  const { names, list } = at;
  const refuse: Refuse = (code, field, message) =>
    list.add(code, 'error', `${written.where} ${names[field]}`, message);
  checkLimits(written, names, list);
  checkHead(written, owner, refuse);
  const effective = dayOf(written.effectiveFrom, 'effectiveFrom', refuse);
  const ends = dayOf(written.effectiveTo, 'effectiveTo', refuse);
  const published = dayOf(written.published, 'published', refuse);
  if (effective && ends && ends < effective) {
    refuse('policy-dates-reversed', 'effectiveTo', `It ends ${ends}, before ${effective}.`);
  }
  const groups = proceduresOf(written, names, list);
  const rules = rulesOf(written, groups, list);
  if (!effective) return undefined;
  return normalPolicy({
    source: owner.source,
    id: written.id,
    kind: 'rules',
    payer: owner.payer.id,
    ...(written.plan !== '' && { plan: written.plan.trim() }),
    version: written.version,
    title: written.title.trim(),
    url: written.sourceUrl || at.url,
    ...(published && { published }),
    effective,
    ...(ends && { ends }),
    jurisdictions: [
      {
        contractor: owner.payer.title,
        states: written.states.flatMap((state) => stateNamed(state) ?? []),
      },
    ],
    procedureGroups: [...groups.values()],
    groups: rules,
    revisions: [],
    related: [],
    texts: {},
  });
}

/** A document, and where it is written. */
export type TakenPolicy = { readonly where: string; readonly document: PolicyDocument };

/**
 * The policies of a file as documents. Findings that are errors: `payer-unknown`, `policy-id`, `policy-version`,
 * `policy-title`, `policy-plan`, `rules-text-long`, `rules-too-many`, `state-unknown`, `policy-url`, `policy-date`, `policy-dates-reversed`, `procedure-group-duplicate`,
 * `procedure-group-empty`, `procedure-group-unknown`, `rule-without-note`, `rule-duplicate`, and those of the codes; a warning: `rule-repeated`.
 */
export function takePolicies(
  { policies, names }: Pick<WrittenRules, 'policies' | 'names'>,
  owner: RulesOwner,
  at: { readonly url: string; readonly list: FindingList },
): readonly TakenPolicy[] {
  if (policies.length > rulesLimits.policies) {
    const message = `It has ${policies.length} policies, ${rulesLimits.policies} at most.`;
    at.list.add('rules-too-many', 'error', at.url, message);
  }
  return policies.flatMap((one) => {
    const document = takePolicy(one, owner, { ...at, names });
    return document ? [{ where: one.where, document }] : [];
  });
}
