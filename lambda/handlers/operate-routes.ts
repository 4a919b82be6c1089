import type { ListAlerts } from "../ports/alerts.ts";
import type { ReadConnectionsOfServer } from "../ports/connections.ts";
import type { ReadList } from "../ports/statuses.ts";
import { createListRegistrations } from "../use-cases/list-registrations.ts";
import { createAcknowledge } from "../use-cases/operate/acknowledge.ts";
import {
  type CancelWindowDependencies,
  createCancelWindow,
} from "../use-cases/operate/cancel-window.ts";
import { createListAlertsPage } from "../use-cases/operate/list-alerts-page.ts";
import {
  createListDecisions,
  type ListDecisionsDependencies,
} from "../use-cases/operate/list-decisions.ts";
import { createListWindows } from "../use-cases/operate/list-windows.ts";
import { createNoteRetirement } from "../use-cases/operate/note-retirement.ts";
import { createPlanWindow, type PlanWindowDependencies } from "../use-cases/operate/plan-window.ts";
import {
  createReadAlertPage,
  type ReadAlertPageDependencies,
} from "../use-cases/operate/read-alert-page.ts";
import { createRetireApplications } from "../use-cases/operate/retire-applications.ts";
import {
  createRetireConnection,
  type RetireConnectionDependencies,
} from "../use-cases/operate/retire-connection.ts";
import { createRetireDn } from "../use-cases/operate/retire-dn.ts";
import {
  createReviseAlert,
  type ReviseAlert,
  type ReviseAlertDependencies,
} from "../use-cases/operate/revise-alert.ts";
import { createRecordEvents } from "../use-cases/record-events.ts";
import type { RecordHistoryDependencies } from "../use-cases/record-history.ts";
import type { RecordStatusesDependencies } from "../use-cases/record-statuses.ts";
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
