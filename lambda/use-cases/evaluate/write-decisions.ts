import { inParallel, storeWidth } from "../../async/in-parallel.ts";
import type { Loss } from "../../domain/alerting/loss.ts";
import type { LossDecision } from "../../domain/alerting/loss-decision.ts";
import type { LossSnapshot } from "../../domain/alerting/loss-snapshot.ts";
import type { Metric } from "../../ports/telemetry.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";

/** A snapshot of a loss, and the decision based on it. */
export type DecidedLoss = { snapshot: LossSnapshot; decision: LossDecision };

/** A written decision, with the loss as it is now. */
export type WrittenDecision = DecidedLoss & { loss: Loss };

const metricNames: Partial<Record<Loss["state"], string>> = {
  waiting: "LossesHeld",
  held: "LossesHeld",
};

const metricNameOf = (loss: Loss): string | undefined =>
  loss.state === "over" && loss.as === "brief" ? "LossesPassed" : metricNames[loss.state];

/** How many losses were held back or were brief. */
const toMetrics = (written: readonly WrittenDecision[]): Metric[] =>
  [...Map.groupBy(written, ({ loss }) => metricNameOf(loss))].flatMap(([name, all]) =>
    name === undefined ? [] : [{ name, value: all.length, unit: "Count" }],
  );

const lossToWrite = ({ decision }: DecidedLoss): Loss | undefined =>
  decision.kind === "nothing" || decision.kind === "alert" ? undefined : decision.loss;

/**
 * Builds the function that writes the decisions that need no alert first. Returns those that it wrote, and the losses
 * that another evaluator wrote meanwhile: they must be evaluated once more.
 */
export const createWriteDecisions = ({
  writeLoss,
  emitMetrics,
}: Pick<EvaluatePorts, "writeLoss" | "emitMetrics">) => {
  const write = async (decided: DecidedLoss): Promise<WrittenDecision | "conflict" | undefined> => {
    const loss = lossToWrite(decided);
    if (loss === undefined) return undefined;
    return (await writeLoss(loss)) === "written" ? { ...decided, loss } : "conflict";
  };

  return async (decided: readonly DecidedLoss[]) => {
    const results = await inParallel(storeWidth, decided, write);
    const written = results.filter((one) => one !== undefined && one !== "conflict");
    const metrics = toMetrics(written);
    if (metrics.length > 0) emitMetrics(metrics);
    const again = decided.filter((_, index) => results[index] === "conflict");
    return { written, again: again.map(({ snapshot }) => snapshot.key) };
  };
};
