// What the role of a function may do, read from the synthesised template as AWS would read it: action, resource, key.
import { logicalId, resource, type Synthesized } from './synthesized-stack.ts';

/** One statement of a policy; `on` names the resource by logical id, an object's with its path behind. */
export type Permission = {
  readonly actions: readonly string[];
  readonly on: readonly string[];
  /** Patterns that every partition key must match; undefined when any may be used. */
  readonly partitions?: readonly string[];
};

type Statement = {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: {
    readonly 'ForAllValues:StringLike'?: Readonly<Record<string, string | readonly string[]>>;
  };
};

const listOf = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? value : [value as T];

/** The logical id in an `Fn::GetAtt`, `Ref` or `Fn::Join` of these, with the text behind it. */
function resourceName(value: unknown): string {
  if (typeof value === 'string') return value;
  const {
    Ref,
    'Fn::GetAtt': attribute,
    'Fn::Join': join,
  } = value as {
    Ref?: string;
    'Fn::GetAtt'?: readonly [string, string];
    'Fn::Join'?: readonly [string, readonly unknown[]];
  };
  if (Ref) return Ref;
  if (attribute) return attribute[0];
  return (join?.[1] ?? []).map(resourceName).join('');
}

/** All permissions of a function's role; `step` as in the construct path, e.g. `Ingest`. */
export function permissionsOf(from: Synthesized, step: string): Permission[] {
  const policy = resource(from, `Functions${step}Policy`).Properties.PolicyDocument as {
    readonly Statement: readonly Statement[];
  };
  return policy.Statement.map((statement) => {
    if (statement.Effect !== 'Allow')
      throw new Error(`${step}: ${statement.Effect} is not read here`);
    const partitions = statement.Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
    return {
      actions: listOf(statement.Action),
      on: listOf(statement.Resource).map(resourceName),
      ...(partitions === undefined ? {} : { partitions: listOf(partitions) }),
    };
  });
}

/** Whether a text matches an IAM pattern, in which `*` stands for any text. */
export function matchesPattern(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}

/** Whether a role may do something with an item of a partition. `table` as in the construct path, e.g. `CodeTable`. */
export function mayUseItem(
  from: Synthesized,
  step: string,
  use: { readonly table: string; readonly action: string; readonly partition: string },
): boolean {
  const table = logicalId(from, `Tables${use.table}`);
  return permissionsOf(from, step).some(
    ({ actions, on, partitions }) =>
      on.includes(table) &&
      actions.includes(`dynamodb:${use.action}`) &&
      (partitions === undefined || partitions.some((each) => matchesPattern(each, use.partition))),
  );
}

/** Whether a role may do something with archived objects of a prefix, e.g. `raw/`. */
export function mayUseObject(
  from: Synthesized,
  step: string,
  use: { readonly object: string; readonly action: string },
): boolean {
  const objects = `${logicalId(from, 'ArchiveBucket')}/${use.object}*`;
  return permissionsOf(from, step).some(
    ({ actions, on }) => on.includes(objects) && actions.includes(use.action),
  );
}
