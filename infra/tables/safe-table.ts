import {
  AttributeType,
  Billing,
  CfnGlobalTable,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  TableEncryptionV2,
  type TablePropsV2,
  TableV2,
} from "aws-cdk-lib/aws-dynamodb";
import type { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import { removalPolicyOf } from "../settings/removal-policy.ts";
import { resourceName } from "../settings/resource-name.ts";
import { isProtected, type Settings } from "../settings/settings.ts";

type IndexKeys = {
  readonly indexName: string;
  readonly partitionKey: string;
  readonly sortKey: string;
};

/** What differs between the tables: their name in the stage, their keys, and whether they have a stream. */
export type SafeTableProps = Pick<TablePropsV2, "dynamoStream"> & {
  readonly part: string;
  readonly keys: {
    readonly partitionKey: string;
    readonly sortKey: string;
    readonly timeToLive?: string;
  };
  readonly indexes?: readonly IndexKeys[];
};

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** Keys only: a write that changes no key, such as a refresh, writes no index. */
const keysOnly = ({
  indexName,
  partitionKey,
  sortKey,
}: IndexKeys): GlobalSecondaryIndexPropsV2 => ({
  indexName,
  partitionKey: text(partitionKey),
  sortKey: text(sortKey),
  projectionType: ProjectionType.KEYS_ONLY,
});

/** A table with what every table has: billed on demand, restorable, encrypted, protected, with indexes of keys only. */
export const safeTable = (
  scope: Construct,
  settings: Settings,
  { part, keys, indexes = [], ...rest }: SafeTableProps,
): TableV2 =>
  new TableV2(scope, `${part.charAt(0).toUpperCase()}${part.slice(1)}`, {
    ...rest,
    tableName: resourceName(settings, part),
    partitionKey: text(keys.partitionKey),
    sortKey: text(keys.sortKey),
    globalSecondaryIndexes: indexes.map(keysOnly),
    ...(keys.timeToLive === undefined ? {} : { timeToLiveAttribute: keys.timeToLive }),
    billing: Billing.onDemand(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: isProtected(settings),
    removalPolicy: removalPolicyOf(settings),
    encryption: TableEncryptionV2.awsManagedKey(),
  });

/** Has CloudFormation make tables one after another: DynamoDB refuses to make several with indexes at once. */
export const makeInTurn = (tables: readonly TableV2[]): void => {
  for (const [index, table] of tables.entries()) {
    const before = tables[index - 1];
    if (before !== undefined) table.node.addDependency(before);
  }
};

/** The ARN of a table's stream. Throws if the table has none. */
export const streamArnOf = ({ tableStreamArn, node }: TableV2): string => {
  if (tableStreamArn === undefined) throw new Error(`${node.path} has no stream`);
  return tableStreamArn;
};

/** Encrypts tables with a customer-managed key; without a key they keep AWS's own. */
export const encryptWith = (key: Key | undefined, tables: readonly TableV2[]): void => {
  if (key === undefined) return;
  for (const { node } of tables) {
    // TableEncryptionV2.customerManagedKey would tie the stack to one region, because of replicas.
    if (node.defaultChild instanceof CfnGlobalTable) {
      node.defaultChild.addPropertyOverride("Replicas.0.SSESpecification", {
        KMSMasterKeyId: key.keyArn,
      });
    }
  }
};
