import type { Alert } from "../../domain/alerting/alert.ts";
import { nextStep } from "../../domain/alerting/alert-step.ts";
import { isOpen } from "../../domain/alerting/loss-snapshot.ts";
import { newAlert } from "../../domain/alerting/new-alert.ts";
import type { Hash } from "../../domain/event/event-id.ts";
import { type AlertingDependencies, maxConflicts } from "./alerting-dependencies.ts";
import {
  createDescribeAlert,
  type DescribeAlertDependencies,
  endResolutionOf,
} from "./describe-alert.ts";
import { createSaveAlert, type SaveAlertDependencies } from "./save-alert.ts";
import { conditionFacts } from "./settle-alert.ts";

/** Something that is or is not wrong with a server or a bridge, and what is told of it. */
export type AlertCondition = {
  subject: string;
  kind: "server" | "bridge";
  server: string;
  application?: string | undefined;
  severity: Alert["severity"];
  title: string;
  endTitle?: string | undefined;
  /** What an alert's resolution is when it ends as things stand: `restored` by default. */
  endResolution?: string | undefined;
};

/** What reconciling alerts with conditions needs of the outside. */
export type ReconcileConditionDependencies = DescribeAlertDependencies &
  SaveAlertDependencies &
  Pick<AlertingDependencies, "readLatestAlert" | "rules"> & { hash: Hash };

/**
 * Builds what makes the alert about a condition agree with it: opens one, keeps or takes back the one that is open, or lets
 * that end. To be asked again with the same answer changes nothing. One that may not open an alert now takes on the one that is open.
 */
export const createReconcileCondition = (dependencies: ReconcileConditionDependencies) => {
  const { readLatestAlert, rules, now, hash } = dependencies;
  const describe = createDescribeAlert(dependencies);
  const save = createSaveAlert(dependencies);

  const open = (condition: AlertCondition, number: number): Alert => {
    const clock = { rules, now: now() };
    const alertId = `alert-${hash(JSON.stringify([condition.subject, number, clock.now]))}`;
    const nobody = { count: 0, dns: [], causes: [], customers: [] };
    return newAlert({ ...condition, ...nobody, number, alertId }, clock);
  };

  const continueWith = async (alert: Alert, condition: AlertCondition, active: boolean) => {
    const { endTitle = alert.endTitle, endResolution, severity, title } = condition;
    const isWorse = active && severity === "critical" && alert.severity === "warning";
    const known = { ...alert, endTitle, endResolution, ...(isWorse ? { title } : {}) };
    const facts = conditionFacts(alert, active);
    const step = nextStep(known, isWorse ? { ...facts, severity } : facts, { rules, now: now() });
    if (step !== undefined) return save(await describe(step));
    if (endResolutionOf(known) === endResolutionOf(alert)) return "written";
    // It ends otherwise than it did when that was written, and nobody need be told before it does.
    return save({ ...known, notice: undefined, revision: alert.revision + 1 });
  };

  const reconcileOnce = async (
    condition: AlertCondition,
    { active, mayOpen }: { active: boolean; mayOpen: boolean },
  ): Promise<"written" | "conflict"> => {
    const latest = await readLatestAlert(condition.subject);
    if (isOpen(latest)) return continueWith(latest, condition, active);
    return active && mayOpen ? save(open(condition, (latest?.number ?? 0) + 1)) : "written";
  };

  return async (condition: AlertCondition, active: boolean, mayOpen = true): Promise<void> => {
    for (let attempt = 0; attempt < maxConflicts; attempt += 1) {
      if ((await reconcileOnce(condition, { active, mayOpen })) === "written") return;
    }
    throw new Error(`an alert was written by others ${maxConflicts} times in a row`);
  };
};

/** Makes the alert about a condition agree with it (see `createReconcileCondition`). */
export type ReconcileCondition = ReturnType<typeof createReconcileCondition>;
