import type { Alert } from "../../lambda/domain/alerting/alert.ts";
import { boundAlert } from "../../lambda/domain/alerting/bound-alert.ts";
import type { AlertKey } from "../../lambda/domain/alerting/loss.ts";
import { compareText } from "../../lambda/domain/text.ts";
import { formatTime } from "../../lambda/domain/time.ts";
import type {
  ListAlerts,
  ReadAlert,
  ReadAlertById,
  ReadDueAlerts,
  ReadLatestAlert,
  WriteAlert,
} from "../../lambda/ports/alerts.ts";
import { writeInto } from "./in-memory-revisions.ts";

/** The ports of alerts over a plain map, by `alertMapKey`; `alertWrites` is what the stream carries, in order. */
export type InMemoryAlerts = {
  alerts: Map<string, Alert>;
  alertWrites: Alert[];
  readAlert: ReadAlert;
  readLatestAlert: ReadLatestAlert;
  readAlertById: ReadAlertById;
  writeAlert: WriteAlert;
  readDueAlerts: ReadDueAlerts;
  listAlerts: ListAlerts;
};

/** The key of an alert in the map. */
export const alertMapKey = ({ subject, number }: AlertKey): string =>
  JSON.stringify([subject, number]);

const toKey = ({ subject, number }: Alert): AlertKey => ({ subject, number });
const placeOf = ({ openedAt, alertId }: Alert): string => `${formatTime(openedAt)}#${alertId}`;

const createListAlerts =
  (all: () => Alert[]): ListAlerts =>
  async ({ status, server, beyond, limit }) =>
    all()
      .filter((alert) => alert.status === status)
      .filter((alert) => server === undefined || alert.server === server)
      .map((alert) => ({ alert: structuredClone(alert), place: placeOf(alert) }))
      .filter(({ place }) => beyond === undefined || compareText(place, beyond) < 0)
      .sort((a, b) => compareText(b.place, a.place))
      .slice(0, limit);

/** Makes an empty table of alerts that behaves like the real one. */
export const createInMemoryAlerts = (): InMemoryAlerts => {
  const alerts: InMemoryAlerts["alerts"] = new Map();
  const alertWrites: Alert[] = [];
  const all = () => [...alerts.values()];
  const write = writeInto(alerts, alertMapKey);
  return {
    alerts,
    alertWrites,
    readAlert: async (key) => structuredClone(alerts.get(alertMapKey(key))),
    readLatestAlert: async (subject) =>
      structuredClone(
        all()
          .filter((alert) => alert.subject === subject)
          .toSorted((a, b) => b.number - a.number)[0],
      ),
    readAlertById: async (alertId) =>
      structuredClone(all().find((alert) => alert.alertId === alertId)),
    writeAlert: async (unbounded) => {
      const alert = boundAlert(unbounded);
      const result = await write(alert);
      if (result === "written") alertWrites.push(structuredClone(alert));
      return result;
    },
    readDueAlerts: async (now, limit) =>
      all()
        .flatMap(({ dueAt, ...alert }) =>
          dueAt !== undefined && dueAt <= now ? [{ alert, dueAt }] : [],
        )
        .sort((a, b) => a.dueAt - b.dueAt)
        .slice(0, limit)
        .map(({ alert }) => toKey(alert)),
    listAlerts: createListAlerts(all),
  };
};
