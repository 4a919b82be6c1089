import { joinNames } from "../bounds.ts";
import type { Connection } from "../connection/connection.ts";
import { isLive, outagesOf } from "../connection/outage.ts";
import { formatTime } from "../time.ts";
import { findWindow, type MaintenanceWindow } from "./maintenance-window.ts";

/** What holds a loss back for now, as it is stored with the loss, and as text. */
export type Inhibitor = { heldBy: string; words: string };

/** The facts of a loss that decide whether something holds it back. */
export type InhibitedFacts = {
  server: string;
  thisDN: string;
  applications: readonly string[];
  missedAt?: number | undefined;
};

/** What may hold losses of a server back: its bridges' connections, and the maintenance windows. */
export type Inhibitors = {
  connections: readonly Connection[];
  windows: readonly MaintenanceWindow[];
};

const windowOver = (
  windows: readonly MaintenanceWindow[],
  facts: InhibitedFacts,
  now: number,
): Inhibitor | undefined => {
  const window = findWindow(windows, facts, now);
  return (
    window && {
      heldBy: `window/${window.id}`,
      words: `maintenance window ${window.id} (${window.reason}) until ${formatTime(window.end)}`,
    }
  );
};

const outageOver = (
  connections: readonly Connection[],
  { server, applications }: InhibitedFacts,
): Inhibitor | undefined => {
  const outages = outagesOf(connections);
  if (outages.some(({ kind }) => kind === "link")) {
    return { heldBy: "server", words: `the CTI link of ${server} is down` };
  }
  const isCut = (name: string) => outages.some(({ application }) => application === name);
  // A loss of one application alone is no consequence of another application's outage.
  return applications.every(isCut)
    ? {
        heldBy: "server",
        words: `there is no connection from ${joinNames(applications)} to ${server}`,
      }
    : undefined;
};

const silenceOver = (
  connections: readonly Connection[],
  { applications }: InhibitedFacts,
): Inhibitor | undefined => {
  const isSilent = (name: string) =>
    connections.some(
      (connection) =>
        connection.application === name &&
        isLive(connection) &&
        connection.silentSince !== undefined,
    );
  const [first] = applications;
  return first !== undefined && applications.every(isSilent)
    ? { heldBy: `bridge/${first}`, words: `there is no word from ${joinNames(applications)}` }
    : undefined;
};

// A bridge that is back registers again what it lost with its connection: until it has had the time for that, the loss
// is not published.
const renewalOver = (
  connections: readonly Connection[],
  { applications, missedAt }: InhibitedFacts,
): Inhibitor | undefined => {
  if (missedAt === undefined) return undefined;
  const isRenewing = (name: string) =>
    connections.some(
      (connection) =>
        connection.application === name &&
        isLive(connection) &&
        connection.stale?.done === false &&
        connection.stale.since > missedAt,
    );
  const [first] = applications.every(isRenewing) ? applications : [];
  if (first === undefined) return undefined;
  return {
    heldBy: `bridge/${first}`,
    words: `${joinNames(applications)} just reconnected`,
  };
};

/**
 * Finds what a loss has to wait for, if anything: a maintenance window, the server's link, all its applications'
 * connections to the server, all its bridges, or their renewal of registrations. `connections` are those to the loss's
 * server; `now` by our clock in microseconds.
 */
export const findInhibitor = (
  { connections, windows }: Inhibitors,
  facts: InhibitedFacts,
  now: number,
): Inhibitor | undefined =>
  windowOver(windows, facts, now) ??
  outageOver(connections, facts) ??
  silenceOver(connections, facts) ??
  renewalOver(connections, facts);
