import {
  AttributeType,
  Billing,
  CfnGlobalTable,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  type TablePropsV2,
  TableV2,
} from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import { historyTableKeys, statusTableKeys } from "../lambda/adapters/table-keys.ts";
import { removalPolicyOf } from "./removal.ts";
import { resourceName } from "./resource-name.ts";
import type { Settings } from "./settings.ts";
import { tablesKey } from "./tables-key.ts";

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** Only keys: a refresh moves no key, so it writes no index. */
const listIndex = (index: {
  readonly indexName: string;
  readonly partitionKey: string;
  readonly sortKey: string;
}): GlobalSecondaryIndexPropsV2 => ({
  indexName: index.indexName,
  partitionKey: text(index.partitionKey),
  sortKey: text(index.sortKey),
  projectionType: ProjectionType.KEYS_ONLY,
});

const safetyOf = (settings: Settings) =>
  ({
    billing: Billing.onDemand(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: settings.removalPolicy === "retain",
    removalPolicy: removalPolicyOf(settings),
    encryption: TableEncryptionV2.awsManagedKey(),
  }) satisfies Partial<TablePropsV2>;

const streamArnOf = ({ tableStreamArn, node }: TableV2): string => {
  if (tableStreamArn === undefined) throw new Error(`${node.path} has no stream`);
  return tableStreamArn;
};

/** The status of every registration, whose stream is the outbox, and the history of accepted events. */
export class RegistrationTables extends Construct {
  readonly status: TableV2;
  readonly history: TableV2;
  readonly statusStreamArn: string;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const safety = safetyOf(settings);
    this.status = new TableV2(this, "Status", {
      ...safety,
      tableName: resourceName(settings, "status"),
      partitionKey: text(statusTableKeys.partitionKey),
      sortKey: text(statusTableKeys.sortKey),
      globalSecondaryIndexes: [
        listIndex(statusTableKeys.byServerState),
        listIndex(statusTableKeys.byState),
      ],
      // fanout compares the two images: an alert opens or resolves between them.
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    this.statusStreamArn = streamArnOf(this.status);
    this.history = new TableV2(this, "History", {
      ...safety,
      tableName: resourceName(settings, "history"),
      partitionKey: text(historyTableKeys.partitionKey),
      sortKey: text(historyTableKeys.sortKey),
      timeToLiveAttribute: historyTableKeys.timeToLive,
    });
    if (settings.encryption === "customer-managed") this.encryptWithOwnKey(settings);
  }

  private encryptWithOwnKey(settings: Settings): void {
    const key = tablesKey(this, settings);
    for (const { node } of [this.status, this.history]) {
      // TableEncryptionV2.customerManagedKey would tie the stack to a region for the sake of replicas.
      if (node.defaultChild instanceof CfnGlobalTable) {
        node.defaultChild.addPropertyOverride("Replicas.0.SSESpecification", {
          KMSMasterKeyId: key.keyArn,
        });
      }
    }
  }
}
