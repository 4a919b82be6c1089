import { addToTimeline } from "../../domain/alerting/add-to-timeline.ts";
import type { Alert } from "../../domain/alerting/alert.ts";
import type { ReadAlertById } from "../../ports/alerts.ts";
import type { Remark } from "./remark.ts";
import type { ReviseAlert } from "./revise-alert.ts";

/** What became of an acknowledgement; `resolved`: it came too late. */
export type Acknowledgement =
  | { kind: "acknowledged"; alert: Alert }
  | { kind: "resolved" }
  | { kind: "unknown" };

/** What acknowledging needs of the outside; `now` in microseconds. */
export type AcknowledgeDependencies = {
  readAlertById: ReadAlertById;
  reviseAlert: ReviseAlert;
  now: () => number;
};

const isBy = ({ acknowledgement }: Alert, { author, note }: Remark): boolean =>
  acknowledgement?.author === author && acknowledgement.note === note;

/**
 * Builds what acknowledges an alert and has that told. The same author's same note again changes nothing; another one is
 * told as well, as somebody takes over.
 */
export const createAcknowledge = (dependencies: AcknowledgeDependencies) => {
  const { readAlertById, reviseAlert, now } = dependencies;

  const acknowledge =
    ({ author, note }: Remark) =>
    (alert: Alert): Alert => {
      if (alert.status === "resolved" || isBy(alert, { author, note })) return alert;
      const at = now();
      return {
        ...alert,
        status: "acknowledged",
        acknowledgedAt: alert.acknowledgedAt ?? at,
        acknowledgement: { author, note },
        notice: "alert.acknowledged",
        timeline: addToTimeline(alert.timeline, { at, what: "acknowledged", author, note }),
      };
    };

  return async (alertId: string, remark: Remark): Promise<Acknowledgement> => {
    const found = await readAlertById(alertId);
    const alert = found && (await reviseAlert(found, acknowledge(remark)));
    if (alert === undefined) return { kind: "unknown" };
    return alert.status === "resolved" ? { kind: "resolved" } : { kind: "acknowledged", alert };
  };
};

/** Acknowledges an alert (see `createAcknowledge`). */
export type Acknowledge = ReturnType<typeof createAcknowledge>;
