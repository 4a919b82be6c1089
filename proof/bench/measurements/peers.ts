import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Measurement, MeasurementRound } from "../../results/measurement.ts";
import { type BenchSystem, startBenchSystem } from "../bench-system.ts";
import { type BuiltFunction, loadBuiltHandler } from "../built-handler.ts";
import { bundleSize, fileSize } from "../bundle-size.ts";
import { costPerMillion, ourEvent, theirEvent } from "../cost.ts";
import { startCountingProxy } from "../counting-proxy.ts";
import { buildPeer } from "../peers/build-peer.ts";
import { startPeer } from "../peers/start-peer.ts";
import { quietly } from "../quietly.ts";
import { timeHandler } from "../requests.ts";
import { compareStarts, type Reference } from "../starts.ts";
import { roundCount } from "../timing.ts";

const load = { requests: 6, eventsPerRequest: 100, atOnce: 1 };

const inFolder = async <Result>(work: (folder: string) => Promise<Result>): Promise<Result> => {
  const folder = mkdtempSync(join(tmpdir(), "bench-peer-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const peer: Reference = (system, directory) =>
  startPeer(system, directory, system.definition("ingest").environment);

const withBoth = <Result>(
  work: (
    system: BenchSystem,
    both: { readonly ours: BuiltFunction; readonly theirs: BuiltFunction },
  ) => Promise<Result>,
): Promise<Result> =>
  inFolder(async (folder) => {
    const system = await startBenchSystem();
    try {
      const theirs = await peer(system, folder);
      return await quietly(() => work(system, { ours: system.definition("ingest"), theirs }));
    } finally {
      await system.stop();
    }
  });

const cpuOf = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

// Each goes first and last once.
const cpuRound = (): Promise<MeasurementRound> =>
  withBoth(async ({ bridgeKey }, both) => {
    const ours = await loadBuiltHandler(both.ours);
    const theirs = await loadBuiltHandler(both.theirs);
    const cpu = (handler: typeof ours) => cpuOf(() => timeHandler(handler, bridgeKey, load));
    await cpu(ours);
    await cpu(theirs);
    const first = await cpu(ours);
    const reference = (await cpu(theirs)) + (await cpu(theirs));
    return { figure: (first + (await cpu(ours))) / reference, reference };
  });

const measureCpu = async (): Promise<MeasurementRound[]> => {
  const rounds: MeasurementRound[] = [];
  for (let index = 0; index < roundCount; index += 1) rounds.push(await cpuRound());
  return rounds;
};

const callsOf = (whose: "ours" | "theirs"): Promise<number> =>
  withBoth(async (system, both) => {
    const proxy = await startCountingProxy(system.endpoints.dynamodb);
    const environment = { ...both[whose].environment, AWS_ENDPOINT_URL_DYNAMODB: proxy.url };
    const handler = await loadBuiltHandler({ ...both[whose], environment });
    try {
      await timeHandler(handler, system.bridgeKey, { ...load, requests: 1 });
      const before = proxy.total();
      await timeHandler(handler, system.bridgeKey, load);
      return proxy.total() - before;
    } finally {
      await proxy.stop();
    }
  });

const measureBundle = async (): Promise<MeasurementRound[]> => {
  const theirs = await inFolder(async (folder) => {
    await buildPeer(folder);
    return fileSize(join(folder, "index.mjs"));
  });
  return [{ figure: (await bundleSize("ingest")).minified / theirs.minified }];
};

const row = (name: string, what: string, measure: Measurement["measure"]): Measurement => ({
  name: `peer-${name}`,
  what: `${what}, ours against the common way`,
  goal: {},
  measure,
});

/** Ingest beside what one would write instead: middy, zod, lib-dynamodb, Powertools (proof/bench/peers/). */
export const peers: readonly Measurement[] = [
  row("init-ready", "process start to handler ready", () => compareStarts(peer, "ready")),
  row("init-first-call", "process start to the first answer", () =>
    compareStarts(peer, "answered"),
  ),
  row("bundle", "kilobytes minified", measureBundle),
  row("cpu", "CPU an event, 100 events a request", measureCpu),
  row("calls", "calls of DynamoDB an event, 100 events a request", async () => [
    { figure: (await callsOf("ours")) / (await callsOf("theirs")) },
  ]),
  row(
    "cost-refresh",
    "cost of a million events that change nothing (proof/bench/cost.ts)",
    async () => [
      { figure: costPerMillion(ourEvent.refresh, 100) / costPerMillion(theirEvent, 100) },
    ],
  ),
  row("cost-change", "cost of a million events that change a status, lists too", async () => [
    { figure: costPerMillion(ourEvent.change, 100) / costPerMillion(theirEvent, 100) },
  ]),
];
