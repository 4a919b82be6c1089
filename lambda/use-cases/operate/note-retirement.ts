import { inParallel } from "../../async/in-parallel.ts";
import { addToTimeline } from "../../domain/alerting/add-to-timeline.ts";
import type { Alert } from "../../domain/alerting/alert.ts";
import type { AlertKey, LossKey } from "../../domain/alerting/loss.ts";
import type { ListAlerts } from "../../ports/alerts.ts";
import type { ReadLosses } from "../../ports/losses.ts";
import { type Remark, says } from "./remark.ts";
import type { ReviseAlert } from "./revise-alert.ts";

/** What noting a retirement needs of the outside; `now` in microseconds. */
export type NoteRetirementDependencies = {
  listAlerts: ListAlerts;
  readLosses: ReadLosses;
  reviseAlert: ReviseAlert;
  now: () => number;
};

const maxAlerts = 500;
const width = 10;

const concerns = (alert: Alert, applications: ReadonlySet<string>): boolean =>
  alert.application === undefined
    ? alert.dns.some((member) => member.applications.some((name) => applications.has(name)))
    : applications.has(alert.application);

/**
 * Builds what writes into the timelines of open alerts who has retired something that they are about, and why. That ends
 * nothing: the evaluator does, from the registrations.
 */
export const createNoteRetirement = (dependencies: NoteRetirementDependencies) => {
  const { listAlerts, readLosses, reviseAlert, now } = dependencies;

  const note = async (key: AlertKey, what: string, remark: Remark): Promise<void> => {
    await reviseAlert(key, (alert) => {
      const isDone = alert.status === "resolved" || alert.timeline.some(says(what, remark));
      const entry = { at: now(), what, ...remark };
      return isDone ? alert : { ...alert, timeline: addToTimeline(alert.timeline, entry) };
    });
  };

  return {
    /** For one DN: the alert that its present loss is part of, if any. */
    ofLoss: async (loss: LossKey, remark: Remark): Promise<void> => {
      const [found] = await readLosses([loss]);
      if (found?.alert !== undefined) await note(found.alert, `retired DN ${loss.thisDN}`, remark);
    },
    /** For whole applications: the alerts of the server that name one of them. */
    ofApplications: async (
      server: string,
      applications: ReadonlySet<string>,
      remark: Remark,
    ): Promise<void> => {
      const range = { server, beyond: undefined, limit: maxAlerts };
      const lists = await Promise.all([
        listAlerts({ ...range, status: "open" }),
        listAlerts({ ...range, status: "acknowledged" }),
      ]);
      const alerts = lists.flat().map(({ alert }) => alert);
      const concerned = alerts.filter((alert) => concerns(alert, applications));
      const what = `retired ${[...applications].join(", ")}`;
      await inParallel(width, concerned, (alert) => note(alert, what, remark));
    },
  };
};

/** Notes a retirement (see `createNoteRetirement`). */
export type NoteRetirement = ReturnType<typeof createNoteRetirement>;
