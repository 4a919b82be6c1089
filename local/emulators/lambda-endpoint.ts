import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { FindFunction } from "../functions/function-registry.ts";
import { maxPayloadBytes, payloadProblem } from "../functions/invocation-limits.ts";
import { stoppedLoop } from "../functions/invocation-outcome.ts";
import { listenerOf, readWholeBody } from "../loopback/loopback-server.ts";

const invocations = /^\/2015-03-31\/functions\/([^/?]+)\/invocations/;

const tooLarge = "RequestTooLargeException";
const tooLargeToRead = `Request must be smaller than ${maxPayloadBytes.RequestResponse} bytes for the InvokeFunction operation`;

const end = (
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): void => {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body);
};

const fail = (response: ServerResponse, status: number, type: string, Message: string): void => {
  end(response, status, { "x-amzn-errortype": type }, JSON.stringify({ Type: "User", Message }));
};

const answer = async (
  find: FindFunction,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const body = await readWholeBody(request, maxPayloadBytes.RequestResponse);
  const name = invocations.exec(request.url ?? "")?.[1];
  const invoke = name === undefined ? undefined : find(decodeURIComponent(name));
  if (body === undefined) return fail(response, 413, tooLarge, tooLargeToRead);
  if (name === undefined || request.method !== "POST") {
    return fail(response, 404, "UnknownOperationException", "Only Invoke is supported here.");
  }
  if (invoke === undefined) {
    return fail(response, 404, "ResourceNotFoundException", `Function not found: ${name}`);
  }
  const payload = body.length === 0 ? "{}" : body.toString();
  const type = request.headers["x-amz-invocation-type"];
  if (type === "DryRun") return end(response, 204, {}, "");
  const traceHeaders = [request.headers["x-amzn-trace-id"] ?? []].flat();
  if (type === "Event") {
    const problem = payloadProblem(body.length, type);
    if (problem !== undefined) return fail(response, 413, tooLarge, problem);
    void invoke(payload, undefined, traceHeaders);
    return end(response, 202, {}, "");
  }
  const invocation = await invoke(payload, undefined, traceHeaders);
  if (invocation === stoppedLoop) {
    return fail(response, 400, "RecursiveInvocationException", "The function invokes itself.");
  }
  const error = invocation.kind === "failed" ? { "x-amz-function-error": "Unhandled" } : {};
  end(response, 200, { ...error, "x-amz-executed-version": "$LATEST" }, invocation.payload);
};

/** Lambda's Invoke action for the functions that `find` finds by name or ARN. */
export const lambdaEndpoint = (find: FindFunction): RequestListener =>
  listenerOf((request, response) => answer(find, request, response));
