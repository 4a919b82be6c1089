import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as v from "valibot";
import { type MeasurementRound, median } from "../results/measurement.ts";
import { type BenchSystem, startBenchSystem } from "./bench-system.ts";
import type { BuiltFunction } from "./built-handler.ts";
import { makeRequests } from "./requests.ts";
import { roundCount } from "./timing.ts";

const starter = join(import.meta.dirname, "start-function.mjs");
const startsPerRound = 9;
const run = promisify(execFile);
const TimesSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ ready: v.number(), answered: v.number() }),
);

/** Milliseconds since the process began. */
export type StartTimes = v.InferOutput<typeof TimesSchema>;

const startOnce = async (built: BuiltFunction, event: object): Promise<StartTimes> => {
  const file = join(built.directory, "index.mjs");
  const { stdout } = await run(process.execPath, [starter, file, JSON.stringify(event)], {
    env: { ...process.env, ...built.environment },
  });
  return v.parse(TimesSchema, stdout);
};

/** A function that does nothing, in a directory of its own. */
export const emptyFunction = (directory: string, environment: BuiltFunction["environment"]) => {
  writeFileSync(join(directory, "index.mjs"), "export const handler = async () => ({});\n");
  return { directory, environment };
};

/** What is started in turns: ingest, and what it is compared with. */
export type Reference = (system: BenchSystem, directory: string) => Promise<BuiltFunction>;

const measureRound = async (
  functions: { readonly reference: BuiltFunction; readonly candidate: BuiltFunction },
  bridgeKey: string,
  part: keyof StartTimes,
): Promise<MeasurementRound> => {
  const times: Record<keyof typeof functions, number[]> = { reference: [], candidate: [] };
  for (let index = 0; index < startsPerRound; index += 1) {
    for (const side of ["reference", "candidate"] as const) {
      const [event = {}] = makeRequests({ requests: 1, eventsPerRequest: 1, atOnce: 1 }, bridgeKey);
      times[side].push((await startOnce(functions[side], event))[part]);
    }
  }
  const reference = median(times.reference);
  return { figure: median(times.candidate) / reference, reference };
};

/** Cold starts of ingest against those of another function, a process each, in turns, on one system; one round is the warm-up. */
export const compareStarts = async (
  makeReference: Reference,
  part: keyof StartTimes,
): Promise<MeasurementRound[]> => {
  const directory = mkdtempSync(join(tmpdir(), "bench-start-"));
  const system = await startBenchSystem();
  try {
    const candidate = system.definition("ingest");
    const functions = { reference: await makeReference(system, directory), candidate };
    const rounds: MeasurementRound[] = [];
    for (let round = 0; round <= roundCount; round += 1) {
      rounds.push(await measureRound(functions, system.bridgeKey, part));
    }
    return rounds.slice(1);
  } finally {
    await system.stop();
    rmSync(directory, { recursive: true, force: true });
  }
};
