import type { Reading } from "../domain/alerting/lay-out-title.ts";
import type { Zone } from "../domain/zone.ts";
import type { RoutesOf } from "../routes.ts";
import { createAcknowledge } from "../use-cases/operate/acknowledge.ts";
import { createCancelWindow } from "../use-cases/operate/cancel-window.ts";
import { createListAlertsPage } from "../use-cases/operate/list-alerts-page.ts";
import { createListDecisions } from "../use-cases/operate/list-decisions.ts";
import { createListWindows } from "../use-cases/operate/list-windows.ts";
import type { OperatePorts } from "../use-cases/operate/operate-ports.ts";
import { createPlanWindow } from "../use-cases/operate/plan-window.ts";
import { createReadAlertPage } from "../use-cases/operate/read-alert-page.ts";
import { createRetireApplications } from "../use-cases/operate/retire-applications.ts";
import { createRetireDn } from "../use-cases/operate/retire-dn.ts";
import { createWithdrawAcknowledgement } from "../use-cases/operate/withdraw-acknowledgement.ts";
import { createAlertsHandlers } from "./alerts-handler.ts";
import { createDecisionsHandler } from "./decisions-handler.ts";
import { createRetirementsHandler } from "./retirements-handler.ts";
import type { Answers } from "./router.ts";
import { createWindowsHandlers } from "./windows-handler.ts";

/** Builds the answers of the routes of alerts and maintenance; times of alerts are read in `zone`. */
export const createOperateAnswers = (
  ports: OperatePorts & { zone: Zone },
): Answers<RoutesOf<"operate">> => {
  const toReading = (): Reading => ({ now: ports.now(), zone: ports.zone });
  const alerts = createAlertsHandlers({
    toReading,
    listAlertsPage: createListAlertsPage(ports.listAlerts, toReading),
    readAlertPage: createReadAlertPage(ports, toReading),
    acknowledge: createAcknowledge(ports),
    withdrawAcknowledgement: createWithdrawAcknowledgement(ports),
  });
  const windows = createWindowsHandlers({
    listWindows: createListWindows(ports.readWindows, ports.now),
    planWindow: createPlanWindow(ports),
    cancelWindow: createCancelWindow(ports),
    now: ports.now,
  });
  const decisions = createDecisionsHandler(createListDecisions(ports));
  const retirements = createRetirementsHandler({
    retireDn: createRetireDn(ports),
    retireApplications: createRetireApplications(ports),
  });
  return {
    "GET /v1/alerts": alerts.collection,
    "GET /v1/alerts/{alertId}": alerts.one,
    "POST /v1/alerts/{alertId}/acknowledgement": alerts.acknowledgement,
    "DELETE /v1/alerts/{alertId}/acknowledgement": alerts.withdrawal,
    "GET /v1/maintenance-windows": windows.collection,
    "POST /v1/maintenance-windows": windows.plan,
    "DELETE /v1/maintenance-windows/{id}": windows.cancel,
    "POST /v1/retirements": retirements,
    "GET /v1/decisions": decisions,
  };
};
