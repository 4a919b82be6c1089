import { inParallel, storeWidth } from "../../async/in-parallel.ts";
import { type Alert, alertKeyText, isIncident, isOpen } from "../../domain/alerting/alert.ts";
import { alertOf, type Loss, type LossRecord } from "../../domain/alerting/loss.ts";
import type { SettleAlert } from "./settle-alert.ts";
import type { WrittenDecision } from "./write-decisions.ts";

type AffectedAlert = { alert: Alert; losses: Loss[] };

// By alert; a brief loss was part of none.
const groupByAlert = (written: readonly WrittenDecision[]): AffectedAlert[] => {
  const affected = written.flatMap(({ snapshot: { alert }, loss }) =>
    isOpen(alert) && alertOf(loss) !== undefined ? [{ alert, loss }] : [],
  );
  const groups = Map.groupBy(affected, ({ alert }) => alertKeyText(alert));
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ alert }) => ({ alert, losses: group.map(({ loss }) => loss) })),
  );
};

const worsens = ({ severity }: Alert, loss: Loss): boolean =>
  severity === "warning" && loss.severity === "critical" && loss.state !== "over";

/** Builds the function that settles the alerts whose members changed: they may be over, or worse. */
export const createSettleAffectedAlerts = ({
  settle,
  worsen,
}: {
  settle: SettleAlert;
  worsen: (incident: Alert, losses: readonly LossRecord[]) => Promise<void>;
}) => {
  const settleAffected = async ({ alert, losses }: AffectedAlert): Promise<void> => {
    const worse = losses.filter((loss) => worsens(alert, loss));
    if (isIncident(alert) && worse.length > 0) await worsen(alert, worse);
    if (!isIncident(alert) || losses.some(({ state }) => state === "over")) await settle(alert);
  };

  return async (written: readonly WrittenDecision[]): Promise<void> => {
    await inParallel(storeWidth, groupByAlert(written), settleAffected);
  };
};
