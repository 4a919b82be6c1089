import { inParallel } from "../../async/in-parallel.ts";
import type { Alert } from "../../domain/alerting/alert.ts";
import { isIncident } from "../../domain/alerting/due.ts";
import type { Loss } from "../../domain/alerting/loss.ts";
import { isOpen } from "../../domain/alerting/loss-snapshot.ts";
import { width } from "./alerting-dependencies.ts";
import type { SettleAlert } from "./settle-alert.ts";
import type { Written } from "./write-decisions.ts";

type Concerned = { alert: Alert; losses: Loss[] };

// By alert; what is passed was part of none that was told.
const groupByAlert = (written: readonly Written[]): Concerned[] => {
  const concerned = written.flatMap(({ look: { alert }, loss }) =>
    isOpen(alert) && loss.state === "alerted" ? [{ alert, loss }] : [],
  );
  const groups = Map.groupBy(concerned, ({ alert }) =>
    JSON.stringify([alert.subject, alert.number]),
  );
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ alert }) => ({ alert, losses: group.map(({ loss }) => loss) })),
  );
};

const worsens = ({ severity }: Alert, loss: Loss): boolean =>
  severity === "warning" && loss.severity === "critical" && loss.endedAt === undefined;

/** Builds what takes alerts on whose members were written otherwise: they may be over, or worse. */
export const createSettleAffectedAlerts = ({
  settle,
  worsen,
}: {
  settle: SettleAlert;
  worsen: (incident: Alert, losses: readonly Loss[]) => Promise<void>;
}) => {
  const tell = async ({ alert, losses }: Concerned): Promise<void> => {
    const worse = losses.filter((loss) => worsens(alert, loss));
    if (isIncident(alert) && worse.length > 0) await worsen(alert, worse);
    if (!isIncident(alert) || losses.some(({ endedAt }) => endedAt !== undefined)) {
      await settle(alert);
    }
  };

  return async (written: readonly Written[]): Promise<void> => {
    await inParallel(width, groupByAlert(written), tell);
  };
};
