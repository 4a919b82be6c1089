import type { Alert } from "../../domain/alerting/alert.ts";
import type { AlertKey } from "../../domain/alerting/loss.ts";
import type { ReadAlert, WriteAlert } from "../../ports/alerts.ts";

/** What revising an alert needs of the outside. */
export type ReviseAlertDependencies = { readAlert: ReadAlert; writeAlert: WriteAlert };

const maxConflicts = 20;

/**
 * Builds what changes a stored alert as the evaluator does: on condition that nobody wrote in between, else it reads and
 * changes again. `change` gives the same alert where there is nothing to write; a notice of an earlier write is not told again.
 */
export const createReviseAlert =
  ({ readAlert, writeAlert }: ReviseAlertDependencies) =>
  async (key: AlertKey, change: (alert: Alert) => Alert): Promise<Alert | undefined> => {
    for (let attempt = 0; attempt < maxConflicts; attempt += 1) {
      const before = await readAlert(key);
      if (before === undefined) return undefined;
      const stored = { ...before, notice: undefined };
      const changed = change(stored);
      if (changed === stored) return before;
      const after = { ...changed, revision: before.revision + 1 };
      if ((await writeAlert(after)) === "written") return after;
    }
    throw new Error(`an alert was written by others ${maxConflicts} times in a row`);
  };

/** Changes a stored alert (see `createReviseAlert`); undefined where there is none. */
export type ReviseAlert = ReturnType<typeof createReviseAlert>;
