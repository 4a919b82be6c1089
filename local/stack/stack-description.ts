import * as v from "valibot";
import { StartFailure } from "../command/start-failure.ts";
import type { Endpoints } from "../emulators/local-clients.ts";
import type { ResolvedTemplates } from "../templates/resolved-templates.ts";
import type { LocalAccess } from "./local-access.ts";

/** The content of `.local/stack.json` while the stack runs; the project's commands find the stack by it. */
export type StackDescription = {
  readonly url: string;
  readonly bridge: { readonly name: string; readonly key: string };
  readonly readerToken: string;
  readonly endpoints: Endpoints;
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
  readonly access: LocalAccess;
  readonly alertsFile: string;
  readonly timeLapse: number;
};

/** Describes the running stack by the templates' outputs, which the operating commands use on AWS too. */
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
