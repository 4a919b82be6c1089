import { boundLoss } from "../../lambda/domain/alerting/bound-loss.ts";
import {
  alertOf,
  isMissing,
  type Loss,
  type LossKey,
  lossKeyText,
} from "../../lambda/domain/alerting/loss.ts";
import { shardOf } from "../../lambda/domain/status/list-key.ts";
import { compareText } from "../../lambda/domain/text.ts";
import type {
  ReadHeld,
  ReadLosses,
  ReadLossesOfDn,
  ReadMembers,
  WriteLoss,
} from "../../lambda/ports/losses.ts";
import type { Part } from "../../lambda/ports/revisions.ts";
import { writeInto } from "./in-memory-revisions.ts";

/** The ports of losses over a plain map, by `lossMapKey`, open to inspection. */
export type InMemoryLosses = {
  losses: Map<string, Loss>;
  readLosses: ReadLosses;
  readLossesOfDn: ReadLossesOfDn;
  writeLoss: WriteLoss;
  readMembers: ReadMembers;
  readHeld: ReadHeld;
};

/** The key of a loss in the map. */
export const lossMapKey = lossKeyText;

// A table does not know whether the alert of a claim is written.
const asStored = (loss: Loss): Loss =>
  loss.state === "alerted" ? { ...loss, state: "claimed" } : loss;

const toKey = ({ thisDN, server, lossId }: Loss): LossKey => ({ thisDN, server, lossId });
const lossKeyOf = ({ server, lossId }: Loss): string => `${server}#${lossId}`;
const memberKeyOf = (loss: Loss): string =>
  `${isMissing(loss) ? "lost" : "back"}#${loss.thisDN}#${lossKeyOf(loss)}`;
const heldKeyOf = ({ server, thisDN, lossId }: Loss): string =>
  `${shardOf(thisDN)}#${server}#${thisDN}#${lossId}`;

// As a query with a limit: a full page says where to continue, even if nothing follows.
const toPart = (
  losses: readonly { loss: Loss; order: string }[],
  compare: (a: string, b: string) => number,
  { from, limit }: { from?: string | undefined; limit: number },
): Part<LossKey> => {
  const page = losses
    .filter(({ order }) => from === undefined || compare(order, from) > 0)
    .toSorted((a, b) => compare(a.order, b.order))
    .slice(0, limit);
  return {
    items: page.map(({ loss }) => toKey(loss)),
    next: page.length === limit ? page.at(-1)?.order : undefined,
  };
};

/** Makes an empty table of losses that behaves like the real one. */
export const createInMemoryLosses = (): InMemoryLosses => {
  const losses: InMemoryLosses["losses"] = new Map();
  const write = writeInto(losses, lossMapKey);
  const all = () => [...losses.values()];
  const membersOf = (alertId: string) => all().filter((loss) => alertOf(loss)?.alertId === alertId);
  return {
    losses,
    readLosses: async (keys) =>
      keys.flatMap((key) => structuredClone(losses.get(lossMapKey(key))) ?? []),
    readLossesOfDn: async (thisDN, range) => {
      const found = all().filter((loss) => loss.thisDN === thisDN);
      if ("server" in range)
        return structuredClone(found.filter(({ server }) => server === range.server));
      return structuredClone(
        found
          .filter((loss) => compareText(lossKeyOf(loss), range.after) > 0)
          .toSorted((a, b) => compareText(lossKeyOf(a), lossKeyOf(b)))
          .slice(0, range.limit),
      );
    },
    writeLoss: (loss) => write(asStored(boundLoss(loss))),
    readMembers: async (alertId, range) =>
      toPart(
        membersOf(alertId)
          .filter((loss) => !range.missing || isMissing(loss))
          .map((loss) => ({ loss, order: memberKeyOf(loss) })),
        // Missing members come first.
        (a, b) => compareText(b, a),
        range,
      ),
    readHeld: async (range) =>
      toPart(
        all()
          .filter(
            ({ state, server }) =>
              (state === "held" || state === "waiting") &&
              (range.server === undefined || server === range.server),
          )
          .map((loss) => ({ loss, order: heldKeyOf(loss) })),
        compareText,
        range,
      ),
  };
};
