import { inParallel } from "../../async/in-parallel.ts";
import type { Loss } from "../../domain/alerting/loss.ts";
import type { LossDecision } from "../../domain/alerting/loss-decision.ts";
import type { LossSnapshot } from "../../domain/alerting/loss-snapshot.ts";
import type { Metric } from "../../ports/telemetry.ts";
import { type AlertingDependencies, width } from "./alerting-dependencies.ts";

/** A loss as it was looked at, and what was decided. */
export type Decided = { look: LossSnapshot; decision: LossDecision };

/** A decision that was written down, with the loss as it is now. */
export type Written = Decided & { loss: Loss };

const metricNames: Readonly<Partial<Record<Loss["state"], string>>> = {
  held: "LossesHeld",
  passed: "LossesPassed",
};

/** How many losses were held back or passed. */
const toMetrics = (written: readonly Written[]): Metric[] =>
  [...Map.groupBy(written, ({ loss }) => metricNames[loss.state] ?? "")]
    .filter(([name]) => name !== "")
    .map(([name, all]) => ({ name, value: all.length, unit: "Count" }));

const toWrite = ({ decision }: Decided): Loss | undefined =>
  decision.kind === "nothing" || decision.kind === "alert" ? undefined : decision.loss;

/**
 * Builds what writes down decisions of which nobody is told yet. Gives those that it wrote, and those losses that somebody
 * else wrote meanwhile: they are to be looked at once more.
 */
export const createWriteDecisions = ({
  writeLoss,
  emitMetrics,
}: Pick<AlertingDependencies, "writeLoss" | "emitMetrics">) => {
  const write = async (decided: Decided): Promise<Written | "conflict" | undefined> => {
    const loss = toWrite(decided);
    if (loss === undefined) return undefined;
    return (await writeLoss(loss)) === "written" ? { ...decided, loss } : "conflict";
  };

  return async (decided: readonly Decided[]) => {
    const results = await inParallel(width, decided, write);
    const written = results.filter((one) => one !== undefined && one !== "conflict");
    const metrics = toMetrics(written);
    if (metrics.length > 0) emitMetrics(metrics);
    const again = decided.filter((_, index) => results[index] === "conflict");
    return { written, again: again.map(({ look }) => look.key) };
  };
};
