import type { LossKey } from "../../domain/alerting/loss.ts";
import { compareText } from "../../domain/text.ts";
import { formatTime } from "../../domain/time.ts";
import type { ReadLossesOfDn } from "../../ports/losses.ts";
import type { ReadStatusesOfDn } from "../../ports/statuses.ts";
import { type Decision, type HoldDownRules, toWaiting } from "./decision-view.ts";

/** What listing decisions needs of the outside. */
export type ListDecisionsDependencies = {
  readLossesOfDn: ReadLossesOfDn;
  readStatusesOfDn: ReadStatusesOfDn;
  rules: HoldDownRules;
};

/** Whose decisions; `before` is a cursor. */
export type DecisionsQuery = {
  thisDN: string;
  server?: string | undefined;
  before?: string | undefined;
  limit: number;
};

/** A page of decisions, newest first; `next` is absent on the last. */
export type DecisionsPage = { decisions: Decision[]; next: string | undefined };

const placeOf = ({ learntAt, server, lossId }: Decision): string =>
  `${formatTime(learntAt)}#${server}#${lossId}`;

const textOf = ({ server, lossId }: LossKey): string => JSON.stringify([server, lossId]);

/** Builds the list of what was decided about a DN's losses, those about which nothing is decided yet among them. */
export const createListDecisions = (dependencies: ListDecisionsDependencies) => {
  const { readLossesOfDn, readStatusesOfDn, rules } = dependencies;

  const readDecisions = async (thisDN: string): Promise<Decision[]> => {
    // In this order: a loss that is decided meanwhile is not taken for one that waits.
    const statuses = await readStatusesOfDn(thisDN);
    const losses = await readLossesOfDn(thisDN);
    const decided = new Set(losses.map(textOf));
    const waiting = statuses
      .flatMap((status) => toWaiting(status, rules) ?? [])
      .filter((loss) => !decided.has(textOf(loss)));
    return [...losses, ...waiting];
  };

  return async ({ thisDN, server, before, limit }: DecisionsQuery): Promise<DecisionsPage> => {
    const wanted = (await readDecisions(thisDN))
      .filter((decision) => server === undefined || decision.server === server)
      .map((decision) => ({ decision, place: placeOf(decision) }))
      .filter(({ place }) => before === undefined || compareText(place, before) < 0)
      .sort((a, b) => compareText(b.place, a.place));
    const page = wanted.slice(0, limit);
    return {
      decisions: page.map(({ decision }) => decision),
      next: wanted.length > limit ? page.at(-1)?.place : undefined,
    };
  };
};

/** Lists decisions (see `createListDecisions`). */
export type ListDecisions = ReturnType<typeof createListDecisions>;
