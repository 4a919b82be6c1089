import type { Alert } from "../../domain/alerting/alert.ts";
import { type AlertFacts, nextStep } from "../../domain/alerting/alert-step.ts";
import type { AlertKey } from "../../domain/alerting/loss.ts";
import { isOpen } from "../../domain/alerting/loss-snapshot.ts";
import { type AlertingDependencies, maxConflicts } from "./alerting-dependencies.ts";
import { createDescribeAlert } from "./describe-alert.ts";
import { createMemberFacts } from "./member-facts.ts";
import { createSaveAlert } from "./save-alert.ts";

/** What settling alerts about DNs needs of the outside. */
export type SettleLossesDependencies = Omit<
  AlertingDependencies,
  "readList" | "readHeld" | "readLatestAlert" | "readWindows" | "readConnectionsOfServer"
>;

/** What settling alerts needs of the outside; `isOngoing` says whether what an alert about a server or a bridge tells is still so. */
export type SettleAlertDependencies = SettleLossesDependencies & {
  isOngoing: (alert: Alert) => Promise<boolean>;
};

type ReadFacts = (alert: Alert, isUrgent: boolean) => Promise<AlertFacts | undefined>;

/** The facts of an alert about a server or a bridge, whose condition is or is not so now. */
export const conditionFacts = (alert: Alert, isOngoing: boolean): AlertFacts => ({
  isOngoing,
  relapses: alert.relapses + (isOngoing && alert.quietSince !== undefined ? 1 : 0),
  severity: alert.severity,
  count: 0,
});

// Looks at an alert and takes it on by the facts, for as long as others write it meanwhile.
const createSettle = (dependencies: SettleLossesDependencies, readFacts: ReadFacts) => {
  const { readAlert, rules, now } = dependencies;
  const describe = createDescribeAlert(dependencies);
  const save = createSaveAlert(dependencies);

  const settleOnce = async (alert: Alert, isUrgent: boolean): Promise<"written" | "conflict"> => {
    const facts = await readFacts(alert, isUrgent);
    const step = facts && nextStep(alert, facts, { rules, now: now() });
    return step === undefined ? "written" : save(await describe(step));
  };

  return async (key: AlertKey, isUrgent = false): Promise<void> => {
    for (let attempt = 0; attempt < maxConflicts; attempt += 1) {
      const alert = await readAlert(key);
      if (!isOpen(alert)) return;
      if ((await settleOnce(alert, isUrgent)) === "written") return;
    }
    throw new Error(`an alert was written by others ${maxConflicts} times in a row`);
  };
};

/**
 * Builds what looks at an alert about DNs and takes it on: told again, held open, resolved, as the alert's rules say. Looking
 * once more changes nothing. `isUrgent`: not only whether it is over is wanted, though its time has not come.
 */
export const createSettleLosses = (dependencies: SettleLossesDependencies) =>
  createSettle(dependencies, createMemberFacts(dependencies));

/** Builds the same for alerts about anything. */
export const createSettleAlert = (dependencies: SettleAlertDependencies) => {
  const readFacts = createMemberFacts(dependencies);
  return createSettle(dependencies, async (alert, isUrgent) =>
    alert.kind === "dn"
      ? readFacts(alert, isUrgent)
      : conditionFacts(alert, await dependencies.isOngoing(alert)),
  );
};

/** Settles an alert (see `createSettleAlert`). */
export type SettleAlert = ReturnType<typeof createSettleLosses>;
