import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Verification } from "../domain/access/signature.ts";
import { isServerRefusal } from "../domain/event/server-refusal.ts";
import { limits } from "../domain/request/entry.ts";
import type { EmitMetrics, Log } from "../ports/telemetry.ts";
import type { AuthenticateBridge } from "../use-cases/ingest/authenticate-bridge.ts";
import type { Ingest, IngestOutcome } from "../use-cases/ingest/ingest.ts";
import { ingestMetrics, serversRefused } from "../use-cases/ingest/ingest-metrics.ts";
import type { RecentRequests } from "../use-cases/ingest/recent-requests.ts";
import type { ReportStale, StaleVerdict } from "../use-cases/ingest/report-stale.ts";
import { ingestProblem, resultsResponse } from "./ingest-response.ts";
import { mediaTypeOf } from "./media-type.ts";
import { bodyBytesOf, bodyTextOf } from "./request-body.ts";
import { type Response, unavailable } from "./response.ts";

/** What the handler needs; `now` in microseconds. */
export type IngestHandlerDependencies = {
  authenticate: AuthenticateBridge;
  ingest: Ingest;
  noteRequest: RecentRequests["note"];
  reportStale: ReportStale;
  log: Log;
  emitMetrics: EmitMetrics;
  now: () => number;
};

type Verified = Extract<Verification, { kind: "verified" }>;
type Unverified = Exclude<Verification, Verified>;

type Request = APIGatewayProxyEventV2;

// API Gateway takes any body that calls itself JSON for UTF-8 and replaces invalid bytes: then no signature matches.
const hintFor = (kind: Unverified["kind"], body = ""): string =>
  kind === "wrong" && body.includes("\ufffd") ? "; the body may not have been UTF-8" : "";

const staleMetrics: Readonly<Record<StaleVerdict, readonly string[]>> = {
  "clock-off": ["StaleSignaturesWithRightKey"],
  unproven: ["StaleRequestsUnproven"],
  repeated: [],
};

/** Builds the handler of `POST /v1/events`: size, signature, form, then the events one by one. */
export const createIngestHandler = (dependencies: IngestHandlerDependencies) => {
  const { authenticate, ingest, noteRequest, reportStale, log, emitMetrics, now } = dependencies;

  const count = (name: string): void => emitMetrics([{ name, value: 1, unit: "Count" }]);

  // An old request that was captured and is repeated says nothing about its bridge, however often it comes.
  const judge = async (verification: Unverified) => {
    if (verification.kind !== "stale" || verification.key === undefined)
      return { metrics: ["SignaturesRefused"] };
    const { key, request } = verification;
    const verdict = await reportStale(key, request);
    return { metrics: staleMetrics[verdict], bridge: key.name, verdict };
  };

  const refuse = async (
    verification: Unverified,
    { body, requestContext }: Request,
  ): Promise<Response> => {
    const { requestId } = requestContext;
    const { kind } = verification;
    const detail = verification.detail + hintFor(kind, body);
    const { metrics, ...about } = await judge(verification);
    metrics.map(count);
    log("warn", "request refused", { requestId, reason: `signature ${kind}`, ...about });
    return ingestProblem(`signature-${kind}`, requestId, detail);
  };

  const answer = (outcome: IngestOutcome, bridge: string, requestId: string): Response => {
    if (outcome.kind !== "results") {
      log("warn", "request refused", { requestId, bridge, reason: outcome.kind });
      if (isServerRefusal(outcome.kind)) emitMetrics([serversRefused(1)]);
      const detail = "detail" in outcome ? outcome.detail : undefined;
      return ingestProblem(outcome.kind, requestId, detail);
    }
    const metrics = ingestMetrics(outcome.results, outcome.events, now());
    emitMetrics(metrics);
    const counts = Object.fromEntries(
      metrics.map(({ name, value, server }) => [server ? `${name} ${server}` : name, value]),
    );
    log("info", "events taken", { requestId, bridge, ...counts });
    return resultsResponse(outcome.results, requestId);
  };

  const take = async (
    request: Request,
    bytes: Uint8Array,
    { key, request: signed }: Verified,
  ): Promise<Response> => {
    const { headers, requestContext } = request;
    const { requestId } = requestContext;
    noteRequest(key.name, signed);
    const encoding = headers["content-encoding"] ?? "identity";
    if (encoding.toLowerCase() !== "identity") return ingestProblem("encoded", requestId);
    const text = bodyTextOf(bytes);
    if (text === undefined) return ingestProblem("not-utf8", requestId);
    const mediaType = mediaTypeOf(headers["content-type"]);
    const outcome = await ingest({ mediaType, text, key, requestId });
    return answer(outcome, key.name, requestId);
  };

  const handle = async (request: Request): Promise<Response> => {
    const { headers, requestContext } = request;
    const { requestId } = requestContext;
    const bytes = bodyBytesOf(request);
    if (bytes.length > limits.bodyBytes) return ingestProblem("too-large", requestId);
    const signature = {
      id: headers["webhook-id"],
      timestamp: headers["webhook-timestamp"],
      signature: headers["webhook-signature"],
    };
    const verification = await authenticate(signature, bytes);
    return verification.kind === "verified"
      ? take(request, bytes, verification)
      : refuse(verification, request);
  };

  return async (request: Request): Promise<Response> => {
    const { requestId } = request.requestContext;
    try {
      return await handle(request);
    } catch (error) {
      log("error", "request failed", { requestId, error });
      return unavailable(requestId);
    }
  };
};
