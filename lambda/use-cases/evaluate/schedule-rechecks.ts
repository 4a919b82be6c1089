import { chunks } from "../../async/chunks.ts";
import type { EvaluationRequest } from "../../domain/alerting/evaluation-message.ts";
import type { DecidedLoss } from "./write-decisions.ts";

// A batch of a hundred messages is one piece of work: 2,000 losses are done well within a call's time.
const maxLossesOfMessage = 20;

// An evaluator that dies between claiming a loss for an alert and writing that alert leaves a claim that is in no list.
const onceMoreSeconds = 60;

const secondsUntil = ({ decision }: DecidedLoss): number | undefined => {
  switch (decision.kind) {
    case "wait":
      return Math.ceil(decision.seconds);
    case "alert":
      return onceMoreSeconds;
    case "nothing":
    case "held":
    case "changed":
    case "ended":
      return undefined;
  }
};

/**
 * Which losses of a server to evaluate again: those that were evaluated before their hold-down was over, after the rest
 * of it, and those that are about to be alerted, a minute later.
 */
export const scheduleRechecks = (
  server: string,
  decided: readonly DecidedLoss[],
): EvaluationRequest[] => {
  const waiting = decided.flatMap((one) => {
    const seconds = secondsUntil(one);
    return seconds === undefined ? [] : [{ key: one.snapshot.key, seconds }];
  });
  return [...Map.groupBy(waiting, ({ seconds }) => seconds)].flatMap(([delaySeconds, all]) =>
    chunks(
      all.map(({ key: { thisDN, lossId } }) => ({ thisDN, lossId })),
      maxLossesOfMessage,
    ).map((losses) => ({ message: { kind: "losses" as const, server, losses }, delaySeconds })),
  );
};
