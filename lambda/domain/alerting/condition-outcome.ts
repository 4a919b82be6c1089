import type { Connection } from "../connection/connection.ts";
import { outagesOf } from "../connection/outage.ts";
import type { StandingConnection } from "../connection/standing-statements.ts";

/**
 * How a condition has ended: the server or bridge works again; or nothing is expected of the bridges any more, because
 * they have said that they stop, or were retired; or the key has been revoked with which a bridge said what is wrong.
 */
export type ConditionOutcome =
  | { resolution: "restored" }
  | { resolution: "closed" | "retired"; application: string }
  | { resolution: "revoked"; application: string };

/** How the condition of a bridge itself can end. */
export type BridgeOutcome = Exclude<ConditionOutcome, { resolution: "revoked" }>;

type TimedEnding = { at: number; ending: ConditionOutcome };

const restored: ConditionOutcome = { resolution: "restored" };

/** How a bridge's condition has ended, if it has. */
export const bridgeOutcome = ({ retiredAt, closedAt, application }: Connection): BridgeOutcome => {
  if (retiredAt !== undefined) return { resolution: "retired", application };
  return closedAt === undefined ? restored : { resolution: "closed", application };
};

const withdrawalsOf = (connections: readonly Connection[]): TimedEnding[] => {
  const asIfLive = connections.map((one) => ({
    ...one,
    closedAt: undefined,
    retiredAt: undefined,
  }));
  const outages = outagesOf(asIfLive);
  return connections.flatMap((one) => {
    const at = one.retiredAt ?? one.closedAt;
    const wasDown = outages.some(({ application }) => application === one.application);
    return at !== undefined && wasDown ? [{ at, ending: bridgeOutcome(one) }] : [];
  });
};

// What ended them, nothing that was heard shows: it counts as of when such a bridge was last believed.
const revocationsOf = (connections: readonly StandingConnection[]): TimedEnding[] => {
  const asIfValid = connections.map((one) => ({
    ...one,
    serverDown: one.serverDown ?? one.revoked?.serverDown,
    linkDown: one.linkDown ?? one.revoked?.linkDown,
  }));
  const outages = outagesOf(asIfValid);
  return connections.flatMap(({ application, revoked = {} }) => {
    const downs = [revoked.serverDown, revoked.linkDown].filter((down) => down !== undefined);
    const wasDown = outages.some((outage) => outage.application === application);
    const ending = { resolution: "revoked" as const, application };
    return wasDown ? downs.map(({ heardAt }) => ({ at: heardAt, ending })) : [];
  });
};

const recoveriesOf = (connections: readonly Connection[]): TimedEnding[] => {
  const isLinkKnown = connections.some(({ linkDown }) => linkDown !== undefined);
  return connections
    .flatMap(({ serverDown, serverUp, session, linkUp }) => [
      ...(serverDown === undefined ? [] : [serverUp, session]),
      ...(isLinkKnown ? [linkUp] : []),
    ])
    .filter((up) => up !== undefined)
    .map(({ heardAt }) => ({ at: heardAt, ending: restored }));
};

/** How the outage of the server that these connections lead to has ended, if it has: the newest outcome counts. */
export const serverOutcome = (connections: readonly StandingConnection[]): ConditionOutcome =>
  [...recoveriesOf(connections), ...withdrawalsOf(connections), ...revocationsOf(connections)].sort(
    (a, b) => b.at - a.at,
  )[0]?.ending ?? restored;
