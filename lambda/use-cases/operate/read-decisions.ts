import { type Loss, type LossKey, lossKeyText, lossPlace } from "../../domain/alerting/loss.ts";
import { presentLossOf } from "../../domain/alerting/loss-facts.ts";
import { type DecidedOrWaiting, toUndecided } from "./decision-view.ts";
import type { OperatePorts } from "./operate-ports.ts";

/** Of which DN, perhaps on one server only, and after which place (`lossPlace`); absent in the first part. */
export type DecisionsRange = {
  thisDN: string;
  server: string | undefined;
  after: string | undefined;
};

/** Some decisions in no order; `next`: the place after which there are more, absent where these were the last. */
export type DecisionsPart = { decisions: DecidedOrWaiting[]; next: string | undefined };

/** What reading decisions needs of the outside. */
export type DecisionsPorts = Pick<
  OperatePorts,
  "readLosses" | "readLossesOfDn" | "readStatuses" | "readStatusesOfDn" | "rules" | "now"
>;

const maxLosses = 2_000;
const maxStatuses = 2_000;

const without = (losses: readonly Loss[], keys: readonly LossKey[]): Loss[] => {
  const left = new Set(keys.map(lossKeyText));
  return losses.filter((loss) => !left.has(lossKeyText(loss)));
};

/**
 * Builds the reader of what was decided about a DN's losses, in parts of 2,000: a DN that comes and goes for months has
 * very many. The first part has all present losses, those without a decision included.
 */
export const createReadDecisions = (ports: DecisionsPorts) => {
  const { readLosses, readLossesOfDn, readStatuses, readStatusesOfDn, rules, now } = ports;

  const readStored = async ({ thisDN, server, after }: DecisionsRange) => {
    const prefix = server === undefined ? "" : lossPlace({ server, lossId: "" });
    const range = { after: after ?? prefix, limit: maxLosses + 1 };
    const losses = await readLossesOfDn(thisDN, range);
    const last = losses.length > maxLosses ? losses[maxLosses - 1] : undefined;
    const next = last && lossPlace(last);
    return {
      losses: losses.slice(0, maxLosses).filter((loss) => (server ?? loss.server) === loss.server),
      next: next?.startsWith(prefix) ? next : undefined,
    };
  };

  const readPresent = async (keys: readonly LossKey[], waiting: readonly DecidedOrWaiting[]) => {
    const stored = await readLosses(keys);
    const decided = new Set(stored.map(lossKeyText));
    return [...stored, ...waiting.filter((loss) => !decided.has(lossKeyText(loss)))];
  };

  return async (range: DecisionsRange): Promise<DecisionsPart> => {
    const { thisDN, server, after } = range;
    // In this order: a loss that is decided meanwhile is not taken for a waiting one.
    const statuses = await (server === undefined
      ? readStatusesOfDn(thisDN, { after: "", limit: maxStatuses })
      : readStatuses([{ thisDN, server }]));
    const keys = statuses.flatMap((status) => presentLossOf(status) ?? []);
    const waiting = statuses.flatMap((status) => toUndecided(status, { rules, now: now() }) ?? []);
    const [{ losses, next }, present] = await Promise.all([
      readStored(range),
      after === undefined ? readPresent(keys, waiting) : [],
    ]);
    return { decisions: [...without(losses, keys), ...present], next };
  };
};
