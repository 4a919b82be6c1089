import type { AlertRules } from "../rules.ts";
import { compareText } from "../text.ts";
import type { Connection } from "./connection.ts";
import { isLive } from "./outage.ts";

/**
 * How many T-Servers a bridge may name at once without a registration on any of them. A bridge that is being set up may
 * lead to some T-Servers where no DN is registered yet; more than these are most likely names that do not exist.
 */
export const maxUnprovenNames = 10;

/**
 * Whether there is a bridge that leads to the T-Server of this name, as far as is known: a registration has come from it,
 * or the rules name it. Only then do alerts of its own mean something.
 */
export const isProven = (
  { unproven, server, application }: Connection,
  { watchedBridges }: Pick<AlertRules, "watchedBridges">,
): boolean =>
  unproven === undefined ||
  watchedBridges.some((one) => one.server === server && one.application === application);

/** The T-Servers that an application names at present without a registration on any of them, in order. */
export const unprovenNamesOf = (
  connections: readonly Connection[],
  application: string,
  rules: Pick<AlertRules, "watchedBridges">,
): string[] =>
  connections
    .filter((one) => one.application === application && isLive(one) && !isProven(one, rules))
    .map(({ server }) => server)
    .sort(compareText);
