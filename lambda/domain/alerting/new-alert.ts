import type { Alert } from "./alert.ts";
import { dueOf, type RuleContext } from "./due.ts";

/** What an alert is opened with: what it is about and how that looks now. */
export type Opening = Pick<
  Alert,
  | "subject"
  | "number"
  | "alertId"
  | "kind"
  | "server"
  | "application"
  | "thisDN"
  | "severity"
  | "title"
  | "endTitle"
  | "count"
  | "dns"
  | "causes"
  | "firstLostAt"
  | "lastLostAt"
  | "customers"
>;

/** Makes a new alert, which must be told. */
export const newAlert = (opening: Opening, clock: RuleContext): Alert => {
  const alert: Alert = {
    ...opening,
    revision: 1,
    status: "open",
    openedAt: clock.now,
    joinedAt: clock.now,
    toldSeverities: [opening.severity],
    relapses: 0,
    flapping: false,
    notice: "alert.opened",
    timeline: [{ at: clock.now, what: "opened" }],
  };
  return { ...alert, dueAt: dueOf(alert, clock) };
};
