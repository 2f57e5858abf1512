// The JSON form of `payer-rules`: shape first, by its schema, with the place of everything that is odd.
import { fieldWording } from '../../formats/field-wording.ts';
import type { FindingList } from '../../formats/finding-list.ts';
import { readUniqueJson } from '../../formats/unique-json.ts';
import { ruleKinds, rulesFile, rulesFormat } from './rules-schema.ts';
import type { FieldNames, WrittenRules } from './written-rules.ts';

const names: FieldNames = {
  payer: 'payer',
  id: 'id',
  version: 'version',
  title: 'title',
  plan: 'plan',
  states: 'states',
  effectiveFrom: 'effectiveFrom',
  effectiveTo: 'effectiveTo',
  published: 'published',
  sourceUrl: 'sourceUrl',
  procedureGroup: 'group',
  codes: 'codes',
  group: 'group',
  note: 'note',
};

const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

/** Which format it claims to be; an error when it is not the one that is read here. */
function isThisFormat(value: unknown, where: string, list: FindingList): boolean {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const format = isObject && 'format' in value ? value.format : undefined;
  const version = isObject && 'formatVersion' in value ? value.formatVersion : undefined;
  const { name, version: known } = rulesFormat;
  if (format !== name) {
    list.add(
      'rules-format',
      'error',
      where,
      `It has no "format": "${name}": another kind of file.`,
    );
    return false;
  }
  if (version === known) return true;
  const said = JSON.stringify(version)?.slice(0, 20) ?? 'none';
  const message = `Its formatVersion is ${said}; version ${known} is read.`;
  list.add('rules-format-version', 'error', `${where} formatVersion`, message);
  return false;
}

/**
 * The policies of a JSON file as written; undefined with an error: those of `readUniqueJson`, `rules-format`,
 * `rules-format-version`, `rule-unknown`, `rules-shape`.
 */
export function readRulesJson(
  text: string,
  where: string,
  list: FindingList,
): WrittenRules | undefined {
  const { value } = readUniqueJson(text, where, list);
  if (value === undefined || !isThisFormat(value, where, list)) return undefined;
  const read = rulesFile.safeParse(value, { error: fieldWording });
  if (!read.success) {
    for (const { path, message } of read.error.issues) {
      const isRule = path.length === 5 && path.at(-1) === 'rule';
      const remedy = isRule ? `It is none of ${ruleKinds.join(', ')}.` : `${message}.`;
      const code = isRule ? 'rule-unknown' : 'rules-shape';
      list.add(code, 'error', `${where} ${placeOf(path)}`.trim(), remedy);
    }
    return undefined;
  }
  const { payer, published = '', policies } = read.data;
  return {
    names,
    published,
    policies: policies.map((policy, at) => {
      const place = `${where} policies[${at}]`;
      return {
        where: place,
        payer,
        id: policy.id,
        version: String(policy.version),
        title: policy.title,
        plan: policy.plan ?? '',
        states: policy.states ?? [],
        effectiveFrom: policy.effectiveFrom,
        effectiveTo: policy.effectiveTo ?? '',
        published: policy.published ?? '',
        sourceUrl: policy.sourceUrl ?? '',
        procedureGroups: policy.procedureGroups.map(({ group, codes }, index) => ({
          where: `${place}.procedureGroups[${index}]`,
          group,
          codes,
        })),
        rules: policy.rules.map((rule, index) => ({
          where: `${place}.rules[${index}]`,
          rule: rule.rule,
          group: rule.group ?? '',
          procedureGroup: rule.procedureGroup,
          diagnoses: rule.diagnoses,
          note: rule.note ?? '',
        })),
      };
    }),
  };
}
