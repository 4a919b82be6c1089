import type { RequestListener } from "node:http";
import { StartFailure } from "../command/start-failure.ts";
import { serveLoopback } from "../loopback/loopback-server.ts";
import type { Shutdown } from "../processes/shutdown.ts";

/** The port of the API, taken before the API exists. */
export type ApiPort = {
  readonly url: string;
  /** Requests are answered from now on; until then they get a 503. */
  readonly open: (listener: RequestListener) => void;
};

/** Explains what to do, where the cause is known. */
const portFailure = (port: number, cause: unknown): unknown => {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE") {
    return new StartFailure(
      `Port ${port} is taken by another program. Use another one: PORT=${port + 1} npm start (PORT=0 takes any free one).`,
      { cause },
    );
  }
  if (code === "EACCES") {
    return new StartFailure(`Port ${port} is reserved. Use another one: PORT=3000 npm start`, {
      cause,
    });
  }
  return cause;
};

/** Takes the port first, so that a port in use is reported before anything else starts. Throws StartFailure then. */
export const takeApiPort = async (port: number, shutdown: Shutdown): Promise<ApiPort> => {
  let current: RequestListener = (_request, response) => {
    response.writeHead(503, { "content-type": "application/json", "retry-after": "1" });
    response.end('{"message":"Service Unavailable"}');
  };
  try {
    const url = await serveLoopback(
      (request, response) => current(request, response),
      port,
      shutdown,
    );
    return {
      url,
      open: (listener) => {
        current = listener;
      },
    };
  } catch (cause) {
    throw portFailure(port, cause);
  }
};
