import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Shutdown } from "../processes/shutdown.ts";
import { foreignSource, refusalBody } from "./foreign-request.ts";

const close = async (server: Server): Promise<void> => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
};

/** Answers foreign requests with 403, and hands on every other one. */
const withoutForeign =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    const { headers, method, socket } = request;
    const refusal = foreignSource({ headers, method, port: socket.localPort });
    if (refusal === undefined) return listener(request, response);
    response.writeHead(403, { "content-type": "application/json", connection: "close" });
    response.end(refusalBody(refusal));
  };

/**
 * Serves on a loopback port (0: any free one) until the shutdown; resolves with the URL. Requests that a web page from elsewhere
 * sent are refused. Rejects when the port is taken.
 */
export const serveLoopback = async (
  listener: RequestListener,
  port: number,
  shutdown: Shutdown,
): Promise<string> => {
  const server = createServer({ keepAliveTimeout: 60_000 }, withoutForeign(listener));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  shutdown.add(() => close(server));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return `http://127.0.0.1:${address.port}`;
};

/** Makes a listener of an async function. When the function fails, only the caller's connection is cut. */
export const listenerOf =
  (
    answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  ): RequestListener =>
  (request, response) => {
    answer(request, response).catch(() => response.destroy());
  };

/** Reads a whole body; undefined when it is longer than allowed, and the rest is discarded. */
export const readWholeBody = (
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | undefined> => {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | undefined>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  });
  request.once("end", () => resolve(bytes > maxBytes ? undefined : Buffer.concat(chunks, bytes)));
  request.once("error", reject);
  request.once("close", () => reject(new Error("The request was cut off.")));
  return promise;
};
