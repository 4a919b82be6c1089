import type { Connection } from "../connection/connection.ts";
import type { Outage } from "../connection/outage.ts";
import { stepInSeconds } from "../connection/server-clock.ts";
import { compareText } from "../text.ts";
import { utc } from "../zone.ts";
import { type AlertText, type Headline, named } from "./headline.ts";
import { sayTime } from "./lay-out-title.ts";

/** What an alert says while a condition is ongoing, and once it is over: written for an operator woken at 3 a.m. */
export type ConditionText = { text: AlertText; endText: AlertText };

const distinct = (names: readonly string[]) => [...new Set(names)].sort(compareText);
const count = (dns: number): string => dns.toLocaleString("en");

const sinceOf = (outages: readonly Outage[]) => ({ at: Math.min(...outages.map(({ at }) => at)) });
const reportersOf = (outages: readonly Outage[]): string[] =>
  distinct(outages.map(({ application }) => application));

const linkText = (outages: readonly Outage[]): AlertText => {
  const reporters = reportersOf(outages);
  const report = reporters.length === 1 ? "reports" : "report";
  return {
    headline: [named(reporters), ` ${report} the CTI link down since `, sinceOf(outages)],
    advice:
      "None of its calls are reported. Check the switch and its link to the T-Server. Alerts for DNs lost meanwhile open once it is up.",
  };
};

const cutOffText = (outages: readonly Outage[], connected: readonly string[]): AlertText => {
  const isAlone = connected.length === 0;
  const seen: Headline = isAlone
    ? [", no bridge is left"]
    : [", still seen by ", named(distinct(connected))];
  const meaning = isAlone ? "Its calls are not reported." : "Its calls are still reported.";
  return {
    headline: [named(reportersOf(outages)), " lost the T-Server at ", sinceOf(outages), ...seen],
    advice: `${meaning} Check the T-Server and the network between them. Alerts for DNs lost meanwhile open once it is back.`,
  };
};

/** Describes what is down on a server, if anything is, and which bridges are still connected. */
export const serverText = (
  outages: readonly Outage[],
  connected: readonly string[],
): ConditionText => {
  const to: Headline = connected.length === 0 ? [] : [" to ", named(distinct(connected))];
  const endText = {
    headline: ["connected again", ...to, ", CTI link up"],
    advice: "DNs lost meanwhile are being checked now.",
  };
  const links = outages.filter(({ kind }) => kind === "link");
  if (links.length > 0) return { text: linkText(links), endText };
  return { text: outages.length > 0 ? cutOffText(outages, connected) : endText, endText };
};

/** Describes a bridge that has gone silent. */
export const silenceText = ({ application, seenAt }: Connection): ConditionText => ({
  text: {
    headline: [named([application]), " silent since ", { at: seenAt }],
    advice:
      "Its calls may not be reported, and whether its DNs are seen is unknown. Check the bridge and its host, then its network: a clock that is off, a wrong or revoked key, or a firewall looks the same.",
  },
  endText: { headline: [named([application]), " heard again, last at ", { at: seenAt }] },
});

/** Describes a bridge that reports holding so many DNs while we count another number of them. */
export const mismatchText = (connection: Connection): ConditionText => {
  const { application, registered, counted, mismatchSince, server } = connection;
  const said = registered?.count ?? 0;
  const bridge = named([application]);
  const agreed: Headline = [bridge, ` holds as many DNs as are known here: ${count(said)}`];
  const endText = { headline: agreed };
  if (mismatchSince === undefined) return { text: endText, endText };
  const numbers = ` says it holds ${count(said)} DNs, but ${count(counted?.count ?? 0)} are known here, since `;
  const text = {
    headline: [bridge, numbers, { at: mismatchSince }],
    advice:
      "Calls of some DNs may go unreported although they read registered. " +
      `Compare the bridge's DNs with GET /v1/registrations?server=${encodeURIComponent(server)}; restarting the bridge registers all of them again.`,
  };
  return { text, endText };
};

const blindReasons = {
  clock: "its clock is off",
  rejected: "all its events are rejected",
} as const;
const blindRemedies = {
  clock: "Everything that it sends is refused: set the clock of the bridge's host (NTP).",
  rejected: "See why with: npm run rejected -- list",
} as const;

/** Describes a bridge whose requests arrive but are not accepted. */
export const blindText = ({ application, blind }: Connection): ConditionText => {
  const bridge = named([application]);
  const endText = { headline: ["what ", bridge, " sends gets through again, and counts"] };
  if (blind === undefined) return { text: endText, endText };
  const { cause, since, detail } = blind;
  const text = {
    headline: [
      ...["nothing that ", bridge, " sends gets through since ", { at: since }],
      { why: `${blindReasons[cause]} (${detail})` },
    ],
    advice: `Losses of its DNs go unnoticed. ${blindRemedies[cause]}`,
  };
  return { text, endText };
};

/** Describes a T-Server whose clock has gone back, as the events of one bridge show. */
export const serverClockText = ({ application, serverClock }: Connection): ConditionText => {
  const bridge = named([application]);
  const endText = { headline: ["the T-Server's clock has caught up, according to ", bridge] };
  const { back } = serverClock ?? {};
  if (back === undefined) return { text: endText, endText };
  const step = ` reports that the T-Server's clock went back by ${stepInSeconds(back.by)} s at `;
  const text = {
    headline: [bridge, step, { at: back.at }],
    advice:
      `Until it has caught up (at ${sayTime(back.until, { zone: utc })}), losses and registrations may be outranked by older events. ` +
      "Set the clock of the T-Server's host (NTP).",
  };
  return { text, endText };
};
