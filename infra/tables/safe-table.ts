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
import type { Settings } from "../settings/settings.ts";

interface IndexKeys {
  readonly indexName: string;
  readonly partitionKey: string;
  readonly sortKey: string;
}

/** What differs between the tables: their name in the stage, and their keys. */
export interface SafeTableProps extends Pick<TablePropsV2, "dynamoStream"> {
  readonly part: string;
  readonly keys: {
    readonly partitionKey: string;
    readonly sortKey: string;
    readonly timeToLive?: string;
  };
  readonly indexes?: readonly IndexKeys[];
}

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** Only keys: a write that moves no key, a refresh for one, writes no index. */
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

/** A table with what every table has: on demand, restorable, encrypted, protected, indexed by keys alone. */
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
    deletionProtection: settings.removalPolicy === "retain",
    removalPolicy: removalPolicyOf(settings),
    encryption: TableEncryptionV2.awsManagedKey(),
  });

/** The stream of a table that has one. */
export const streamArnOf = ({ tableStreamArn, node }: TableV2): string => {
  if (tableStreamArn === undefined) throw new Error(`${node.path} has no stream`);
  return tableStreamArn;
};

/** Has tables encrypted with a key of ours, where there is one. */
export const encryptWith = (key: Key | undefined, tables: readonly TableV2[]): void => {
  if (key === undefined) return;
  for (const { node } of tables) {
    // TableEncryptionV2.customerManagedKey would tie the stack to a region for the sake of replicas.
    if (node.defaultChild instanceof CfnGlobalTable) {
      node.defaultChild.addPropertyOverride("Replicas.0.SSESpecification", {
        KMSMasterKeyId: key.keyArn,
      });
    }
  }
};

/** The ARNs of some indexes of a table, which permissions name beside the table's own. */
export const indexArns = (
  { tableArn }: TableV2,
  ...indexes: readonly { readonly indexName: string }[]
): string[] => indexes.map(({ indexName }) => `${tableArn}/index/${indexName}`);
