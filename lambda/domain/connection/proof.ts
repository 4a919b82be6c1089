import type { AlertRules } from "../rules.ts";
import { compareText } from "../text.ts";
import type { Connection } from "./connection.ts";
import { isLive } from "./outage.ts";

/**
 * How many T-Servers a bridge may name at once without a registration on any of them. A bridge that is being set up may
 * lead to some T-Servers where no DN is registered yet; more than these are most likely names that do not exist.
 */
export const maxUnprovenNames = 10;

/** What of the rules decides whether a name is proven. */
type ProofRules = Pick<AlertRules, "watchedBridges">;

const isProof = (
  { unproven, server, application }: Connection,
  { watchedBridges }: ProofRules,
): boolean =>
  unproven === undefined ||
  watchedBridges.some((one) => one.server === server && one.application === application);

/**
 * Whether there is a T-Server of the name to which these connections lead, as far as is known: a registration has come
 * from it, over any of them, or the rules name one of them. Only then do alerts about it mean something, and only then
 * does what is said of it hold other alerts back.
 */
export const isServerProven = (connections: readonly Connection[], rules: ProofRules): boolean =>
  connections.some((one) => isProof(one, rules));

/** The T-Servers that an application names at present and of which there is no registration at all, in order. */
export const unprovenNamesOf = (
  connections: readonly Connection[],
  application: string,
  rules: ProofRules,
): string[] => {
  const proven = new Set(
    connections.filter((one) => isProof(one, rules)).map(({ server }) => server),
  );
  return connections
    .filter((one) => one.application === application && isLive(one) && !proven.has(one.server))
    .map(({ server }) => server)
    .sort(compareText);
};
