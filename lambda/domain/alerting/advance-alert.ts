import type { Actor } from "../access/actor.ts";
import type { RuleContext } from "../rules.ts";
import { acknowledge, withdraw } from "./acknowledgement.ts";
import { type Alert, type AlertEventType, isOpen } from "./alert.ts";
import { type AlertCondition, applyCondition } from "./apply-condition.ts";
import { type AlertFacts, applyFacts, type UpdateReason } from "./apply-facts.ts";
import { dueOf } from "./due.ts";
import { joinLosses } from "./join-losses.ts";
import type { LossRecord } from "./loss.ts";
import { noteRemark, type Remark } from "./remark.ts";

/** What an alert is opened with: its subject, and the facts about it at that moment. */
export type AlertOpening = Pick<
  Alert,
  | "subject"
  | "number"
  | "alertId"
  | "kind"
  | "server"
  | "application"
  | "thisDN"
  | "severity"
  | "text"
  | "endText"
  | "endResolution"
  | "count"
  | "affected"
  | "dns"
  | "causes"
  | "firstLostAt"
  | "lastLostAt"
  | "customers"
>;

/** What can happen to an open alert. */
export type OpenAlertEvent =
  /** Losses have joined an incident, or (`hasOthers` false) its members are worse off. */
  | { kind: "joined"; losses: readonly LossRecord[]; hasOthers: boolean }
  /** The evaluator has checked the DNs that the alert is about. */
  | { kind: "facts"; facts: AlertFacts }
  /** The evaluator has checked whether the condition of a server or a bridge is ongoing. */
  | { kind: "condition"; condition: AlertCondition; isOngoing: boolean }
  | { kind: "acknowledged"; remark: Remark }
  /** A person took the acknowledgement back. */
  | { kind: "withdrawn"; actor: Actor }
  /** A person retired something that the alert is about: `what` says so. That ends nothing. */
  | { kind: "retired"; what: string; remark: Remark };

/** What can happen to an alert. */
export type AlertEvent = { kind: "opened"; opening: AlertOpening } | OpenAlertEvent;

/**
 * An alert as it must be written next, the notification that this write causes, and, where the alert was open before,
 * the reason for it: then its message has to be described again (DNs, causes, text).
 */
export type AlertAdvance = {
  alert: Alert;
  notification?: AlertEventType | undefined;
  reason?: UpdateReason | undefined;
};

const open = (opening: AlertOpening, context: RuleContext): AlertAdvance => {
  const { now } = context;
  const alert: Alert = {
    ...opening,
    revision: 0,
    status: "open",
    openedAt: now,
    joinedAt: now,
    toldSeverities: [opening.severity],
    relapses: 0,
    flapping: false,
    timeline: [{ at: now, what: "opened" }],
  };
  return { alert: { ...alert, dueAt: dueOf(alert, context) }, notification: "alert.opened" };
};

const advanceOpen = (
  alert: Alert,
  event: OpenAlertEvent,
  context: RuleContext,
): AlertAdvance | undefined => {
  switch (event.kind) {
    case "joined":
      return { alert: joinLosses(alert, event, context) };
    case "facts":
      return applyFacts(alert, event.facts, context);
    case "condition":
      return applyCondition(alert, event.condition, event.isOngoing, context);
    case "acknowledged":
      return acknowledge(alert, event.remark, context.now);
    case "withdrawn":
      return withdraw(alert, event.actor, context);
    case "retired":
      return noteRemark(alert, event.what, event.remark, context.now);
  }
};

/**
 * The one transition of an alert: what an event makes of it, at a moment. `opened` makes a new one; every other event
 * is one of an open alert. Undefined where there is nothing to write. Each advance is one revision, and causes at most
 * one notification.
 */
export const advanceAlert = (
  alert: Alert | undefined,
  event: AlertEvent,
  context: RuleContext,
): AlertAdvance | undefined => {
  const advance =
    event.kind === "opened"
      ? open(event.opening, context)
      : isOpen(alert) && advanceOpen(alert, event, context);
  if (!advance) return undefined;
  const { alert: next, notification, reason } = advance;
  const revised = { ...next, revision: next.revision + 1, notice: notification };
  return { alert: revised, notification, reason };
};
