import { joinNames, maxNamesInTitle } from "../bounds.ts";
import type { Connection } from "../connection/connection.ts";
import type { Outage } from "../connection/outage.ts";
import { stepInSeconds } from "../connection/server-clock.ts";
import { compareText } from "../text.ts";
import { formatTime } from "../time.ts";

/** What an alert says while a condition is ongoing, and once it is over: written for an operator woken at 3 a.m. */
export type ConditionText = { title: string; endTitle: string };

const clock = (micros: number): string => `${formatTime(micros).slice(11, 16)} UTC`;
const joined = (names: readonly string[]): string =>
  joinNames([...new Set(names)].sort(compareText), maxNamesInTitle);

const sinceOf = (outages: readonly Outage[]): string =>
  clock(Math.min(...outages.map(({ at }) => at)));
const namesOf = (outages: readonly Outage[]): string =>
  joined(outages.map(({ application }) => application));

const linkTitle = (server: string, outages: readonly Outage[]): string =>
  `The CTI link of ${server} has been down since ${sinceOf(outages)}, according to ${namesOf(outages)}: none of its calls are reported. ` +
  "Check the switch and its link to the T-Server. Alerts for DNs lost meanwhile open once it is up.";

const cutTitle = (
  server: string,
  outages: readonly Outage[],
  connected: readonly string[],
): string => {
  const meaning =
    connected.length === 0
      ? "No bridge is left: its calls are not reported."
      : `Its calls are still seen by ${joined(connected)}.`;
  return (
    `${namesOf(outages)} lost the connection to T-Server ${server} at ${sinceOf(outages)}. ${meaning} ` +
    "Check the T-Server and the network between them. Alerts for DNs lost meanwhile open once it is back."
  );
};

/** Describes what is down on a server, if anything is, and which bridges are still connected. */
export const serverText = (
  server: string,
  outages: readonly Outage[],
  connected: readonly string[],
): ConditionText => {
  const endTitle = `${server} is connected again and its CTI link is up. DNs lost meanwhile are being checked now.`;
  const links = outages.filter(({ kind }) => kind === "link");
  if (links.length > 0) return { title: linkTitle(server, links), endTitle };
  return {
    title: outages.length > 0 ? cutTitle(server, outages, connected) : endTitle,
    endTitle,
  };
};

const whose = ({ application, server }: Connection): string => `${application} on ${server}`;

/** Describes a bridge that has gone silent. */
export const silenceText = (connection: Connection): ConditionText => ({
  title:
    `${whose(connection)} has been silent since ${clock(connection.seenAt)}: its calls may not be reported, and whether its DNs are seen is unknown. ` +
    "Check the bridge and its host, then its network: a clock that is off, a wrong or revoked key, or a firewall looks the same.",
  endTitle: `${whose(connection)} has been heard again, last at ${clock(connection.seenAt)}.`,
});

/** Describes a bridge that reports holding so many DNs while we count another number of them. */
export const mismatchText = (connection: Connection): ConditionText => {
  const { registered, counted, mismatchSince, server } = connection;
  const said = registered?.count ?? 0;
  const endTitle = `${whose(connection)} holds as many DNs as are known here: ${said}.`;
  if (mismatchSince === undefined) return { title: endTitle, endTitle };
  const numbers = `says that it holds ${said} DNs, but ${counted?.count ?? 0} are known here`;
  const title =
    `${whose(connection)} ${numbers}, since ${clock(mismatchSince)}: calls of some DNs may go unreported although they read registered. ` +
    `Compare the bridge's DNs with GET /v1/registrations?server=${encodeURIComponent(server)}; restarting the bridge registers all of them again.`;
  return { title, endTitle };
};

const blindReasons = {
  clock: "its clock is off, so everything it sends is refused",
  rejected: "all its events are rejected",
} as const;
const blindRemedies = {
  clock: "Set the clock of the bridge's host (NTP).",
  rejected: "See why with: npm run rejected -- list",
} as const;

/** Describes a bridge whose requests arrive but are not accepted. */
export const blindText = (connection: Connection): ConditionText => {
  const { blind } = connection;
  const endTitle = `What ${whose(connection)} sends gets through again, and counts.`;
  if (blind === undefined) return { title: endTitle, endTitle };
  const { cause, since, detail } = blind;
  const title =
    `Nothing from ${whose(connection)} has got through since ${clock(since)}: ${blindReasons[cause]} (${detail}). ` +
    `Losses of its DNs go unnoticed. ${blindRemedies[cause]}`;
  return { title, endTitle };
};

/** Describes a T-Server whose clock has gone back, as the events of one bridge show. */
export const serverClockText = (connection: Connection): ConditionText => {
  const { server, application, serverClock } = connection;
  const endTitle = `The clock of T-Server ${server} has caught up, according to ${application}.`;
  const { back } = serverClock ?? {};
  if (back === undefined) return { title: endTitle, endTitle };
  const title =
    `The clock of T-Server ${server} went back by ${stepInSeconds(back.by)} s at ${clock(back.at)}, according to ${application}: ` +
    `until it has caught up (at ${clock(back.until)}), losses and registrations may be outranked by older events. ` +
    "Set the clock of the T-Server's host (NTP).";
  return { title, endTitle };
};
