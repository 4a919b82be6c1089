import { takeFitting } from "../../domain/page.ts";
import { compareText } from "../../domain/text.ts";
import { formatTime } from "../../domain/time.ts";
import { createConfirmClaims } from "./confirm-claims.ts";
import { type DecidedOrWaiting, toDecisionView } from "./decision-view.ts";
import type { OperatePorts } from "./operate-ports.ts";
import { createReadDecisions, type DecisionsPorts } from "./read-decisions.ts";

/** The DN whose decisions to list; `before` is a cursor. */
export type DecisionsQuery = {
  thisDN: string;
  server?: string | undefined;
  before?: string | undefined;
  limit: number;
};

/** A page of decisions, newest first; `next` is absent on the last. */
export type DecisionsPage = { decisions: DecidedOrWaiting[]; next: string | undefined };

const latest = "9999-12-31T23:59:59.999999Z#";
const separator = "\n"; // No name has a line break.

const placeOf = ({ learntAt, server, lossId }: DecidedOrWaiting): string =>
  `${formatTime(learntAt)}#${server}#${lossId}`;

// A cursor: the place before which the list continues and, but for the first part, where the part begins that has it.
const toCursor = (place: string, after: string | undefined): string =>
  after === undefined ? place : place + separator + after;
const fromCursor = (cursor = latest): { before: string; after: string | undefined } => {
  const end = cursor.indexOf(separator);
  return end === -1
    ? { before: cursor, after: undefined }
    : { before: cursor.slice(0, end), after: cursor.slice(end + 1) };
};

/**
 * Builds the list of what was decided about a DN's losses, including losses without a decision yet: the newest first
 * within each part of the DN's losses that is read at once.
 */
export const createListDecisions = (ports: DecisionsPorts & Pick<OperatePorts, "readAlert">) => {
  const readDecisions = createReadDecisions(ports);
  const confirmClaims = createConfirmClaims(ports);

  return async ({ thisDN, server, before, limit }: DecisionsQuery): Promise<DecisionsPage> => {
    const from = fromCursor(before);
    const { after } = from;
    const part = await readDecisions({ thisDN, server, after });
    const wanted = part.decisions
      .map((decision) => ({ decision, place: placeOf(decision) }))
      .filter(({ place }) => compareText(place, from.before) < 0)
      .sort((a, b) => compareText(b.place, a.place));
    const some = wanted.slice(0, limit);
    const decisions = await confirmClaims(some.map(({ decision }) => decision));
    const { length } = takeFitting(decisions, toDecisionView);
    const last = length < wanted.length ? some[length - 1] : undefined;
    const beyond = part.next === undefined ? undefined : toCursor(latest, part.next);
    return {
      decisions: decisions.slice(0, length),
      next: last === undefined ? beyond : toCursor(last.place, after),
    };
  };
};

/** Lists decisions (see `createListDecisions`). */
export type ListDecisions = ReturnType<typeof createListDecisions>;
