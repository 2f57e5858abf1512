// Least privilege, checked on the template: what each role may touch, and above all what it may not.
import { beforeAll, describe, expect, it } from 'vitest';
import { mayUseItem, type Permission, permissionsOf } from '../../support/role-permissions.ts';
import {
  logicalId,
  resourcesOf,
  type Synthesized,
  synthesizeStack,
} from '../../support/synthesized-stack.ts';

let stack: Synthesized;
beforeAll(() => {
  stack = synthesizeStack();
});

const steps = ['Pull', 'Ingest', 'Assess', 'Notify'];
const all = (step: string): Permission[] => permissionsOf(stack, step);
const touches = (step: string, path: string): boolean => {
  const id = logicalId(stack, path);
  return all(step).some(({ on }) => on.some((each) => each.startsWith(id)));
};
const actionsOn = (step: string, path: string): string[] => {
  const id = logicalId(stack, path);
  return all(step)
    .filter(({ on }) => on.some((each) => each.startsWith(id)))
    .flatMap(({ actions }) => actions)
    .toSorted();
};

describe('infra/aws/grants.ts', () => {
  it.each(['Pull', 'Ingest'])('I10 gives %s no way to tenant data or its key', (step) => {
    expect(touches(step, 'TablesTenantTable')).toBe(false);
    expect(touches(step, 'KeysTenant')).toBe(false);
    expect(touches(step, 'QueuesNotify')).toBe(false);
    expect(touches(step, 'TopicsAlerts')).toBe(false);
  });

  it('gives notify neither the code table nor the archive', () => {
    expect(touches('Notify', 'TablesCodeTable')).toBe(false);
    expect(touches('Notify', 'ArchiveBucket')).toBe(false);
  });

  it('lets assess read the code table, never write it, and keeps it from the archive', () => {
    expect(actionsOn('Assess', 'TablesCodeTable')).toEqual(['dynamodb:GetItem', 'dynamodb:Query']);
    expect(touches('Assess', 'ArchiveBucket')).toBe(false);
  });

  it('lets only notify publish', () => {
    const publishers = steps.filter((step) =>
      all(step).some(({ actions }) => actions.includes('sns:Publish')),
    );
    expect(publishers).toEqual(['Notify']);
  });

  it('lets pull keep book of feeds and downloads, and touch no version, release or head', () => {
    const may = (partition: string) =>
      mayUseItem(stack, 'Pull', { table: 'CodeTable', action: 'PutItem', partition });
    expect(may('FEED')).toBe(true);
    expect(may('DOWNLOAD#cms-icd10cm')).toBe(true);
    expect(may('CANDIDATE#1')).toBe(false);
    expect(may('CODE#icd10cm#M545')).toBe(false);
    expect(may('RELEASE#icd10cm')).toBe(false);
    expect(may('SYSTEM')).toBe(false);
  });

  it('I10 lets notify see alerts, and no claim, template, use or finding', () => {
    const may = (partition: string) =>
      mayUseItem(stack, 'Notify', { table: 'TenantTable', action: 'GetItem', partition });
    expect(may('T#clinic#ALERT')).toBe(true);
    expect(may('T#clinic')).toBe(false);
    expect(may('T#clinic#USE#icd10cm#M545#2026-10')).toBe(false);
    expect(may('T#clinic#FINDING')).toBe(false);
    expect(may('USED#icd10cm#M545')).toBe(false);
  });

  it('lets assess write findings and alerts, and change no stored claim or template', () => {
    const may = (action: string, partition: string) =>
      mayUseItem(stack, 'Assess', { table: 'TenantTable', action, partition });
    expect(may('PutItem', 'T#clinic#FINDING')).toBe(true);
    expect(may('PutItem', 'T#clinic#ALERT')).toBe(true);
    expect(may('Query', 'T#clinic#USE#icd10cm#M545#2026-10')).toBe(true);
    expect(may('PutItem', 'T#clinic#USE#icd10cm#M545#2026-10')).toBe(false);
    expect(may('PutItem', 'T#clinic')).toBe(false);
    expect(may('PutItem', 'USED#icd10cm#M545')).toBe(false);
    expect(may('BatchWriteItem', 'T#clinic')).toBe(false);
  });

  it.each(steps)('never lets %s scan or empty a table', (step) => {
    const actions = all(step).flatMap((each) => each.actions);
    expect(actions).not.toContain('dynamodb:Scan');
    expect(actions).not.toContain('dynamodb:DeleteItem');
    expect(actions).not.toContain('dynamodb:DeleteTable');
    expect(actions).not.toContain('s3:DeleteObject');
  });

  it.each(steps)(
    'names every action and resource of %s, but for objects under one prefix',
    (step) => {
      for (const { actions, on } of all(step)) {
        expect(actions.filter((action) => action.includes('*'))).toEqual([]);
        const wild = on.filter((each) => each.includes('*'));
        for (const each of wild)
          expect(each).toMatch(/^ArchiveBucket[0-9A-F]{8}\/(raw|note|normal)\/\*$/);
      }
    },
  );

  it('leaves every role with its one reviewed policy and nothing beside it', () => {
    expect(resourcesOf(stack, 'AWS::IAM::Policy')).toEqual([]);
    const roles = resourcesOf(stack, 'AWS::IAM::Role');
    expect(roles).toHaveLength(5);
    for (const { Properties } of roles) {
      expect(Properties.ManagedPolicyArns).toBeUndefined();
      expect(Properties.Policies).toBeUndefined();
    }
    expect(resourcesOf(stack, 'AWS::IAM::ManagedPolicy')).toHaveLength(5);
  });
});
