import { BatchWriteItemCommand } from "@aws-sdk/client-dynamodb";
import { chunks } from "../../../lambda/async/chunks.ts";
import { inParallel } from "../../../lambda/async/in-parallel.ts";
import type { Measurement, MeasurementRound } from "../../results/measurement.ts";
import { bareRequest } from "../bare-request.ts";
import { type BenchSystem, startBenchSystem } from "../bench-system.ts";
import { loadBuiltHandler } from "../built-handler.ts";
import { quietly } from "../quietly.ts";
import { newNumbers, timeHandler } from "../requests.ts";
import { roundCount } from "../timing.ts";
import { turnOffStream } from "../turn-off-stream.ts";

const warmUp = { requests: 5, eventsPerRequest: 100, atOnce: 1 };
const events = 2_000;

// Each on a fresh emulator: what the first left would slow the second.
const withSystem = async (work: (system: BenchSystem) => Promise<number>): Promise<number> => {
  const system = await startBenchSystem();
  try {
    return await quietly(() => work(system));
  } finally {
    await system.stop();
  }
};

const timeBatches = (eventsPerRequest: number) => (): Promise<number> =>
  withSystem(async (system) => {
    await turnOffStream(system);
    const handler = await loadBuiltHandler(system.definition("ingest"));
    await timeHandler(handler, system.bridgeKey, warmUp);
    const requests = events / eventsPerRequest;
    return timeHandler(handler, system.bridgeKey, { requests, eventsPerRequest, atOnce: 1 });
  });

const fill = async (system: BenchSystem, items: number): Promise<void> => {
  const { dynamodb } = system.clients;
  const TableName = system.statusTable;
  await turnOffStream(system);
  const { statuses } = bareRequest(newNumbers(items), Date.now() * 1000);
  await inParallel(8, chunks(statuses, 25), (some) =>
    dynamodb.send(
      new BatchWriteItemCommand({
        RequestItems: { [TableName]: some.map((Item) => ({ PutRequest: { Item } })) },
      }),
    ),
  );
};

const timeFilled = (items: number) => (): Promise<number> =>
  withSystem(async (system) => {
    await fill(system, items);
    const handler = await loadBuiltHandler(system.definition("ingest"));
    await timeHandler(handler, system.bridgeKey, warmUp);
    return timeHandler(handler, system.bridgeKey, { ...warmUp, requests: events / 100 });
  });

const compare = async (
  reference: () => Promise<number>,
  candidate: () => Promise<number>,
): Promise<MeasurementRound[]> => {
  const rounds: MeasurementRound[] = [];
  for (let index = 0; index < roundCount; index += 1) {
    const before = index % 2 === 0 ? await reference() : undefined;
    const candidateTime = await candidate();
    const referenceTime = before ?? (await reference());
    rounds.push({ figure: referenceTime / candidateTime, reference: referenceTime });
  }
  return rounds;
};

/** Whether throughput stays what it is with larger requests and larger tables. */
export const scale: readonly Measurement[] = [
  {
    name: "scale-batch",
    what: "events a second at 500 a request against 100 a request",
    goal: { atLeast: 0.9, atMost: 1.15 },
    measure: () => compare(timeBatches(100), timeBatches(500)),
  },
  {
    name: "scale-table",
    what: "events a second with 50,000 items in the table against 1,000",
    goal: { atLeast: 0.9 },
    measure: () => compare(timeFilled(1_000), timeFilled(50_000)),
  },
];
