import { takeFitting } from "../domain/page.ts";
import { retirementShownDays } from "../domain/status/list-filter.ts";
import type { StatusKey } from "../domain/status/registration-status.ts";
import { formatTime } from "../domain/time.ts";
import type { ListRegistrations } from "../use-cases/query/list-registrations.ts";
import type { DnsQuery, ReadDnsPage } from "../use-cases/query/read-dns-page.ts";
import { badRequest, notACursor, notEncoded } from "./bad-request.ts";
import { nextCursor, readCursor } from "./cursor.ts";
import { ByDnSchema, ListSchema } from "./query-schemas.ts";
import { type Parameters, parseQueryString } from "./query-string.ts";
import { readParameters } from "./read-parameters.ts";
import type { ReaderRequest } from "./reader.ts";
import { json, problem, type Response } from "./response.ts";
import { tooCostly } from "./too-costly.ts";

/** What reading registrations needs; `now` in microseconds, retention in days. */
export type RegistrationsDependencies = {
  readDnsPage: ReadDnsPage;
  listRegistrations: ListRegistrations;
  now: () => number;
  historyRetentionDays: number;
};

const maxDns = 100;
const maxQueryBytes = 6_000;
const isDn = (text: string): boolean => text.length >= 1 && text.length <= 255;
const dayMicros = 24 * 60 * 60 * 1_000_000;
const onlyOldest =
  "order must be oldest with changedSince, which gives the oldest change first: leave out one of the two";
const onlyWithDn = "at needs thisDN: give each DN to look back at as thisDN=";
const lagMicros = 60 * 1_000_000; // Longer than a write or an index can lag.

const toPlace = ({ thisDN, server }: StatusKey): string => `${thisDN}\n${server}`;
const fromPlace = (place: string): StatusKey => {
  const end = place.indexOf("\n");
  return { thisDN: place.slice(0, end), server: place.slice(end + 1) };
};

// A cursor comes on top of the DNs that the reader chose.
const isTooLong = (rawQueryString: string, parameters: Parameters): boolean =>
  rawQueryString.length - (parameters.get("cursor") ?? []).join().length > maxQueryBytes;

/** Builds the routes under `/v1/registrations`. */
export const createRegistrationsHandlers = (dependencies: RegistrationsDependencies) => {
  const { readDnsPage, listRegistrations, now } = dependencies;
  const asOf = (): string => formatTime(now() - lagMicros);

  const readPage = async (query: DnsQuery) => {
    const since = asOf();
    const page = await readDnsPage(query);
    if ("tooCostly" in page) return page;
    const { registrations, next } = page;
    return {
      data: registrations,
      nextCursor: nextCursor("dns", next && toPlace(next)),
      asOf: since,
    };
  };

  const byDns = async (
    given: readonly string[],
    parameters: Parameters,
    requestId: string,
  ): Promise<Response> => {
    const dns = [...new Set(given)];
    if (dns.length > maxDns)
      return badRequest(requestId, `thisDN may be given at most ${maxDns} times`);
    if (!dns.every(isDn)) return badRequest(requestId, "thisDN must have 1 to 255 characters");
    const others = new Map([...parameters].filter(([name]) => name !== "thisDN"));
    const read = readParameters(ByDnSchema, others);
    if (read.kind === "bad") return badRequest(requestId, `with thisDN: ${read.detail}`);
    const { at, cursor } = read.output;
    if (at !== undefined && at < now() - dependencies.historyRetentionDays * dayMicros) {
      return badRequest(requestId, "at lies before the history's retention");
    }
    const place = cursor === undefined ? undefined : readCursor("dns", cursor);
    const after = place === undefined ? undefined : fromPlace(place);
    if (cursor !== undefined && !dns.includes(after?.thisDN ?? "")) {
      return badRequest(requestId, notACursor);
    }
    const page = await readPage({ dns, at, after });
    if (!("tooCostly" in page)) return json(200, page);
    return tooCostly(requestId, given, page.tooCostly);
  };

  const list = async (parameters: Parameters, requestId: string): Promise<Response> => {
    if (parameters.has("at")) return badRequest(requestId, onlyWithDn);
    const read = readParameters(ListSchema, parameters);
    if (read.kind === "bad") return badRequest(requestId, read.detail);
    const { changedSince, cursor, order, retired, ...filter } = read.output;
    const isSince = changedSince !== undefined;
    if (isSince && order === "newest") return badRequest(requestId, onlyOldest);
    const newestFirst = !isSince && order !== "oldest";
    const kind = newestFirst ? "changed" : "since";
    const position = cursor === undefined ? undefined : readCursor(kind, cursor);
    if (cursor !== undefined && position === undefined) {
      return badRequest(requestId, notACursor);
    }
    const beyond = position ?? (isSince ? formatTime(changedSince) : undefined);
    const since = asOf();
    // Who follows changes must hear of what is gone for good.
    const isTraced = retired ?? isSince;
    const retiredSince = isTraced ? now() - retirementShownDays * dayMicros : undefined;
    const page = await listRegistrations({ ...filter, retiredSince, newestFirst, beyond });
    const shown = takeFitting(page.listed, ({ registration }) => registration);
    const next = shown.length < page.listed.length ? shown.at(-1)?.place : page.next;
    const data = shown.map(({ registration }) => registration);
    return json(200, { data, nextCursor: nextCursor(kind, next), asOf: since });
  };

  return {
    collection: async (request: ReaderRequest): Promise<Response> => {
      const { requestId } = request.requestContext;
      const parameters = parseQueryString(request.rawQueryString);
      if (parameters === undefined) return badRequest(requestId, notEncoded);
      if (isTooLong(request.rawQueryString, parameters)) {
        return badRequest(requestId, `the query string may have at most ${maxQueryBytes} bytes`);
      }
      const dns = parameters.get("thisDN");
      return dns === undefined ? list(parameters, requestId) : byDns(dns, parameters, requestId);
    },
    one: async (request: ReaderRequest): Promise<Response> => {
      const { requestId } = request.requestContext;
      if (request.rawQueryString !== "") {
        return badRequest(requestId, "this route takes no parameters");
      }
      const thisDN = request.pathParameters?.["thisDN"] ?? "";
      const page = isDn(thisDN) ? await readPage({ dns: [thisDN] }) : undefined;
      if (page !== undefined && "data" in page && page.data.length > 0) return json(200, page);
      const detail =
        "No event has ever named this DN. One with / ? # or % must be asked for as ?thisDN=";
      return problem(404, { code: "never-seen", title: "Never seen", detail, requestId });
    },
  };
};
