import * as v from "valibot";
import { actorEntries } from "../access/actor.ts";
import { ReasonSchema } from "../status/reason.ts";
import { AlertTextSchema } from "./headline.ts";
import type { AlertKey } from "./loss.ts";
import { SeveritySchema } from "./severity.ts";

/**
 * A DN of an alert as the message shows it; `statusSince` is ISO 8601. `registeredOn`: other servers where it is
 * registered now. The counts say how many there are where a list does not have them all.
 */
export const AlertMemberSchema = v.object({
  thisDN: v.string(),
  applications: v.array(v.string()),
  applicationsCount: v.optional(v.number()),
  statusSince: v.string(),
  reason: ReasonSchema,
  registeredOn: v.optional(v.array(v.string())),
  registeredOnCount: v.optional(v.number()),
});
export type AlertMember = v.InferOutput<typeof AlertMemberSchema>;

/** The type of a message about an alert. */
export const AlertEventTypeSchema = v.picklist([
  "alert.opened",
  "alert.updated",
  "alert.acknowledged",
  "alert.resolved",
]);
export type AlertEventType = v.InferOutput<typeof AlertEventTypeSchema>;

/** One line of an alert's timeline; `at` by our clock in microseconds. */
export const TimelineEntrySchema = v.object({
  at: v.number(),
  what: v.string(),
  ...actorEntries,
  author: v.optional(v.string()),
  note: v.optional(v.string()),
});
export type TimelineEntry = v.InferOutput<typeof TimelineEntrySchema>;

/**
 * An alert. Its key is its subject and a number that counts the alerts about that subject, so that two evaluators
 * cannot open it twice. Times by our clock in microseconds. The table's stream is its outbox: a write with `notice` is
 * published.
 */
export const AlertSchema = v.object({
  subject: v.string(),
  number: v.number(),
  revision: v.number(),
  alertId: v.string(),
  kind: v.picklist(["dn", "server", "bridge"]),
  server: v.string(),
  /** The bridge, where the alert is about one. */
  application: v.optional(v.string()),
  /** The one DN that the alert is about; absent for an incident, a server, a bridge. */
  thisDN: v.optional(v.string()),
  status: v.picklist(["open", "acknowledged", "resolved"]),
  severity: SeveritySchema,
  text: AlertTextSchema,
  /** Its text once it is over, where it is about a server or a bridge. */
  endText: v.optional(AlertTextSchema),
  /** Its resolution once it is over; `restored` where that is absent. */
  endResolution: v.optional(v.string()),
  openedAt: v.number(),
  acknowledgedAt: v.optional(v.number()),
  /** Who acknowledged it, and what they wrote; "" is nothing: version 0.1.0 reads no acknowledgement without a note. */
  acknowledgement: v.optional(
    v.object({ author: v.string(), onBehalfOf: v.optional(v.string()), note: v.string() }),
  ),
  resolvedAt: v.optional(v.number()),
  resolution: v.optional(v.string()),
  /** How many DNs are or were members; 0 where the alert is about a server or a bridge. */
  count: v.number(),
  /** How many DNs were behind the server or bridge when it opened; absent where that was not known. */
  affected: v.optional(v.number()),
  dns: v.array(AlertMemberSchema),
  /** Causes by frequency, of the members that were checked. */
  causes: v.array(v.object({ cause: v.string(), count: v.number() })),
  /** T-Server times of the first and the last loss. */
  firstLostAt: v.optional(v.number()),
  lastLostAt: v.optional(v.number()),
  /** Severities and customers that it was published with: subscribers of the opening must get the resolve, too. */
  toldSeverities: v.array(SeveritySchema),
  customers: v.array(v.string()),
  /** When the newest member joined, and the oldest one that was not published yet. */
  joinedAt: v.optional(v.number()),
  untoldSince: v.optional(v.number()),
  /** Since when no DN is missing. */
  quietSince: v.optional(v.number()),
  /** How often a member came back and was lost again, or the condition ended and came again. */
  relapses: v.number(),
  flapping: v.boolean(),
  remindedAt: v.optional(v.number()),
  /** When the evaluator must check it again; absent once resolved. */
  dueAt: v.optional(v.number()),
  notice: v.optional(AlertEventTypeSchema),
  timeline: v.array(TimelineEntrySchema),
});
export type Alert = v.InferOutput<typeof AlertSchema>;

/**
 * Subjects of alerts: one DN, the DNs of a server that are lost together, a link or server, or what is wrong with a
 * bridge.
 */
export const subjects = {
  dn: (server: string, thisDN: string): string => JSON.stringify(["dn", server, thisDN]),
  incident: (server: string): string => JSON.stringify(["incident", server]),
  server: (server: string): string => JSON.stringify(["server", server]),
  bridge: (server: string, application: string, condition: string): string =>
    JSON.stringify(["bridge", server, application, condition]),
} as const;

/** An alert's key as text, for maps. */
export const alertKeyText = ({ subject, number }: AlertKey): string =>
  JSON.stringify([subject, number]);

/** Whether there is an alert and it is not resolved. */
export const isOpen = (
  alert: Alert | undefined,
): alert is Alert & { status: "open" | "acknowledged" } =>
  alert !== undefined && alert.status !== "resolved";

/** Whether an alert is about DNs that were lost together. */
export const isIncident = ({ kind, thisDN }: Alert): boolean =>
  kind === "dn" && thisDN === undefined;

const maxEntries = 50; // With the longest notes these take a third of what an item may hold.

/** A timeline with one more entry. It keeps the first entry and the newest ones. */
export const addToTimeline = (
  timeline: readonly TimelineEntry[],
  entry: TimelineEntry,
): TimelineEntry[] => {
  const entries = [...timeline, entry];
  return entries.length <= maxEntries
    ? entries
    : [...entries.slice(0, 1), ...entries.slice(1 - maxEntries)];
};
