import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { toHistoryItem } from "../../lambda/adapters/history-item.ts";
import { toStatusItem } from "../../lambda/adapters/status-item.ts";
import { type AwsRequest, awsError, startAwsServer } from "../support/aws-server.ts";
import { registered } from "../support/build-event.ts";
import { statusAfter } from "../support/status-after.ts";
import { createStorePorts } from "../support/store-ports.ts";
import { everything, historyRow } from "./contract/history-contract.ts";

const dns = ["7001", "7002", "7003"];
const statuses = dns.map((thisDN) => statusAfter(registered({ thisDN })));
const keys = statuses.map(({ thisDN, server }) => ({ thisDN, server }));
const rows = [0, 1, 2].map((index) => historyRow(index));

const startStore = async (answer: Parameters<typeof startAwsServer>[0]) => {
  const { requests, config } = await startAwsServer(answer);
  return { requests, ...createStorePorts(new DynamoDBClient(config), "test") };
};

const jsonOf = <Entries extends v.ObjectEntries>({ body }: AwsRequest, entries: Entries) =>
  v.parse(v.pipe(v.string(), v.parseJson(), v.object(entries)), body);
const askedKeys = (request: AwsRequest) => {
  const table = v.object({ Keys: v.array(v.unknown()), ConsistentRead: v.literal(true) });
  return jsonOf(request, { RequestItems: v.object({ "test-status": table }) }).RequestItems[
    "test-status"
  ].Keys;
};
const askedPuts = (request: AwsRequest) =>
  jsonOf(request, { RequestItems: v.object({ "test-history": v.array(v.unknown()) }) })
    .RequestItems["test-history"];

describe("what DynamoDB throttles", () => {
  // Pauses are random; these have no length.
  beforeEach(() => {
    vi.spyOn(Math, "random").mockReturnValue(0);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("of a read is asked for again until everything is there", async () => {
    const { requests, readStatuses } = await startStore((request, before) => {
      // One more key is processed each time.
      const left = askedKeys(request).slice(1);
      const status = statuses[before];
      return {
        body: {
          Responses: { "test-status": status === undefined ? [] : [toStatusItem(status)] },
          UnprocessedKeys: left.length === 0 ? {} : { "test-status": { Keys: left } },
        },
      };
    });
    expect(await readStatuses(keys)).toEqual(statuses);
    expect(requests.map((request) => askedKeys(request).length)).toEqual([3, 2, 1]);
  });

  it("of a write is sent again until everything is stored, and nothing twice", async () => {
    const { requests, writeHistory } = await startStore((request) => {
      const left = askedPuts(request).slice(1);
      return { body: { UnprocessedItems: left.length === 0 ? {} : { "test-history": left } } };
    });
    expect(await writeHistory(rows)).toEqual(new Set());
    const puts = rows.map((row) => ({ PutRequest: { Item: toHistoryItem(row, 400) } }));
    expect(requests.map(askedPuts)).toEqual([puts, puts.slice(1), puts.slice(2)]);
  });

  it("again and again makes the read and the write fail in the end", async () => {
    const { requests, readStatuses, writeHistory } = await startStore((request) => ({
      body:
        request.action === "BatchGetItem"
          ? { UnprocessedKeys: { "test-status": { Keys: askedKeys(request) } } }
          : { UnprocessedItems: { "test-history": askedPuts(request) } },
    }));
    await expect(readStatuses(keys)).rejects.toThrow("throttled 8 times");
    await expect(writeHistory(rows)).rejects.toThrow("throttled 8 times");
    expect(requests).toHaveLength(16);
  });
});

describe("what DynamoDB answers with an error", () => {
  it.each([
    "ProvisionedThroughputExceededException",
    "InternalServerError",
    "AccessDeniedException",
  ])("%s is thrown by every port, and never taken for an answer", async (type) => {
    const store = await startStore(() =>
      awsError(type, type === "InternalServerError" ? 500 : 400),
    );
    const [status = statusAfter(registered())] = statuses;
    const range = { server: undefined, newestFirst: true, beyond: undefined, limit: 5 };
    const calls = [
      store.readStatuses(keys),
      store.readStatusesOfDn("7001"),
      store.writeStatus(status),
      store.readList({ ...range, state: "registered", shard: 0 }),
      store.writeHistory(rows),
      store.addToHistory(historyRow(0)),
      store.readHistory(everything),
    ];
    for (const call of calls) await expect(call).rejects.toThrow();
  });

  it("ValidationException refuses an item that is written, for good", async () => {
    const { requests, ...store } = await startStore(() => awsError("ValidationException"));
    expect(await store.writeStatus(statusAfter(registered()))).toBe("refused");
    expect(await store.addToHistory(historyRow(0))).toBe("refused");
    expect(await store.writeHistory(rows)).toEqual(new Set(["row-0", "row-1", "row-2"]));
    expect(requests.map(({ action }) => action)).toEqual([
      "PutItem",
      "PutItem",
      "BatchWriteItem",
      ...rows.map(() => "PutItem"),
    ]);
  });

  it("ValidationException is thrown by reads", async () => {
    const store = await startStore(() => awsError("ValidationException"));
    await expect(store.readStatuses(keys)).rejects.toThrow();
    await expect(store.readHistory(everything)).rejects.toThrow();
  });
});

describe("what DynamoDB answers in pages", () => {
  it("is read to its end, although a page may be empty", async () => {
    const lastKey = { ThisDN: { S: "7001" }, eventKey: { S: "x" } };
    const { requests, readHistory } = await startStore((_, before) => ({
      body: before === 2 ? { Items: [] } : { LastEvaluatedKey: lastKey },
    }));
    expect(await readHistory(everything)).toEqual([]);
    expect(requests).toHaveLength(3);
    const starts = requests.map(
      (request) =>
        jsonOf(request, { ExclusiveStartKey: v.optional(v.unknown()) }).ExclusiveStartKey,
    );
    expect(starts).toEqual([undefined, lastKey, lastKey]);
  });

  it("is empty where DynamoDB answers an empty list or none at all", async () => {
    const store = await startStore(() => ({ body: {} }));
    expect(await store.readStatuses(keys)).toEqual([]);
    expect(await store.readStatusesOfDn("7001")).toEqual([]);
    expect(await store.writeHistory(rows)).toEqual(new Set());
  });
});
