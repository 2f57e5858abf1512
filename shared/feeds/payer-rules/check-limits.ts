// The upper limits of payer rules, checked in one place for JSON and CSV alike. The schema tells them to editors.
import type { FindingList } from '../../formats/finding-list.ts';
import { rulesLimits } from './rules-schema.ts';
import type { FieldNames, WrittenPolicy } from './written-rules.ts';

/** A place of a file, what the field is called there, and its most. */
type Limit = { readonly where: string; readonly name: string; readonly most: number };

/** As many characters as a reader sees: a pair of surrogates is one. */
const lengthOf = (text: string): number => Array.from(text).length;

/** Adds errors for the texts and lists of one policy: `rules-text-long` and `rules-too-many`. */
export function checkLimits(written: WrittenPolicy, names: FieldNames, list: FindingList): void {
  const checkText = (text: string, { where, name, most }: Limit): void => {
    if (text.length <= most || lengthOf(text) <= most) return;
    const message = `${name} has ${lengthOf(text)} characters, ${most} at most.`;
    list.add('rules-text-long', 'error', `${where} ${name}`, message);
  };
  const checkCount = (entries: readonly unknown[], { where, name, most }: Limit): void => {
    if (entries.length <= most) return;
    const message = `It has ${entries.length} ${name}, ${most} at most.`;
    list.add('rules-too-many', 'error', where, message);
  };
  const { title, plan, group: groupMost, note, rules, codes } = rulesLimits;
  const { where } = written;
  checkText(written.title, { where, name: names.title, most: title });
  checkText(written.plan, { where, name: names.plan, most: plan });
  checkCount(written.procedureGroups, { where, name: 'procedure groups', most: rules });
  checkCount(written.rules, { where, name: 'rules', most: rules });
  for (const one of written.procedureGroups) {
    checkText(one.group, { where: one.where, name: names.procedureGroup, most: groupMost });
    checkCount(one.codes, { where: one.where, name: names.codes, most: codes });
  }
  for (const one of written.rules) {
    checkText(one.group, { where: one.where, name: names.group, most: groupMost });
    checkText(one.note, { where: one.where, name: names.note, most: note });
    checkCount(one.diagnoses, { where: one.where, name: 'diagnoses', most: codes });
  }
}
