import * as v from "valibot";
import { StartFailure } from "../command/start-failure.ts";
import type { Endpoints } from "../emulators/local-clients.ts";
import type { AwsCredentials } from "../emulators/request-signature.ts";
import type { ResolvedTemplates } from "../templates/resolved-templates.ts";
import type { LocalAccess } from "./local-access.ts";

/** The content of `.local/stack.json` while the stack runs; the project's commands find the stack by it. */
export type StackDescription = LocalAccess & {
  readonly url: string;
  readonly endpoints: Endpoints;
  /** Those of this run, which its Secrets Manager demands. The other emulators take any. */
  readonly credentials: AwsCredentials;
  readonly region: string;
  readonly tables: Readonly<
    Record<"status" | "history" | "losses" | "alerts" | "connections" | "windows", string>
  >;
  readonly topics: Readonly<Record<"changes" | "alerts" | "alertTexts" | "operations", string>>;
  readonly queues: Readonly<
    Record<"rejectedEvents" | "failedChanges" | "evaluation" | "evaluationDeadLetters", string>
  >;
  readonly buckets: { readonly failedStreamBatches: string };
  readonly secrets: { readonly bridgeKeys: string; readonly readerTokens: string };
  readonly functions: { readonly fanout: string; readonly evaluate: string };
  readonly alertsFile: string;
  /** The divisor of all waiting times of the alerts. */
  readonly timeLapse: number;
  readonly pid: number;
};

/** The parts of a description that are not in the templates' outputs. */
export type DescriptionParts = {
  readonly url: string;
  readonly region: string;
  readonly endpoints: Endpoints;
  readonly credentials: AwsCredentials;
  readonly alertsFile: string;
  readonly timeLapse: number;
};

/** Describes the running stack, but for its access, by the templates' outputs, which the operating commands use on AWS too. */
export const describeStack = (
  templates: ResolvedTemplates,
  parts: DescriptionParts,
): Omit<StackDescription, keyof LocalAccess> => {
  const output = (id: string): string => {
    const value = templates.output(id);
    if (v.is(v.string(), value)) return value;
    throw new StartFailure(`The templates have no output ${id}.`);
  };
  return {
    ...parts,
    tables: {
      status: output("StatusTable"),
      history: output("HistoryTable"),
      losses: output("LossesTable"),
      alerts: output("AlertsTable"),
      connections: output("ConnectionsTable"),
      windows: output("WindowsTable"),
    },
    topics: {
      changes: output("ChangesTopic"),
      alerts: output("AlertsTopic"),
      alertTexts: output("AlertTextsTopic"),
      operations: output("OperationsTopic"),
    },
    queues: {
      rejectedEvents: output("RejectedEventsQueue"),
      failedChanges: output("FailedChangesQueue"),
      evaluation: output("EvaluationQueue"),
      evaluationDeadLetters: output("EvaluationDeadLettersQueue"),
    },
    buckets: { failedStreamBatches: output("FailedStreamBatchesBucket") },
    secrets: { bridgeKeys: output("BridgeKeysSecret"), readerTokens: output("ReaderTokensSecret") },
    functions: { fanout: output("FanoutFunction"), evaluate: output("EvaluateFunction") },
    pid: process.pid,
  };
};
