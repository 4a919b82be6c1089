import { describe, expect, it } from "vitest";
import { synthesize } from "./support/synthesize.ts";

describe("outputs", () => {
  const { outputs, one } = synthesize({ stage: "local" });

  it("name what the local run and the operating commands go by", () => {
    expect(outputs).toMatchObject({
      ApiUrl: expect.stringMatching(/\.ApiEndpoint$/),
      StatusTable: "dn-registration-local-status",
      HistoryTable: "dn-registration-local-history",
      LossesTable: "dn-registration-local-losses",
      AlertsTable: "dn-registration-local-alerts",
      ConnectionsTable: "dn-registration-local-connections",
      WindowsTable: "dn-registration-local-windows",
      ChangesTopic: "dn-registration-local-changes",
      AlertsTopic: "dn-registration-local-alerts",
      AlertTextsTopic: "dn-registration-local-alert-texts",
      OperationsTopic: "dn-registration-local-operations",
      RejectedEventsQueue: "dn-registration-local-rejected-events",
      FailedChangesQueue: "dn-registration-local-failed-changes",
      EvaluationQueue: "dn-registration-local-evaluation",
      EvaluationDeadLettersQueue: "dn-registration-local-evaluation-dead-letters",
      FailedStreamBatchesBucket: one("AWS::S3::Bucket").name,
      BridgeKeysSecret: "dn-registration-local/bridge-keys",
      ReaderTokensSecret: "dn-registration-local/reader-tokens",
      FanoutFunction: "dn-registration-local-fanout",
      AlarmTopic: "dn-registration-local-operations",
      EvaluateFunction: "dn-registration-local-evaluate",
    });
  });
});
