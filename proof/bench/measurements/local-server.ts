import { Agent, createServer, type RequestListener, request } from "node:http";
import { inParallel } from "../../../lambda/async/in-parallel.ts";
import { apiListener } from "../../../local/api/api-listener.ts";
import { letEveryoneIn } from "../../../local/api/authorizer.ts";
import type { Measurement } from "../../results/measurement.ts";
import { interleave, timeOf } from "../timing.ts";

const requests = 1_000;
const repeats = 5;
const atOnce = 16;
const answer = JSON.stringify({ statusCode: 200, headers: {}, body: '{"status":"ok"}' });

const bare: RequestListener = (incoming, response) => {
  incoming.resume();
  incoming.once("end", () => response.end('{"status":"ok"}'));
};

const ofStack = (): RequestListener =>
  apiListener({
    id: "api",
    account: "000000000000",
    routes: [
      {
        key: "GET /v1/health",
        target: {
          invoke: async () => ({ kind: "answered", payload: answer }),
          authorize: letEveryoneIn,
        },
      },
    ],
  });

const serve = async (listener: RequestListener) => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const get = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const sent = request({ host: "127.0.0.1", port, path: "/v1/health", agent }, (response) => {
        response.resume();
        response.once("end", resolve);
      });
      sent.once("error", reject);
      sent.end();
    });
  return {
    load: () => timeOf(() => inParallel(atOnce, Array.from({ length: requests }), get)),
    stop: () => {
      agent.destroy();
      server.close();
    },
  };
};

const measure = async () => {
  const reference = await serve(bare);
  const candidate = await serve(ofStack());
  try {
    return await interleave(
      { reference: reference.load, candidate: candidate.load },
      (times) => times.reference / times.candidate,
      repeats,
    );
  } finally {
    reference.stop();
    candidate.stop();
  }
};

/** What the local run's HTTP API costs, without the worker thread that a handler has there. */
export const localServer: readonly Measurement[] = [
  {
    name: "local-server",
    what: "requests a second of the local server's HTTP layer, its handler in process and not in a worker thread, against bare node:http",
    goal: { atLeast: 0.4 },
    measure,
  },
];
