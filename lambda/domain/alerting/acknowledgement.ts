import type { Actor } from "../access/actor.ts";
import type { RuleContext } from "../rules.ts";
import type { AlertAdvance } from "./advance-alert.ts";
import { type Alert, addToTimeline } from "./alert.ts";
import { dueOf } from "./due.ts";
import { isSameRemark, type Remark } from "./remark.ts";

/** Acknowledges an open alert at a moment (microseconds); undefined where that changes nothing. */
export const acknowledge = (
  alert: Alert,
  remark: Remark,
  now: number,
): AlertAdvance | undefined => {
  // The same person's same note again changes nothing. A different note or person is published too: another person
  // takes over.
  if (isSameRemark(alert.acknowledgement, remark)) return undefined;
  const { author, onBehalfOf, note = "" } = remark;
  return {
    alert: {
      ...alert,
      status: "acknowledged",
      acknowledgedAt: alert.acknowledgedAt ?? now,
      acknowledgement: { author, onBehalfOf, note },
      timeline: addToTimeline(alert.timeline, { at: now, what: "acknowledged", ...remark }),
    },
    notification: "alert.acknowledged",
  };
};

/** Takes the acknowledgement of an open alert back; undefined where there is none. */
export const withdraw = (
  alert: Alert,
  actor: Actor,
  context: RuleContext,
): AlertAdvance | undefined => {
  if (alert.status !== "acknowledged") return undefined;
  const { now } = context;
  const {
    acknowledgedAt: _,
    acknowledgement: __,
    dueAt = Number.POSITIVE_INFINITY,
    ...rest
  } = alert;
  const entry = { at: now, what: "acknowledgement taken back", ...actor };
  // This write is published, so reminders begin again from now.
  const open: Alert = {
    ...rest,
    status: "open",
    remindedAt: now,
    timeline: addToTimeline(alert.timeline, entry),
  };
  return {
    alert: { ...open, dueAt: Math.min(dueAt, dueOf(open, context)) },
    notification: "alert.updated",
  };
};
