import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { chunks } from "../../../lambda/async/chunks.ts";
import { inParallel } from "../../../lambda/async/in-parallel.ts";
import { dynamoDbStreamSource } from "../../../local/event-sources/streams/dynamodb-stream-source.ts";
import type { StreamRecord } from "../../../local/event-sources/streams/stream-source.ts";
import type { Measurement } from "../../results/measurement.ts";
import { type BenchSystem, startBenchSystem } from "../bench-system.ts";
import { loadBuiltHandler } from "../built-handler.ts";
import { type CountingProxy, startCountingProxy } from "../counting-proxy.ts";
import { quietly } from "../quietly.ts";
import { timeHandler } from "../requests.ts";

const eventsPerRequest = 100;
const requests = 10;
const events = eventsPerRequest * requests;

const withProxy = async (
  target: (system: BenchSystem) => string,
  work: (system: BenchSystem, proxy: CountingProxy) => Promise<number>,
): Promise<number> => {
  const system = await startBenchSystem();
  const proxy = await startCountingProxy(target(system));
  try {
    return await quietly(() => work(system, proxy));
  } finally {
    await proxy.stop();
    await system.stop();
  }
};

const callsOfIngest = (operation: string): Promise<number> =>
  withProxy(
    ({ endpoints }) => endpoints.dynamodb,
    async (system, proxy) => {
      const handler = await loadBuiltHandler(system.definition("ingest", { dynamodb: proxy.url }));
      // The first request of an environment also finds out about the bridge's connection.
      await timeHandler(handler, system.bridgeKey, { requests: 1, eventsPerRequest, atOnce: 1 });
      const before = proxy.count(operation);
      await timeHandler(handler, system.bridgeKey, { requests, eventsPerRequest, atOnce: 1 });
      return (proxy.count(operation) - before) / events;
    },
  );

const readStream = async ({ clients, statusTable }: BenchSystem): Promise<StreamRecord[]> => {
  const described = await clients.dynamodb.send(
    new DescribeTableCommand({ TableName: statusTable }),
  );
  const arn = described.Table?.LatestStreamArn ?? "";
  const source = dynamoDbStreamSource(clients, arn, "us-east-1");
  const records: StreamRecord[] = [];
  for (const { id } of await source.listShards()) {
    let iterator: string | undefined = await source.openShard(id, { kind: "oldest" });
    for (let reads = 0; iterator !== undefined && reads < 50; reads += 1) {
      const page = await source.read(iterator);
      records.push(...page.records);
      iterator = page.records.length === 0 ? undefined : page.next;
    }
  }
  return records;
};

const callsOfFanout = (): Promise<number> =>
  withProxy(
    ({ endpoints }) => endpoints.sns,
    async (system, proxy) => {
      const ingest = await loadBuiltHandler(system.definition("ingest"));
      await timeHandler(ingest, system.bridgeKey, { requests, eventsPerRequest, atOnce: 1 });
      const records = await readStream(system);
      const fanout = await loadBuiltHandler(system.definition("fanout", { sns: proxy.url }));
      await inParallel(1, chunks(records, 100), (Records) => fanout({ Records }));
      return proxy.count("PublishBatch") / records.length;
    },
  );

const call = (operation: string, atMost: number): Measurement => ({
  name: `calls-${operation.toLowerCase()}`,
  what: `${operation} calls an event, 100 events a request`,
  goal: { atMost },
  measure: async () => [{ figure: await callsOfIngest(operation) }],
});

/** Calls of AWS an event, counted by a proxy before the emulator. */
export const calls: readonly Measurement[] = [
  call("BatchGetItem", 1 / 100),
  call("PutItem", 1),
  call("BatchWriteItem", 1 / 25),
  {
    name: "calls-publishbatch",
    what: "SNS requests a published change",
    goal: { atMost: 0.11 },
    measure: async () => [{ figure: await callsOfFanout() }],
  },
];
