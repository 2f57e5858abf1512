// Least privilege, checked on the template: what each role may touch, and above all what it may not.
import { beforeAll, describe, expect, it } from 'vitest';
import { functions } from '../../../infra/topology.ts';
import {
  mayUseItem,
  mayUseObject,
  type Permission,
  permissionsOf,
} from '../../support/role-permissions.ts';
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

const everything = [
  ...['Pull', 'Ingest', 'IngestPolicies', 'Assess', 'AssessTenant', 'Publish', 'Notify'],
  ...['Intake', 'Edits', 'Api', 'IntakeApi'],
];
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
  it.each(['Pull', 'Ingest', 'IngestPolicies', 'Publish'])(
    'I10 gives %s no way to tenant data or its key',
    (step) => {
      expect(touches(step, 'TablesTenantTable')).toBe(false);
      expect(touches(step, 'KeysTenant')).toBe(false);
      expect(touches(step, 'QueuesNotify')).toBe(false);
      expect(touches(step, 'TopicsAlerts')).toBe(false);
    },
  );

  it('gives notify neither the code table nor the archive', () => {
    expect(touches('Notify', 'TablesCodeTable')).toBe(false);
    expect(touches('Notify', 'ArchiveBucket')).toBe(false);
  });

  it('lets AssessTenant read the code table and normal forms, and write neither', () => {
    expect(actionsOn('AssessTenant', 'TablesCodeTable')).toEqual([
      'dynamodb:GetItem',
      'dynamodb:Query',
    ]);
    const object = (action: string, prefix: string) =>
      mayUseObject(stack, 'AssessTenant', { action, object: prefix });
    expect(object('s3:GetObject', 'normal/')).toBe(true);
    expect(object('s3:GetObject', 'raw/')).toBe(false);
    expect(object('s3:PutObject', 'normal/')).toBe(false);
  });

  it('lets Assess note which policies lag, and write nothing else of the code table or archive', () => {
    const may = (partition: string) =>
      mayUseItem(stack, 'Assess', { table: 'CodeTable', action: 'PutItem', partition });
    expect(may('LAG#icd10cm#M545')).toBe(true);
    expect(may('POLICY#mcd#A57791')).toBe(false);
    expect(may('CODE#icd10cm#M545')).toBe(false);
    expect(may('SYSTEM')).toBe(false);
    const object = (action: string, prefix: string) =>
      mayUseObject(stack, 'Assess', { action, object: prefix });
    expect(object('s3:GetObject', 'normal/')).toBe(true);
    expect(object('s3:GetObject', 'raw/')).toBe(false);
    expect(object('s3:PutObject', 'normal/')).toBe(false);
  });

  it('lets ingest of policies read what was downloaded and keep normal forms, no more', () => {
    const object = (action: string, prefix: string) =>
      mayUseObject(stack, 'IngestPolicies', { action, object: prefix });
    expect(object('s3:GetObject', 'raw/')).toBe(true);
    expect(object('s3:PutObject', 'raw/')).toBe(false);
    expect(object('s3:PutObject', 'normal/')).toBe(true);
    expect(object('s3:GetObject', 'snapshot/')).toBe(false);
    expect(touches('IngestPolicies', 'QueuesAssess')).toBe(true);
    expect(touches('IngestPolicies', 'QueuesIngestPolicies')).toBe(true);
  });

  it('I10 lets assess see who uses a code, and nothing that any tenant stores', () => {
    const may = (action: string, partition: string) =>
      mayUseItem(stack, 'Assess', { table: 'TenantTable', action, partition });
    expect(may('Query', 'USED#icd10cm#M545')).toBe(true);
    expect(may('Query', 'T#clinic#USE#icd10cm#M545#2026-10')).toBe(false);
    expect(may('GetItem', 'T#clinic')).toBe(false);
    expect(may('PutItem', 'T#clinic#FINDING')).toBe(false);
    expect(touches('Assess', 'QueuesNotify')).toBe(false);
  });

  it('lets publish write the pointer and snapshots, and read no more than it replays', () => {
    const may = (action: string, partition: string) =>
      mayUseItem(stack, 'Publish', { table: 'CodeTable', action, partition });
    expect(may('PutItem', 'SYSTEM')).toBe(true);
    expect(may('PutItem', 'RELEASE#icd10cm')).toBe(false);
    expect(may('Query', 'RELEASE#icd10cm')).toBe(true);
    expect(may('Query', 'EDITION#mcd')).toBe(true);
    expect(may('PutItem', 'EDITION#mcd')).toBe(false);
    expect(may('Query', 'POLICY#mcd#A57791')).toBe(false);
    expect(may('Query', 'CODE#icd10cm#M545')).toBe(false);
    const object = (action: string, prefix: string) =>
      mayUseObject(stack, 'Publish', { action, object: prefix });
    expect(object('s3:PutObject', 'snapshot/')).toBe(true);
    expect(object('s3:PutObject', 'normal/')).toBe(false);
    expect(object('s3:GetObject', 'raw/')).toBe(false);
  });

  it('lets the API read reference data, approve, and keep what tenants store, no more', () => {
    const may = (table: string, action: string, partition: string) =>
      mayUseItem(stack, 'Api', { table, action, partition });
    expect(may('CodeTable', 'Query', 'CODE#icd10cm#M545')).toBe(true);
    expect(may('CodeTable', 'PutItem', 'CANDIDATE#1')).toBe(true);
    expect(may('CodeTable', 'PutItem', 'POLICYAPPROVAL#mcd-2026-09-06-1a2b3c')).toBe(true);
    expect(may('CodeTable', 'PutItem', 'POLICYQUARANTINE#mcd')).toBe(false);
    expect(may('CodeTable', 'PutItem', 'EDITION#mcd')).toBe(false);
    expect(may('CodeTable', 'PutItem', 'SYSTEM')).toBe(false);
    expect(may('CodeTable', 'PutItem', 'CODE#icd10cm#M545')).toBe(false);
    expect(may('TenantTable', 'GetItem', 'TOKEN#0')).toBe(true);
    // Whoever breaks into it can make no token.
    expect(may('TenantTable', 'PutItem', 'TOKEN#0')).toBe(false);
    expect(may('TenantTable', 'DeleteItem', 'T#clinic')).toBe(true);
    expect(may('TenantTable', 'DeleteItem', 'USED#icd10cm#M545')).toBe(false);
    expect(touches('Api', 'TopicsAlerts')).toBe(false);
    expect(touches('Api', 'QueuesNotify')).toBe(false);
    const object = (action: string, prefix: string) =>
      mayUseObject(stack, 'Api', { action, object: prefix });
    expect(object('s3:GetObject', 'snapshot/')).toBe(true);
    // Tabular lists and edit lists, for scrub rules.
    expect(object('s3:GetObject', 'normal/')).toBe(true);
    expect(object('s3:GetObject', 'raw/')).toBe(false);
    expect(object('s3:PutObject', 'snapshot/')).toBe(false);
    expect(object('s3:PutObject', 'normal/')).toBe(false);
  });

  it('lets the API that takes files in approve nothing, and change no reference data', () => {
    expect(actionsOn('IntakeApi', 'TablesCodeTable')).toEqual([
      'dynamodb:GetItem',
      'dynamodb:Query',
    ]);
    expect(touches('IntakeApi', 'QueuesIngest')).toBe(false);
    expect(touches('IntakeApi', 'QueuesNotify')).toBe(false);
    expect(touches('IntakeApi', 'TopicsAlerts')).toBe(false);
  });

  it('lets intake keep what tenants send, read the key of their references, and make none', () => {
    const may = (table: string, action: string, partition: string) =>
      mayUseItem(stack, 'Intake', { table, action, partition });
    expect(may('CodeTable', 'Query', 'CODE#icd10cm#M545')).toBe(true);
    expect(may('CodeTable', 'PutItem', 'SYSTEM')).toBe(false);
    expect(may('TenantTable', 'BatchWriteItem', 'T#clinic')).toBe(true);
    expect(may('TenantTable', 'DeleteItem', 'T#clinic')).toBe(true);
    expect(may('TenantTable', 'PutItem', 'USED#icd10cm#M545')).toBe(true);
    expect(may('TenantTable', 'GetItem', 'SECRET#clinic')).toBe(true);
    expect(may('TenantTable', 'PutItem', 'SECRET#clinic')).toBe(false);
    expect(may('TenantTable', 'GetItem', 'TOKEN#0')).toBe(false);
    expect(touches('Intake', 'QueuesNotify')).toBe(false);
    expect(touches('Intake', 'TopicsAlerts')).toBe(false);
  });

  it('lets intake read and remove files, write results, and nothing else in the inbox', () => {
    const inbox = logicalId(stack, 'InboxBucket');
    const on = (path: string): string[] =>
      all('Intake')
        .filter((each) => each.on.includes(`${inbox}${path}`))
        .flatMap(({ actions }) => actions);
    expect(on('/inbox/*').toSorted()).toEqual([
      's3:DeleteObject',
      's3:DeleteObjectVersion',
      's3:GetObject',
      's3:GetObjectVersion',
    ]);
    expect(on('/results/*')).toEqual(['s3:PutObject']);
    expect(on('')).toEqual(['s3:ListBucket']);
    expect(on('/edits/*')).toEqual([]);
    const near = everything.filter((step) => touches(step, 'InboxBucket'));
    expect(near).toEqual(['Intake', 'Edits']);
  });

  it('lets edits take lists in, and near no file or item of a tenant', () => {
    const inbox = logicalId(stack, 'InboxBucket');
    const on = (path: string): string[] =>
      all('Edits')
        .filter((each) => each.on.includes(`${inbox}${path}`))
        .flatMap(({ actions }) => actions);
    expect(on('/edits/*').toSorted()).toEqual([
      's3:DeleteObject',
      's3:DeleteObjectVersion',
      's3:GetObject',
      's3:GetObjectVersion',
    ]);
    expect(on('/edits-results/*')).toEqual(['s3:PutObject']);
    expect([...on('/inbox/*'), ...on('/results/*')]).toEqual([]);
    expect(touches('Edits', 'TablesTenantTable')).toBe(false);
    const may = (action: string, partition: string) =>
      mayUseItem(stack, 'Edits', { table: 'CodeTable', action, partition });
    expect(may('PutItem', 'DOCUMENT#edits')).toBe(true);
    expect(may('PutItem', 'DOCUMENT#tabular')).toBe(false);
    expect(may('PutItem', 'CODE#icd10cm#M545')).toBe(false);
    expect(may('Query', 'CODE#icd10cm#M545')).toBe(false);
  });

  it('I10 lets only those that name claims near the key of references', () => {
    const readers = everything.filter((step) =>
      ['GetItem', 'Query'].some((action) =>
        mayUseItem(stack, step, { table: 'TenantTable', action, partition: 'SECRET#clinic' }),
      ),
    );
    expect(readers).toEqual(['Intake', 'Api', 'IntakeApi']);
  });

  it('lets only notify publish alerts', () => {
    const publishers = everything.filter((step) =>
      all(step).some(({ actions }) => actions.includes('sns:Publish')),
    );
    expect(publishers).toEqual(['Notify']);
  });

  it('lets pull keep book of feeds and downloads, and touch no version, release or head', () => {
    const may = (partition: string) =>
      mayUseItem(stack, 'Pull', { table: 'CodeTable', action: 'PutItem', partition });
    expect(may('FEED')).toBe(true);
    expect(may('DOWNLOAD#cms-icd10cm')).toBe(true);
    expect(may('DOWNLOAD#cms-icd10cm#documents')).toBe(true);
    expect(may('DOCUMENT#tabular')).toBe(true);
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

  it('lets assess tenant write findings, alerts and how far it is, and change no claim or template', () => {
    const may = (action: string, partition: string) =>
      mayUseItem(stack, 'AssessTenant', { table: 'TenantTable', action, partition });
    expect(may('PutItem', 'T#clinic#FINDING')).toBe(true);
    expect(may('PutItem', 'T#clinic#ALERT')).toBe(true);
    expect(may('PutItem', 'T#clinic#ASSESS')).toBe(true);
    expect(may('Query', 'T#clinic#USE#icd10cm#M545#2026-10')).toBe(true);
    expect(may('PutItem', 'T#clinic#USE#icd10cm#M545#2026-10')).toBe(false);
    expect(may('PutItem', 'T#clinic')).toBe(false);
    expect(may('PutItem', 'USED#icd10cm#M545')).toBe(false);
    expect(may('BatchWriteItem', 'T#clinic')).toBe(false);
  });

  it.each(everything)('never lets %s scan or empty a table', (step) => {
    const actions = all(step).flatMap((each) => each.actions);
    expect(actions).not.toContain('dynamodb:Scan');
    // What a tenant removes, or has voided, is removed.
    if (!['Api', 'IntakeApi', 'Intake'].includes(step))
      expect(actions).not.toContain('dynamodb:DeleteItem');
    expect(actions).not.toContain('dynamodb:DeleteTable');
    if (step !== 'Intake' && step !== 'Edits') {
      expect(actions).not.toContain('s3:DeleteObject');
    }
  });

  it.each(everything)(
    'names every action and resource of %s, but for objects under one prefix',
    (step) => {
      for (const { actions, on } of all(step)) {
        expect(actions.filter((action) => action.includes('*'))).toEqual([]);
        const wild = on.filter((each) => each.includes('*'));
        for (const each of wild)
          expect(each).toMatch(
            /^(ArchiveBucket[0-9A-F]{8}\/(raw|note|normal|snapshot)|InboxBucket[0-9A-F]{8}\/(inbox|results|edits|edits-results))\/\*$/,
          );
      }
    },
  );

  it('leaves every role with its one reviewed policy and nothing beside it', () => {
    expect(resourcesOf(stack, 'AWS::IAM::Policy')).toEqual([]);
    const roles = resourcesOf(stack, 'AWS::IAM::Role');
    // One a function, and the scheduler's.
    expect(roles).toHaveLength(Object.keys(functions).length + 1);
    for (const { Properties } of roles) {
      expect(Properties.ManagedPolicyArns).toBeUndefined();
      expect(Properties.Policies).toBeUndefined();
    }
    expect(resourcesOf(stack, 'AWS::IAM::ManagedPolicy')).toHaveLength(roles.length);
  });
});
