import type { Alert, AlertEventType } from "./alert.ts";
import { boundText, type Headline, named } from "./headline.ts";
import { layOutTitle, type Reading } from "./lay-out-title.ts";

/** How long a title is at most, in UTF-16 units: what an SMS holds beside the name of its sender. */
export const maxTitleUnits = 140;

const openings: Readonly<Record<AlertEventType, string>> = {
  "alert.opened": "OPEN ",
  "alert.updated": "UPDATE ",
  "alert.acknowledged": "ACK ",
  "alert.resolved": "RESOLVED ",
};

/** The message that leaves an alert in the state in which it is. */
export const eventOf = ({ status }: Pick<Alert, "status">): AlertEventType =>
  ({
    open: "alert.opened" as const,
    acknowledged: "alert.acknowledged" as const,
    resolved: "alert.resolved" as const,
  })[status];

type Titled = Pick<Alert, "server" | "text" | "acknowledgement">;

const whoOf = (event: AlertEventType, { acknowledgement }: Titled): Headline =>
  event === "alert.acknowledged" && acknowledgement !== undefined
    ? [named([acknowledgement.onBehalfOf ?? acknowledgement.author]), " "]
    : [];

/**
 * The title of an alert: what happened (and of an acknowledgement by whom), the T-Server, and the headline. One line of
 * at most `max` UTF-16 units.
 */
export const alertTitle = (
  alert: Titled,
  event: AlertEventType,
  { max = maxTitleUnits, ...reading }: Reading & { max?: number },
): string => {
  const subject: Headline = [openings[event], ...whoOf(event, alert), named([alert.server]), ": "];
  return layOutTitle([...subject, ...boundText(alert.text).headline], reading, max);
};
