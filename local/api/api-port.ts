import type { RequestListener } from "node:http";
import { StartFailure } from "../command/start-failure.ts";
import { serveLoopback } from "../loopback/loopback-server.ts";
import type { Shutdown } from "../processes/shutdown.ts";

/** The API's port, taken before there is an API. */
export type ApiPort = {
  readonly url: string;
  /** From now on requests are answered; before, they get 503. */
  readonly open: (listener: RequestListener) => void;
};

/** Says the way out where there is one. */
const portFailure = (port: number, cause: unknown): unknown => {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE") {
    return new StartFailure(
      `Port ${port} is taken by another program. Take another one: PORT=${port + 1} npm start (PORT=0 takes any free one).`,
      { cause },
    );
  }
  if (code === "EACCES") {
    return new StartFailure(`Port ${port} is reserved. Take another one: PORT=3000 npm start`, {
      cause,
    });
  }
  return cause;
};

/** Takes the port at once, so that a port which is taken is said before anything else starts. */
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
