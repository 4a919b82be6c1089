import { request as send } from "node:http";
import { serveLoopback } from "../../local/loopback/loopback-server.ts";
import { createShutdown } from "../../local/processes/shutdown.ts";

/** Stands before an emulator and counts the operations that go through. */
export type CountingProxy = {
  readonly url: string;
  /** How often an operation was called since the start, by its name without the API version. */
  readonly count: (operation: string) => number;
  /** How often any was called. */
  readonly total: () => number;
  readonly stop: () => Promise<void>;
};

const operationOf = (headers: Readonly<Record<string, unknown>>): string =>
  String(headers["x-amz-target"] ?? "").replace(/^.*\./, "");

/** Starts a counting proxy; what speaks the query protocol (SNS) is counted by the `Action` of its body. */
export const startCountingProxy = async (target: string): Promise<CountingProxy> => {
  const shutdown = createShutdown();
  const counts = new Map<string, number>();
  const add = (operation: string): void => {
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
  };
  const url = await serveLoopback(
    (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.once("end", () => {
        const body = Buffer.concat(chunks);
        const action = /(?:^|&)Action=([A-Za-z]+)/.exec(body.toString("latin1"))?.[1];
        add(operationOf(request.headers) || (action ?? ""));
        // The emulator answers only what is addressed to itself.
        const { host: _, ...headers } = request.headers;
        const onward = send(
          target + (request.url ?? "/"),
          { method: request.method ?? "POST", headers },
          (answer) => {
            response.writeHead(answer.statusCode ?? 502, answer.headers);
            answer.pipe(response);
          },
        );
        onward.once("error", () => response.destroy());
        onward.end(body);
      });
    },
    0,
    shutdown,
  );
  return {
    url,
    count: (operation) => counts.get(operation) ?? 0,
    total: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
    stop: shutdown.run,
  };
};
