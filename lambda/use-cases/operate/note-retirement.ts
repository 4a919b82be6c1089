import { inParallel } from "../../async/in-parallel.ts";
import type { Alert } from "../../domain/alerting/alert.ts";
import { type AlertReference, alertOf, type LossKey } from "../../domain/alerting/loss.ts";
import type { Remark } from "../../domain/alerting/remark.ts";
import { joinNames } from "../../domain/bounds.ts";
import { createWriteAlerts } from "../write-alerts.ts";
import type { OperatePorts } from "./operate-ports.ts";

const maxAlerts = 500;
const width = 10;

const concerns = (alert: Alert, applications: ReadonlySet<string>): boolean =>
  alert.application === undefined
    ? alert.dns.some((member) => member.applications.some((name) => applications.has(name)))
    : applications.has(alert.application);

/**
 * Builds the functions that record in the timelines of open alerts who has retired something that they are about, and
 * why. That ends no alert: the evaluator does, based on the registrations.
 */
export const createNoteRetirement = (ports: OperatePorts) => {
  const { listAlerts, readAlert, readLosses } = ports;
  const alerts = createWriteAlerts(ports);

  const note = async (noted: AlertReference, what: string, remark: Remark): Promise<void> => {
    await alerts.advance({
      read: () => readAlert(noted),
      // The alert that a loss names may never have been written, and another one have its key.
      toEvent: (alert) =>
        alert?.alertId === noted.alertId ? { kind: "retired", what, remark } : undefined,
    });
  };

  return {
    /** For one DN: the alert that its present loss is part of, if any. */
    ofLoss: async (loss: LossKey, remark: Remark): Promise<void> => {
      const [found] = await readLosses([loss]);
      const alert = found && alertOf(found);
      if (alert !== undefined) await note(alert, `retired DN ${loss.thisDN}`, remark);
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
      const concerned = lists
        .flat()
        .map(({ alert }) => alert)
        .filter((alert) => concerns(alert, applications));
      const what = `retired ${joinNames([...applications])}`;
      await inParallel(width, concerned, (alert) => note(alert, what, remark));
    },
  };
};

/** Notes a retirement (see `createNoteRetirement`). */
export type NoteRetirement = ReturnType<typeof createNoteRetirement>;
