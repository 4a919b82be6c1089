import { formatTime } from "../domain/event-time.ts";
import { inParallel } from "../domain/in-parallel.ts";
import type { ReadStatusesOfDn } from "../domain/ports.ts";
import type { ListRegistrations } from "../domain/reading/list-registrations.ts";
import type { RegistrationsAt } from "../domain/reading/registrations-at.ts";
import { toRegistration } from "../domain/status/registration.ts";
import type { RegistrationStatus } from "../domain/status/registration-status.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { ByDnSchema, ListSchema } from "./query-schemas.ts";
import { type Parameters, parseQueryString } from "./query-string.ts";
import { readParameters } from "./read-parameters.ts";
import type { ReaderRequest } from "./reader.ts";
import { json, problem, type Response } from "./response.ts";

/** What reading registrations needs; `now` in microseconds, retention in days. */
export type RegistrationsDependencies = {
  readStatusesOfDn: ReadStatusesOfDn;
  registrationsAt: RegistrationsAt;
  listRegistrations: ListRegistrations;
  now: () => number;
  historyRetentionDays: number;
};

const maxDns = 100;
const maxQueryBytes = 6_000;
const width = 20;
const isDn = (text: string): boolean => text.length >= 1 && text.length <= 255;
const dayMicros = 24 * 60 * 60 * 1_000_000;
const lagMicros = 60 * 1_000_000; // Longer than a write or an index can lag.

/** What is wrong with a query string that cannot be decoded. */
export const notEncoded = "the query string must be percent-encoded UTF-8";

/** A request whose parameters cannot be taken. */
export const badRequest = (requestId: string, detail: string): Response =>
  problem(400, { code: "parameters", title: "Parameters not valid", detail, requestId });

/** Builds the routes under `/v1/registrations`. */
export const createRegistrationsHandlers = (dependencies: RegistrationsDependencies) => {
  const { readStatusesOfDn, registrationsAt, listRegistrations, now } = dependencies;
  const asOf = (): string => formatTime(now() - lagMicros);

  const answer = (statuses: readonly RegistrationStatus[], since: string): Response =>
    json(200, { data: statuses.map(toRegistration), asOf: since });

  const byDns = async (parameters: Parameters, requestId: string): Promise<Response> => {
    const dns = [...new Set(parameters.get("thisDN"))];
    if (dns.length > maxDns) return badRequest(requestId, `thisDN may be given ${maxDns} times`);
    if (!dns.every(isDn)) return badRequest(requestId, "thisDN must have 1 to 255 characters");
    const others = new Map([...parameters].filter(([name]) => name !== "thisDN"));
    const read = readParameters(ByDnSchema, others);
    if (read.kind === "bad") return badRequest(requestId, `with thisDN: ${read.detail}`);
    const { at } = read.output;
    if (at !== undefined && at < now() - dependencies.historyRetentionDays * dayMicros) {
      return badRequest(requestId, "at lies before the history's retention");
    }
    const since = asOf();
    const statuses = await inParallel(width, dns, (thisDN) =>
      at === undefined ? readStatusesOfDn(thisDN) : registrationsAt(thisDN, at),
    );
    return answer(statuses.flat(), since);
  };

  const list = async (parameters: Parameters, requestId: string): Promise<Response> => {
    const read = readParameters(ListSchema, parameters);
    if (read.kind === "bad") return badRequest(requestId, read.detail);
    const { changedSince, cursor, ...query } = read.output;
    const newestFirst = changedSince === undefined;
    const kind = newestFirst ? "changed" : "since";
    const position = cursor === undefined ? undefined : readCursor(kind, cursor);
    if (cursor !== undefined && position === undefined) {
      return badRequest(requestId, "cursor is none of this list: use nextCursor as it was given");
    }
    const start = changedSince === undefined ? undefined : formatTime(changedSince);
    const since = asOf();
    const page = await listRegistrations({ ...query, newestFirst, beyond: position ?? start });
    return json(200, {
      data: page.statuses.map(toRegistration),
      nextCursor: page.next === undefined ? null : writeCursor(kind, page.next),
      asOf: since,
    });
  };

  return {
    collection: async (request: ReaderRequest): Promise<Response> => {
      const { requestId } = request.requestContext;
      if (request.rawQueryString.length > maxQueryBytes) {
        return badRequest(requestId, `the query string may have ${maxQueryBytes} bytes`);
      }
      const parameters = parseQueryString(request.rawQueryString);
      if (parameters === undefined) return badRequest(requestId, notEncoded);
      return parameters.has("thisDN") ? byDns(parameters, requestId) : list(parameters, requestId);
    },
    one: async (request: ReaderRequest): Promise<Response> => {
      const { requestId } = request.requestContext;
      if (request.rawQueryString !== "") {
        return badRequest(requestId, "this route takes no parameters");
      }
      const since = asOf();
      const thisDN = request.pathParameters?.["thisDN"] ?? "";
      const statuses = isDn(thisDN) ? await readStatusesOfDn(thisDN) : [];
      if (statuses.length > 0) return answer(statuses, since);
      const detail =
        "No event has ever named this DN. One with / ? # or % must be asked for as ?thisDN=";
      return problem(404, { code: "never-seen", title: "Never seen", detail, requestId });
    },
  };
};
