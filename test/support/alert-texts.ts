import type { Alert } from "../../lambda/domain/alerting/alert.ts";
import { alertTitle, eventOf } from "../../lambda/domain/alerting/alert-title.ts";
import type { AlertText } from "../../lambda/domain/alerting/headline.ts";
import { utc } from "../../lambda/domain/zone.ts";
import { baseTime } from "./build-event.ts";

/** What messages say besides the alert: a runbook, and times in UTC only. */
export const messageSettings = { runbookUrl: "https://runbooks.example/dn", zone: utc };

/** The same without a runbook. */
export const withoutRunbook = { runbookUrl: undefined, zone: utc };

/** A reader at `baseTime`, in UTC. */
export const reading = { now: baseTime, zone: utc };

/** A text of nothing but these words. */
export const textOf = (words: string): AlertText => ({ headline: [words] });

/** The title of an alert's newest message, read on the day of `baseTime`, in UTC. */
export const titleOf = (alert: Alert): string =>
  alertTitle(alert, alert.notice ?? eventOf(alert), reading);

/** A headline as a reader at `baseTime` sees it, without what happened and the T-Server. */
export const readHeadline = (text: AlertText): string =>
  alertTitle({ server: "S", text }, "alert.opened", { ...reading, max: 1_000 }).slice(
    "OPEN S: ".length,
  );
