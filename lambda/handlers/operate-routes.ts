import type { ListAlerts } from "../domain/alerting/alert-ports.ts";
import { createAcknowledge } from "../domain/operating/acknowledge.ts";
import {
  type CancelWindowDependencies,
  createCancelWindow,
} from "../domain/operating/cancel-window.ts";
import { createListAlertsPage } from "../domain/operating/list-alerts-page.ts";
import {
  createListDecisions,
  type ListDecisionsDependencies,
} from "../domain/operating/list-decisions.ts";
import { createListWindows } from "../domain/operating/list-windows.ts";
import { createNoteRetirement } from "../domain/operating/note-retirement.ts";
import { createPlanWindow, type PlanWindowDependencies } from "../domain/operating/plan-window.ts";
import {
  createReadAlertPage,
  type ReadAlertPageDependencies,
} from "../domain/operating/read-alert-page.ts";
import { createRetireApplications } from "../domain/operating/retire-applications.ts";
import {
  createRetireConnection,
  type RetireConnectionDependencies,
} from "../domain/operating/retire-connection.ts";
import { createRetireDn } from "../domain/operating/retire-dn.ts";
import {
  createReviseAlert,
  type ReviseAlert,
  type ReviseAlertDependencies,
} from "../domain/operating/revise-alert.ts";
import type { ReadList } from "../domain/ports.ts";
import { createListRegistrations } from "../domain/reading/list-registrations.ts";
import { createRecordEvents } from "../domain/status/record-events.ts";
import type { RecordHistoryDependencies } from "../domain/status/record-history.ts";
import type { RecordStatusesDependencies } from "../domain/status/record-statuses.ts";
import type { ReadConnectionsOfServer } from "../domain/watching/connection-ports.ts";
import { createAlertsHandlers } from "./alerts-handler.ts";
import { createDecisionsHandler } from "./decisions-handler.ts";
import { createRetirementsHandler } from "./retirements-handler.ts";
import type { Route } from "./router.ts";
import { createWindowsHandlers } from "./windows-handler.ts";

/** The ports that the routes of alerts and of keeping house stand on; `now` in microseconds. */
export type OperateDependencies = RecordStatusesDependencies &
  RecordHistoryDependencies &
  ReviseAlertDependencies &
  ReadAlertPageDependencies &
  PlanWindowDependencies &
  CancelWindowDependencies &
  RetireConnectionDependencies &
  ListDecisionsDependencies & {
    readList: ReadList;
    readConnectionsOfServer: ReadConnectionsOfServer;
    listAlerts: ListAlerts;
  };

const createRetirements = (ports: OperateDependencies, reviseAlert: ReviseAlert) => {
  const noteRetirement = createNoteRetirement({ ...ports, reviseAlert });
  const recordEvents = createRecordEvents(ports);
  return createRetirementsHandler({
    retireDn: createRetireDn({ ...ports, recordEvents, noteRetirement }),
    retireApplications: createRetireApplications({
      ...ports,
      noteRetirement,
      listRegistrations: createListRegistrations(ports),
      retireConnection: createRetireConnection(ports),
    }),
  });
};

/** Builds the routes of alerts and of keeping house, by route key. */
export const createOperateRoutes = (ports: OperateDependencies): ReadonlyMap<string, Route> => {
  const reviseAlert = createReviseAlert(ports);
  const alerts = createAlertsHandlers({
    listAlertsPage: createListAlertsPage(ports.listAlerts),
    readAlertPage: createReadAlertPage(ports),
    acknowledge: createAcknowledge({ ...ports, reviseAlert }),
  });
  const windows = createWindowsHandlers({
    listWindows: createListWindows(ports.readWindows, ports.now),
    planWindow: createPlanWindow(ports),
    cancelWindow: createCancelWindow(ports),
    now: ports.now,
  });
  const decisions = createDecisionsHandler(createListDecisions(ports));
  const retirements = createRetirements(ports, reviseAlert);
  const [read, write] = ["alerts:read", "alerts:write"] as const;
  return new Map<string, Route>([
    ["GET /v1/alerts", { scope: read, answer: alerts.collection }],
    ["GET /v1/alerts/{alertId}", { scope: read, answer: alerts.one }],
    ["POST /v1/alerts/{alertId}/acknowledgement", { scope: write, answer: alerts.acknowledgement }],
    ["GET /v1/maintenance-windows", { scope: read, answer: windows.collection }],
    ["POST /v1/maintenance-windows", { scope: write, answer: windows.plan }],
    ["DELETE /v1/maintenance-windows/{id}", { scope: write, answer: windows.cancel }],
    ["POST /v1/retirements", { scope: "registrations:write", answer: retirements }],
    ["GET /v1/decisions", { scope: read, answer: decisions }],
  ]);
};
