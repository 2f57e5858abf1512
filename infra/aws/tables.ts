// The two tables. They cannot be deleted by mistake, can be restored to any second of the last 35 days, and cost
// nothing while nothing happens.
import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  CfnGlobalTable,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { tables as specs } from '../topology.ts';
import type { TableId } from '../topology-specs.ts';
import { constructId } from './construct-id.ts';
import type { Keys } from './keys.ts';

/** The tables by topology id. */
export type Tables = Readonly<Record<TableId, TableV2>>;

/** Creates both tables. No index, no stream, no expiry: the design needs none (docs/data-model.md). */
export function createTables(scope: Construct, keys: Keys): Tables {
  const parent = new Construct(scope, 'Tables');
  const create = (id: TableId): TableV2 => {
    const table = createTable(parent, id);
    if (specs[id].sensitive) encryptWith(table, keys.tenant);
    return table;
  };
  return { codeTable: create('codeTable'), tenantTable: create('tenantTable') };
}

function createTable(parent: Construct, id: TableId): TableV2 {
  return new TableV2(parent, constructId(id), {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billing: Billing.onDemand(),
    // Reference data is public: the AWS-managed key leaves an audit trail without a key of our own to look after.
    encryption: TableEncryptionV2.awsManagedKey(),
    pointInTimeRecoverySpecification: {
      pointInTimeRecoveryEnabled: true,
      recoveryPeriodInDays: 35,
    },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

/** CDK's own option for a customer-managed key needs the region at synthesis, and this stack names none. */
function encryptWith(table: TableV2, key: Key): void {
  const resource = table.node.defaultChild;
  if (!(resource instanceof CfnGlobalTable)) throw new Error('TableV2 is no longer a global table');
  resource.addPropertyOverride('Replicas.0.SSESpecification.KMSMasterKeyId', key.keyArn);
}
