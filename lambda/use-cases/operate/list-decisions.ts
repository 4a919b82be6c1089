import { lossKeyText } from "../../domain/alerting/loss.ts";
import { takeFitting } from "../../domain/page.ts";
import { compareText } from "../../domain/text.ts";
import { formatTime } from "../../domain/time.ts";
import { type DecidedOrWaiting, toDecisionView, toUndecided } from "./decision-view.ts";
import type { OperatePorts } from "./operate-ports.ts";

/** The DN whose decisions to list; `before` is a cursor. */
export type DecisionsQuery = {
  thisDN: string;
  server?: string | undefined;
  before?: string | undefined;
  limit: number;
};

/** A page of decisions, newest first; `next` is absent on the last. */
export type DecisionsPage = { decisions: DecidedOrWaiting[]; next: string | undefined };

const placeOf = ({ learntAt, server, lossId }: DecidedOrWaiting): string =>
  `${formatTime(learntAt)}#${server}#${lossId}`;

/** Builds the list of what was decided about a DN's losses, including losses without a decision yet. */
export const createListDecisions = (
  ports: Pick<OperatePorts, "readLossesOfDn" | "readStatusesOfDn" | "rules" | "now">,
) => {
  const { readLossesOfDn, readStatusesOfDn, rules, now } = ports;

  const readDecisions = async (thisDN: string): Promise<DecidedOrWaiting[]> => {
    // In this order: a loss that is decided meanwhile is not taken for a waiting one.
    const statuses = await readStatusesOfDn(thisDN);
    const losses = await readLossesOfDn(thisDN);
    const decided = new Set(losses.map(lossKeyText));
    const waiting = statuses
      .flatMap((status) => toUndecided(status, { rules, now: now() }) ?? [])
      .filter((loss) => !decided.has(lossKeyText(loss)));
    return [...losses, ...waiting];
  };

  return async ({ thisDN, server, before, limit }: DecisionsQuery): Promise<DecisionsPage> => {
    const wanted = (await readDecisions(thisDN))
      .filter((decision) => server === undefined || decision.server === server)
      .map((decision) => ({ decision, place: placeOf(decision) }))
      .filter(({ place }) => before === undefined || compareText(place, before) < 0)
      .sort((a, b) => compareText(b.place, a.place));
    const page = takeFitting(wanted.slice(0, limit), ({ decision }) => toDecisionView(decision));
    return {
      decisions: page.map(({ decision }) => decision),
      next: wanted.length > page.length ? page.at(-1)?.place : undefined,
    };
  };
};

/** Lists decisions (see `createListDecisions`). */
export type ListDecisions = ReturnType<typeof createListDecisions>;
