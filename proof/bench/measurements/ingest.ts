import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildFunctions } from "../../../infra/build/build-functions.ts";
import { inParallel } from "../../../lambda/async/in-parallel.ts";
import type { Measurement, MeasurementRound } from "../../results/measurement.ts";
import { bareRequest } from "../bare-request.ts";
import { type BenchSystem, startBenchSystem } from "../bench-system.ts";
import { type BuiltHandler, loadBuiltHandler } from "../built-handler.ts";
import { quietly } from "../quietly.ts";
import { newNumbers, type RequestLoad, timeHandler } from "../requests.ts";
import { interleave, runRound, timeOf } from "../timing.ts";
import { turnOffStream } from "../turn-off-stream.ts";

const bundled = join(import.meta.dirname, "../bundled");

// Bundled as the functions are: the same client, with the same left out of it.
const loadBareLoop = async ({ definition }: BenchSystem): Promise<BuiltHandler> => {
  const folder = mkdtempSync(join(tmpdir(), "bench-bare-"));
  try {
    await buildFunctions(bundled, folder);
    const { environment } = definition("ingest");
    return await loadBuiltHandler({ directory: join(folder, "bare-loop"), environment });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const timeBare = (bareLoop: BuiltHandler, load: RequestLoad): Promise<number> => {
  const micros = Date.now() * 1000;
  const requests = Array.from({ length: load.requests }, () =>
    bareRequest(newNumbers(load.eventsPerRequest), micros),
  );
  return timeOf(() => inParallel(load.atOnce, requests, bareLoop));
};

const measure =
  (load: RequestLoad, warmUpRepeats: number) => async (): Promise<MeasurementRound[]> => {
    const system = await startBenchSystem();
    try {
      await turnOffStream(system);
      const bareLoop = await loadBareLoop(system);
      const handler = await loadBuiltHandler(system.definition("ingest"));
      const pair = {
        reference: () => timeBare(bareLoop, load),
        candidate: () => timeHandler(handler, system.bridgeKey, load),
      };
      return await quietly(async () => {
        // Until the compiler has seen all of the handler: an environment of Lambda lives for hours.
        await runRound(pair, warmUpRepeats);
        return interleave(pair, ({ reference, candidate }) => reference / candidate, 8);
      });
    } finally {
      await system.stop();
    }
  };

/** Ingest through its handler as built, compared with a bare loop of the same calls by the same client. */
export const ingest: readonly Measurement[] = [
  {
    name: "ingest-single",
    what: "ingest against a bare loop of the same calls: 1 event a request, 16 at once",
    goal: { atLeast: 0.9 },
    measure: measure({ requests: 160, eventsPerRequest: 1, atOnce: 16 }, 12),
  },
  {
    name: "ingest-batch",
    what: "the same: 100 events a request",
    goal: { atLeast: 0.95 },
    measure: measure({ requests: 3, eventsPerRequest: 100, atOnce: 1 }, 6),
  },
];
