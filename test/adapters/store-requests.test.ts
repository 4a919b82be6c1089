import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { toHistoryItem } from "../../lambda/adapters/history-item.ts";
import { awsError, startAwsServer } from "../support/aws-server.ts";
import { registered } from "../support/build-event.ts";
import { statusAfter } from "../support/status-after.ts";
import { createStorePorts } from "../support/store-ports.ts";
import { everything, historyRow } from "./contract/history-contract.ts";

// Emulators are always consistent and charge nothing: only here do the requests to DynamoDB show.
const startStore = async (answer: Parameters<typeof startAwsServer>[0]) => {
  const { requests, config } = await startAwsServer(answer);
  const asked = (): unknown[] => requests.map(({ body }): unknown => JSON.parse(body));
  return { asked, ...createStorePorts(new DynamoDBClient(config), "test") };
};
const position = {
  ThisDN: { S: "7001" },
  server: { S: "SIPTS750" },
  changedKey: { S: "2026-11-20T03:00:00.123000Z#7001#SIPTS750" },
  state: { S: "registered#2" },
};
const list = {
  state: "registered",
  shard: 2,
  server: undefined,
  newestFirst: true,
  beyond: undefined,
  limit: 5,
} as const;

describe("what is asked of DynamoDB", () => {
  it("is a consistent read of statuses and of history, because decisions are based on them", async () => {
    const { asked, readStatuses, readStatusesOfDn, readHistory } = await startStore(() => ({
      body: {},
    }));
    await readStatuses([{ thisDN: "7001", server: "SIPTS750" }]);
    await readStatusesOfDn("7001");
    await readHistory(everything);
    expect(asked()).toMatchObject([
      { RequestItems: { "test-status": { ConsistentRead: true } } },
      { TableName: "test-status", ConsistentRead: true },
      { TableName: "test-history", ConsistentRead: true, Limit: 1000 },
    ]);
  });

  it("is no more history rows than are wanted", async () => {
    const { asked, readHistory } = await startStore(() => ({ body: {} }));
    await readHistory({ ...everything, limit: 52 });
    expect(asked()).toMatchObject([{ Limit: 52 }]);
  });

  it("is the next page of a walk through the history only when the walk goes on", async () => {
    const LastEvaluatedKey = { ThisDN: { S: "7001" }, eventKey: { S: "k" } };
    const Items = [toHistoryItem(historyRow(2), 400), toHistoryItem(historyRow(1), 400)];
    const { asked, walkHistory } = await startStore(() => ({ body: { Items, LastEvaluatedKey } }));
    const walk = walkHistory({ ...everything, limit: 52 })[Symbol.asyncIterator]();
    await walk.next();
    await walk.next();
    expect(asked()).toMatchObject([{ Limit: 52, ConsistentRead: true }]);
    await walk.next();
    expect(asked()).toMatchObject([{}, { ExclusiveStartKey: LastEvaluatedKey }]);
  });

  it("is no more statuses of a DN than are wanted, without an empty text that DynamoDB refuses", async () => {
    const { asked, readStatusesOfDn } = await startStore(() => ({ body: {} }));
    await readStatusesOfDn("7001", { after: "", limit: 3 });
    await readStatusesOfDn("7001", { after: "SIPTS750", limit: 3 });
    expect(asked()).toMatchObject([
      { Limit: 3, KeyConditionExpression: "#partition = :partition" },
      { Limit: 3, KeyConditionExpression: "#partition = :partition AND #sort > :sort" },
    ]);
  });

  it("is history filtered by DynamoDB, in large pages, because the limit counts rows before the filter", async () => {
    const { asked, readHistory } = await startStore(() => ({ body: {} }));
    await readHistory({ ...everything, limit: 52, server: "SIPTS750", application: "bridge-a" });
    expect(asked()).toMatchObject([
      {
        Limit: 1000,
        FilterExpression: "#server = :server AND #application = :application",
        ExpressionAttributeNames: { "#server": "server", "#application": "application" },
      },
    ]);
  });

  it("is the index of one server or of all servers, and no more than the limit", async () => {
    const { asked, readList } = await startStore(() => ({ body: { Items: [position] } }));
    const entries = await readList(list);
    await readList({ ...list, server: "SIPTS750", newestFirst: false, beyond: "2026" });
    await readList({ ...list, beyond: "2026" });
    expect(entries).toEqual([
      { thisDN: "7001", server: "SIPTS750", changedKey: position.changedKey.S },
    ]);
    expect(asked()).toMatchObject([
      { IndexName: "byState", Limit: 5, ScanIndexForward: false },
      {
        IndexName: "byServerState",
        Limit: 5,
        ScanIndexForward: true,
        ExpressionAttributeValues: {
          ":partition": { S: "SIPTS750#registered#2" },
          ":sort": { S: "2026" },
        },
      },
      {
        IndexName: "byState",
        KeyConditionExpression: "#partition = :partition AND #sort < :sort",
      },
    ]);
  });

  it("is no further page when there are enough", async () => {
    const { asked, readList } = await startStore(() => ({
      body: { Items: [position, position], LastEvaluatedKey: position },
    }));
    expect(await readList({ ...list, limit: 3 })).toHaveLength(3);
    expect(asked()).toHaveLength(2);
  });

  it("is as many keys and rows a call as DynamoDB accepts", async () => {
    const { asked, readStatuses, writeHistory } = await startStore(() => ({ body: {} }));
    const numbers = Array.from({ length: 201 }, (_, index) => index);
    await readStatuses(numbers.map((index) => ({ thisDN: `${index}`, server: "SIPTS750" })));
    await writeHistory(numbers.slice(0, 51).map((index) => historyRow(index)));
    const sizes = asked().map((body) => JSON.stringify(body).split('"ThisDN"').length - 1);
    expect(sizes).toEqual([100, 100, 1, 25, 25, 1]);
  });

  it("is done when DynamoDB accepts it", async () => {
    const { writeStatus, addToHistory } = await startStore(() => ({ body: {} }));
    expect(await writeStatus(statusAfter(registered()))).toBe("written");
    expect(await addToHistory(historyRow(0))).toBe("added");
  });

  it("is a write on condition, and a condition that fails is an answer", async () => {
    const { asked, writeStatus, addToHistory } = await startStore(() =>
      awsError("ConditionalCheckFailedException"),
    );
    const status = statusAfter(registered());
    expect(await writeStatus(status)).toBe("conflict");
    expect(await writeStatus({ ...status, revision: 8 })).toBe("conflict");
    expect(await addToHistory(historyRow(0))).toBe("present");
    expect(asked()).toMatchObject([
      { ConditionExpression: "attribute_not_exists(revision)" },
      { ExpressionAttributeValues: { ":previous": { N: "7" } } },
      { ConditionExpression: "attribute_not_exists(ThisDN)" },
    ]);
  });
});
