import type { Alert } from "../domain/alerting/alert.ts";
import type { Reading } from "../domain/alerting/lay-out-title.ts";
import type { Acknowledge } from "../use-cases/operate/acknowledge.ts";
import { toAlertDetail, toAlertEntry } from "../use-cases/operate/alert-detail.ts";
import type { ListAlertsPage } from "../use-cases/operate/list-alerts-page.ts";
import { toMemberView } from "../use-cases/operate/member-view.ts";
import type { ReadAlertPage } from "../use-cases/operate/read-alert-page.ts";
import type { WithdrawAcknowledgement } from "../use-cases/operate/withdraw-acknowledgement.ts";
import { badRequest, notACursor } from "./bad-request.ts";
import { nextCursor } from "./cursor.ts";
import { notFound } from "./not-found.ts";
import { AcknowledgementSchema, maxBodyBytes } from "./operate-bodies.ts";
import { AlertsSchema, MembersSchema } from "./operate-queries.ts";
import { readOptionalBody } from "./read-body.ts";
import { readQuery } from "./read-query.ts";
import { actorOf, type ReaderRequest } from "./reader.ts";
import { json, problem, type Response } from "./response.ts";

/** What the routes of alerts need. */
export type AlertsDependencies = {
  toReading: () => Reading;
  listAlertsPage: ListAlertsPage;
  readAlertPage: ReadAlertPage;
  acknowledge: Acknowledge;
  withdrawAcknowledgement: WithdrawAcknowledgement;
};

const maxIdLength = 200; // The store would refuse a longer one with an error of its own.

const alertIdOf = ({ pathParameters }: ReaderRequest): string =>
  (pathParameters?.["alertId"] ?? "").slice(0, maxIdLength) || "none";
const unknown = ({ requestContext }: ReaderRequest): Response =>
  notFound(requestContext.requestId, "There is no alert with this id, or it is no longer kept.");

const resolved = ({ requestContext }: ReaderRequest, consequence: string): Response => {
  const { requestId } = requestContext;
  const detail = `The alert is resolved: ${consequence}.`;
  return problem(409, { code: "resolved", title: "Resolved", detail, requestId });
};
const notAcknowledged = ({ requestContext }: ReaderRequest): Response => {
  const { requestId } = requestContext;
  const detail = "The alert is open, and not acknowledged: there is nothing to take back.";
  return problem(409, { code: "not-acknowledged", title: "Not acknowledged", detail, requestId });
};

// A position among the members of one alert is not valid for another alert.
const splitPosition = (position = "#"): [owner: string | undefined, from: string | undefined] => {
  const end = position.indexOf("#");
  return [position.slice(0, end) || undefined, position.slice(end + 1) || undefined];
};

/** Builds the routes under `/v1/alerts`. */
export const createAlertsHandlers = (dependencies: AlertsDependencies) => {
  const { toReading, listAlertsPage, readAlertPage, acknowledge, withdrawAcknowledgement } =
    dependencies;
  const showDetail = (alert: Alert) => toAlertDetail(alert, toReading());
  return {
    collection: async (request: ReaderRequest): Promise<Response> => {
      const read = readQuery(request, "alerts", AlertsSchema);
      if (read.kind === "refused") return read.response;
      const { alerts, next } = await listAlertsPage({ ...read.query, beyond: read.position });
      const reading = toReading();
      const data = alerts.map((alert) => toAlertEntry(alert, reading));
      return json(200, { data, nextCursor: nextCursor("alerts", next) });
    },
    one: async (request: ReaderRequest): Promise<Response> => {
      const read = readQuery(request, "members", MembersSchema);
      if (read.kind === "refused") return read.response;
      const alertId = alertIdOf(request);
      const [owner, from] = splitPosition(read.position);
      if (owner !== undefined && owner !== alertId) {
        return badRequest(request.requestContext.requestId, notACursor);
      }
      const page = await readAlertPage(alertId, { limit: read.query.limit, from });
      if (page === undefined) return unknown(request);
      const next = page.next === undefined ? undefined : `${alertId}#${page.next}`;
      return json(200, {
        data: { ...showDetail(page.alert), members: page.members.map(toMemberView) },
        nextCursor: nextCursor("members", next),
      });
    },
    acknowledgement: async (request: ReaderRequest): Promise<Response> => {
      const read = readOptionalBody(request, AcknowledgementSchema, maxBodyBytes);
      if (read.kind === "refused") return read.response;
      const { author, note } = read.body;
      const remark = { ...actorOf(request, author), note };
      const outcome = await acknowledge(alertIdOf(request), remark);
      switch (outcome.kind) {
        case "acknowledged":
          return json(200, { data: showDetail(outcome.alert) });
        case "unknown":
          return unknown(request);
        case "resolved":
          return resolved(request, "there is nothing left to acknowledge");
      }
    },
    withdrawal: async (request: ReaderRequest): Promise<Response> => {
      const outcome = await withdrawAcknowledgement(alertIdOf(request), actorOf(request));
      switch (outcome.kind) {
        case "withdrawn":
          return json(200, { data: showDetail(outcome.alert) });
        case "unknown":
          return unknown(request);
        case "resolved":
          return resolved(request, "its acknowledgement stays as it is");
        case "not-acknowledged":
          return notAcknowledged(request);
      }
    },
  };
};
