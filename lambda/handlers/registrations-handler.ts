import { inParallel } from "../async/in-parallel.ts";
import { type Registration, toRegistration } from "../domain/status/registration.ts";
import { formatTime } from "../domain/time.ts";
import type { ReadStatusesOfDn } from "../ports/statuses.ts";
import type { ListRegistrations } from "../use-cases/list-registrations.ts";
import type { RegistrationsAt } from "../use-cases/query/registrations-at.ts";
import type { ShowRegistrations } from "../use-cases/query/show-registrations.ts";
import { badRequest, notACursor, notEncoded } from "./bad-request.ts";
import { nextCursor, readCursor } from "./cursor.ts";
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
  showRegistrations: ShowRegistrations;
  now: () => number;
  historyRetentionDays: number;
};

const maxDns = 100;
const maxQueryBytes = 6_000;
const width = 20;
const isDn = (text: string): boolean => text.length >= 1 && text.length <= 255;
const dayMicros = 24 * 60 * 60 * 1_000_000;
const lagMicros = 60 * 1_000_000; // Longer than a write or an index can lag.

/** Builds the routes under `/v1/registrations`. */
export const createRegistrationsHandlers = (dependencies: RegistrationsDependencies) => {
  const { readStatusesOfDn, registrationsAt, listRegistrations, showRegistrations, now } =
    dependencies;
  const asOf = (): string => formatTime(now() - lagMicros);

  const readNow = async (dns: readonly string[]): Promise<Registration[]> =>
    showRegistrations((await inParallel(width, dns, readStatusesOfDn)).flat());

  const readThen = async (dns: readonly string[], at: number): Promise<Registration[]> => {
    const statuses = await inParallel(width, dns, (thisDN) => registrationsAt(thisDN, at));
    return statuses.flat().map((status) => toRegistration(status));
  };

  const byDns = async (parameters: Parameters, requestId: string): Promise<Response> => {
    const dns = [...new Set(parameters.get("thisDN"))];
    if (dns.length > maxDns)
      return badRequest(requestId, `thisDN may be given at most ${maxDns} times`);
    if (!dns.every(isDn)) return badRequest(requestId, "thisDN must have 1 to 255 characters");
    const others = new Map([...parameters].filter(([name]) => name !== "thisDN"));
    const read = readParameters(ByDnSchema, others);
    if (read.kind === "bad") return badRequest(requestId, `with thisDN: ${read.detail}`);
    const { at } = read.output;
    if (at !== undefined && at < now() - dependencies.historyRetentionDays * dayMicros) {
      return badRequest(requestId, "at lies before the history's retention");
    }
    const since = asOf();
    const data = await (at === undefined ? readNow(dns) : readThen(dns, at));
    return json(200, { data, asOf: since });
  };

  const list = async (parameters: Parameters, requestId: string): Promise<Response> => {
    const read = readParameters(ListSchema, parameters);
    if (read.kind === "bad") return badRequest(requestId, read.detail);
    const { changedSince, cursor, ...query } = read.output;
    const newestFirst = changedSince === undefined;
    const kind = newestFirst ? "changed" : "since";
    const position = cursor === undefined ? undefined : readCursor(kind, cursor);
    if (cursor !== undefined && position === undefined) {
      return badRequest(requestId, notACursor);
    }
    const start = changedSince === undefined ? undefined : formatTime(changedSince);
    const since = asOf();
    const page = await listRegistrations({ ...query, newestFirst, beyond: position ?? start });
    return json(200, {
      data: await showRegistrations(page.statuses),
      nextCursor: nextCursor(kind, page.next),
      asOf: since,
    });
  };

  return {
    collection: async (request: ReaderRequest): Promise<Response> => {
      const { requestId } = request.requestContext;
      if (request.rawQueryString.length > maxQueryBytes) {
        return badRequest(requestId, `the query string may have at most ${maxQueryBytes} bytes`);
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
      const data = isDn(thisDN) ? await readNow([thisDN]) : [];
      if (data.length > 0) return json(200, { data, asOf: since });
      const detail =
        "No event has ever named this DN. One with / ? # or % must be asked for as ?thisDN=";
      return problem(404, { code: "never-seen", title: "Never seen", detail, requestId });
    },
  };
};
