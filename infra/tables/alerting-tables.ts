import { StreamViewType, type TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import {
  alertsTableKeys,
  connectionsTableKeys,
  lossesTableKeys,
  windowsTableKeys,
} from "../../lambda/adapters/table-keys.ts";
import type { Settings } from "../settings/settings.ts";
import { encryptWith, safeTable, streamArnOf } from "./safe-table.ts";

/** What the evaluator keeps: losses with the decisions about them, alerts, connections, maintenance windows. */
export class AlertingTables extends Construct {
  readonly losses: TableV2;
  readonly alerts: TableV2;
  readonly connections: TableV2;
  readonly windows: TableV2;
  readonly alertsStreamArn: string;

  constructor(
    scope: Construct,
    id: string,
    { settings, key }: { readonly settings: Settings; readonly key: Key | undefined },
  ) {
    super(scope, id);
    const { byAlert, byHeld } = lossesTableKeys;
    const indexes = [byAlert, byHeld];
    this.losses = safeTable(this, settings, { part: "losses", keys: lossesTableKeys, indexes });
    this.alerts = this.alertsTable(settings);
    this.alertsStreamArn = streamArnOf(this.alerts);
    this.connections = safeTable(this, settings, {
      part: "connections",
      keys: connectionsTableKeys,
      indexes: [connectionsTableKeys.byAll],
    });
    this.windows = safeTable(this, settings, { part: "windows", keys: windowsTableKeys });
    encryptWith(key, [this.losses, this.alerts, this.connections, this.windows]);
  }

  private alertsTable(settings: Settings): TableV2 {
    const { byId, byStatus, byServerStatus, byDue } = alertsTableKeys;
    return safeTable(this, settings, {
      part: "alerts",
      keys: alertsTableKeys,
      indexes: [byId, byStatus, byServerStatus, byDue],
      // The outbox of alerts: fanout publishes each write that has a notice.
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
  }
}
