import {
  Agent,
  type IncomingHttpHeaders,
  type RequestListener,
  request as requestOf,
} from "node:http";
import { serveLoopback } from "../loopback/loopback-server.ts";
import type { Shutdown } from "../processes/shutdown.ts";

/** Without the host, which is ours, and the origin, to which an engine answers that every page may read. */
const onwardHeaders = ({ host: _, origin: __, ...rest }: IncomingHttpHeaders) => rest;

const forward =
  (engineUrl: string, agent: Agent): RequestListener =>
  (request, response) => {
    const { method = "GET", url = "/" } = request;
    const headers = onwardHeaders(request.headers);
    const onward = requestOf(engineUrl, { method, path: url, headers, agent }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.once("error", () => response.destroy());
    response.once("close", () => onward.destroy());
    request.pipe(onward);
  };

/**
 * Serves an engine of ours at an address that may be known. The engines answer every web page (open CORS, any host), so they
 * listen at a hidden one, which the functions use: only other programs pay for the way through here.
 */
export const guardDynamoDb = async (engineUrl: string, shutdown: Shutdown): Promise<string> => {
  const agent = new Agent({ keepAlive: true });
  const url = await serveLoopback(forward(engineUrl, agent), 0, shutdown);
  shutdown.add(() => agent.destroy());
  return url;
};
