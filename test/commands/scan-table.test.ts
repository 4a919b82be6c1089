import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { readSpeed } from "../../commands/tables/scan-speed.ts";
import { scanTable } from "../../commands/tables/scan-table.ts";
import { type AwsAnswer, awsError, startAwsServer } from "../support/aws-server.ts";

const RequestSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    Segment: v.number(),
    TotalSegments: v.number(),
    ConsistentRead: v.boolean(),
    ExclusiveStartKey: v.optional(v.unknown()),
  }),
);
const key = { id: { S: "1" } };

const start = async (answer: (request: v.InferOutput<typeof RequestSchema>) => AwsAnswer) => {
  const server = await startAwsServer(({ body }) => answer(v.parse(RequestSchema, body)));
  return { ...server, client: new DynamoDBClient(server.config) };
};

describe("scanning a table", () => {
  it("reads all segments to their ends, and counts what was filtered out", async () => {
    const { client, requests } = await start(({ Segment, ExclusiveStartKey }) => {
      const isMore = Segment === 2 && ExclusiveStartKey === undefined;
      const page = { Items: [{ n: { N: String(Segment) } }], ScannedCount: 10 };
      return { body: { ...page, ...(isMore && { LastEvaluatedKey: key }) } };
    });
    let found = 0;
    let looked = 0;
    await scanTable(client, { TableName: "t", unitsPerSecond: 1000 }, async (items, read) => {
      found += items.length;
      looked += read;
    });
    expect([found, looked]).toEqual([5, 50]);
    const asked = requests.map(({ body }) => v.parse(RequestSchema, body));
    expect(asked.map(({ Segment }) => Segment).toSorted()).toEqual([0, 1, 2, 2, 3]);
    expect(asked.every((one) => one.ConsistentRead && one.TotalSegments === 4)).toBe(true);
  });

  it("pauses as long as its share of the speed asks for", async () => {
    const { client } = await start(({ Segment, ExclusiveStartKey }) => ({
      body: {
        Items: [],
        ScannedCount: 0,
        ConsumedCapacity: { TableName: "t", CapacityUnits: 50 },
        ...(Segment === 0 && ExclusiveStartKey === undefined && { LastEvaluatedKey: key }),
      },
    }));
    const before = performance.now();
    await scanTable(client, { TableName: "t", unitsPerSecond: 1000 }, async () => undefined);
    // 50 units at a quarter of 1,000 a second.
    expect(performance.now() - before).toBeGreaterThan(190);
  });

  it("says which table is not there, and nothing of other errors", async () => {
    const take = async () => undefined;
    const missing = await start(() => awsError("ResourceNotFoundException"));
    const scan = { TableName: "gone", unitsPerSecond: 1000 };
    await expect(scanTable(missing.client, scan, take)).rejects.toThrow("there is no table gone");
    const denied = await start(() => awsError("AccessDeniedException"));
    await expect(scanTable(denied.client, scan, take)).rejects.toThrow("The message of AWS");
  });

  it.each(["0", "-1", "1.5", "fast", ""])("does not take %j for a speed", (speed) => {
    expect(() => readSpeed(speed)).toThrow("--speed");
  });

  it("takes a speed, and has one", () => {
    expect([readSpeed("25"), readSpeed(undefined)]).toEqual([25, 1000]);
  });
});
