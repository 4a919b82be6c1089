import { inParallel } from "../in-parallel.ts";
import type { Figure } from "../ports.ts";
import { type AlertingDependencies, width } from "./alerting-dependencies.ts";
import type { Decision } from "./decision.ts";
import type { Look } from "./look.ts";
import type { Loss } from "./loss.ts";

/** A loss as it was looked at, and what was decided. */
export type Decided = { look: Look; decision: Decision };

/** A decision that was written down, with the loss as it is now. */
export type Written = Decided & { loss: Loss };

const figureNames: Readonly<Partial<Record<Loss["state"], string>>> = {
  held: "LossesHeld",
  passed: "LossesPassed",
};

/** How many losses were held back or passed. */
const toFigures = (written: readonly Written[]): Figure[] =>
  [...Map.groupBy(written, ({ loss }) => figureNames[loss.state] ?? "")]
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
  emitFigures,
}: Pick<AlertingDependencies, "writeLoss" | "emitFigures">) => {
  const write = async (decided: Decided): Promise<Written | "conflict" | undefined> => {
    const loss = toWrite(decided);
    if (loss === undefined) return undefined;
    return (await writeLoss(loss)) === "written" ? { ...decided, loss } : "conflict";
  };

  return async (decided: readonly Decided[]) => {
    const results = await inParallel(width, decided, write);
    const written = results.filter((one) => one !== undefined && one !== "conflict");
    const figures = toFigures(written);
    if (figures.length > 0) emitFigures(figures);
    const again = decided.filter((_, index) => results[index] === "conflict");
    return { written, again: again.map(({ look }) => look.key) };
  };
};
