import * as v from "valibot";
import { StartFailure } from "../command/start-failure.ts";
import type { Endpoints } from "../emulators/local-clients.ts";
import type { ResolvedTemplates } from "../templates/resolved-templates.ts";
import type { LocalAccess } from "./local-access.ts";

/** What `.local/stack.json` says while the stack runs; the project's commands go by it. */
export type StackDescription = {
  readonly url: string;
  readonly bridge: { readonly name: string; readonly key: string };
  readonly readerToken: string;
  readonly endpoints: Endpoints;
  readonly region: string;
  readonly tables: Readonly<
    Record<"status" | "history" | "losses" | "alerts" | "connections" | "windows", string>
  >;
  readonly topics: Readonly<Record<"changes" | "alerts" | "operations", string>>;
  readonly queues: Readonly<
    Record<"rejectedEvents" | "failedChanges" | "evaluation" | "evaluationDeadLetters", string>
  >;
  readonly buckets: { readonly failedStreamBatches: string };
  readonly secrets: { readonly bridgeKeys: string; readonly readerTokens: string };
  readonly functions: { readonly fanout: string; readonly evaluate: string };
  readonly alertsFile: string;
  /** By what the waiting times of the alerts are divided. */
  readonly timeLapse: number;
  readonly pid: number;
};

/** What is known besides the templates' outputs. */
export type DescriptionParts = {
  readonly url: string;
  readonly region: string;
  readonly endpoints: Endpoints;
  readonly access: LocalAccess;
  readonly alertsFile: string;
  readonly timeLapse: number;
};

/** Describes the running stack by the outputs that the operating commands go by on AWS too. */
export const describeStack = (
  templates: ResolvedTemplates,
  parts: DescriptionParts,
): StackDescription => {
  const output = (id: string): string => {
    const value = templates.output(id);
    if (v.is(v.string(), value)) return value;
    throw new StartFailure(`The templates have no output ${id}.`);
  };
  const { access, ...rest } = parts;
  return {
    ...rest,
    bridge: { name: access.bridgeKey.name, key: access.bridgeKey.key },
    readerToken: access.readerTokenText,
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
