import { StreamViewType, type TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import { historyTableKeys, statusTableKeys } from "../../lambda/adapters/table-keys.ts";
import { tablesKey } from "../security/customer-keys.ts";
import type { Settings } from "../settings/settings.ts";
import { encryptWith, safeTable, streamArnOf } from "./safe-table.ts";

/** The status of every registration, whose stream is the outbox, and the history of accepted events. */
export class RegistrationTables extends Construct {
  readonly status: TableV2;
  readonly history: TableV2;
  readonly statusStreamArn: string;
  /** The key that encrypts all tables of the stage; undefined where AWS's own key does. */
  readonly key: Key | undefined;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.status = safeTable(this, settings, {
      part: "status",
      keys: statusTableKeys,
      indexes: [statusTableKeys.byServerState, statusTableKeys.byState],
      // fanout compares the two images: the difference shows where a loss begins or ends.
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    this.statusStreamArn = streamArnOf(this.status);
    this.history = safeTable(this, settings, { part: "history", keys: historyTableKeys });
    this.key = settings.encryption === "customer-managed" ? tablesKey(this, settings) : undefined;
    encryptWith(this.key, [this.status, this.history]);
  }
}
