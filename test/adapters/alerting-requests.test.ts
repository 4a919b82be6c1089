import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { toAlertItem } from "../../lambda/adapters/alert-item.ts";
import { toWindowItem } from "../../lambda/adapters/window-item.ts";
import type { Alert } from "../../lambda/domain/alerting/alert.ts";
import { createAlertingPorts } from "../support/alerting-ports.ts";
import { awsError, startAwsServer } from "../support/aws-server.ts";
import { buildAlert } from "../support/build-alert.ts";
import { buildConnection } from "../support/build-connection.ts";
import { baseTime } from "../support/build-event.ts";
import { buildLoss } from "../support/build-loss.ts";

// Emulators are always consistent, and their indexes never lag: only here do the requests to DynamoDB show.
const startPorts = async (answer: Parameters<typeof startAwsServer>[0]) => {
  const { requests, config } = await startAwsServer(answer);
  const asked = (): unknown[] => requests.map(({ body }): unknown => JSON.parse(body));
  return { asked, requests, ...createAlertingPorts(new DynamoDBClient(config), "test") };
};
const startEmpty = () => startPorts(() => ({ body: {} }));

const window = {
  id: "window-1",
  start: baseTime,
  end: baseTime + 1,
  reason: "",
  author: "",
  createdAt: baseTime,
};
const memberPlace = {
  ThisDN: { S: "7001" },
  lossKey: { S: "SIPTS750#alert-1" },
  alertId: { S: "alert-1" },
  memberKey: { S: "lost#7001" },
};
/** What an index of alerts holds of an alert. */
const toEntry = (alert: Alert) => {
  const { subject, numberKey, openedKey } = toAlertItem(alert, 400);
  return { subject, numberKey, openedKey };
};

describe("what is asked of DynamoDB about alerting", () => {
  it("is a consistent read where decisions are based on it", async () => {
    const { asked, ...ports } = await startEmpty();
    await ports.readLosses([buildLoss()]);
    await ports.readLossesOfDn("7001", { server: "SIPTS750" });
    await ports.readAlert(buildAlert());
    await ports.readLatestAlert("a subject");
    await ports.readConnection(buildConnection());
    await ports.readConnectionsOfServer("SIPTS750");
    await ports.readWindows(baseTime);
    expect(asked()).toMatchObject([
      { RequestItems: { "test-losses": { ConsistentRead: true } } },
      { TableName: "test-losses", ConsistentRead: true },
      { TableName: "test-alerts", ConsistentRead: true },
      { TableName: "test-alerts", ConsistentRead: true, Limit: 1, ScanIndexForward: false },
      { TableName: "test-connections", ConsistentRead: true },
      { TableName: "test-connections", ConsistentRead: true },
      { TableName: "test-windows", ConsistentRead: true },
    ]);
  });

  it("is no more than a page of members, from the given position", async () => {
    const { asked, readMembers } = await startPorts(() => ({
      body: { Items: [memberPlace], LastEvaluatedKey: memberPlace },
    }));
    const range = { missing: false, limit: 1 };
    const { next } = await readMembers("alert-1", range);
    await readMembers("alert-1", { ...range, from: next });
    expect(asked()).toMatchObject([
      { IndexName: "byAlert", Limit: 1 },
      { IndexName: "byAlert", Limit: 1, ExclusiveStartKey: memberPlace },
    ]);
  });

  it("is each shard of held losses, and no more of them when there are enough", async () => {
    const { asked, readHeld } = await startPorts(() => ({ body: { Items: [memberPlace] } }));
    const { items, next } = await readHeld({ server: undefined, limit: 3 });
    expect(items).toHaveLength(3);
    await readHeld({ server: "SIPTS750", limit: 1, from: next });
    const shards = asked().map((body) => /"held#\d"/.exec(JSON.stringify(body))?.[0]);
    expect(shards).toEqual(['"held#0"', '"held#1"', '"held#2"', '"held#3"']);
  });

  it("is an alert by its id, found in the index and read from the table", async () => {
    const alert = buildAlert();
    const { requests, asked, readAlertById } = await startPorts(({ action }) => ({
      body: action === "Query" ? { Items: [toEntry(alert)] } : { Item: toAlertItem(alert, 400) },
    }));
    expect(await readAlertById(alert.alertId)).toEqual(alert);
    expect(requests.map(({ action }) => action)).toEqual(["Query", "GetItem"]);
    expect(asked()).toMatchObject([{ IndexName: "byId", Limit: 1 }, { ConsistentRead: true }]);
  });

  it("is no more due alerts than are wanted", async () => {
    const { asked, readDueAlerts } = await startPorts(() => ({
      body: { Items: [toEntry(buildAlert()), toEntry(buildAlert({ number: 2 }))] },
    }));
    expect(await readDueAlerts(baseTime, 1)).toHaveLength(1);
    expect(asked()).toMatchObject([{ IndexName: "byDue", Limit: 1 }]);
  });
});

describe("a list of alerts whose index lags", () => {
  const opened = (number: number, status: Alert["status"]) =>
    buildAlert({ number, openedAt: baseTime - number, status });
  const alerts = [opened(1, "open"), opened(2, "resolved"), opened(3, "open"), opened(4, "open")];

  /** Answers three positions, then one; of the alerts there, the last is gone. */
  const startLagging = () =>
    startPorts(({ action }, before) => {
      const part = before < 2 ? alerts.slice(0, 2) : alerts.slice(2, 3);
      const stored = part.toReversed().map((alert) => toAlertItem(alert, 400));
      return {
        body:
          action === "Query"
            ? { Items: part.map(toEntry) }
            : { Responses: { "test-alerts": stored } },
      };
    });

  it("leaves out one whose status has changed, and still has the requested length", async () => {
    const { asked, listAlerts } = await startLagging();
    const range = { status: "open", server: undefined, beyond: undefined, limit: 2 } as const;
    const list = await listAlerts(range);
    expect(list.map(({ alert }) => alert.number)).toEqual([1, 3]);
    expect(asked()).toMatchObject([
      { IndexName: "byStatus", Limit: 2 },
      {},
      { Limit: 1, ExpressionAttributeValues: { ":sort": toEntry(opened(2, "open")).openedKey } },
      {},
    ]);
  });

  it("ends where the index ends", async () => {
    const { listAlerts } = await startLagging();
    const range = { status: "open", server: "SIPTS750", beyond: undefined, limit: 3 } as const;
    expect(await listAlerts(range)).toHaveLength(1);
  });
});

describe("what DynamoDB answers about alerting", () => {
  it("is that another writer was first, which is not an error", async () => {
    const { asked, writeLoss, writeAlert, writeConnection } = await startPorts(() =>
      awsError("ConditionalCheckFailedException"),
    );
    expect(await writeLoss(buildLoss())).toBe("conflict");
    expect(await writeAlert(buildAlert({ revision: 8 }))).toBe("conflict");
    expect(await writeConnection(buildConnection())).toBe("conflict");
    expect(asked()).toMatchObject([
      { ConditionExpression: "attribute_not_exists(revision)" },
      { ExpressionAttributeValues: { ":previous": { N: "7" } } },
      { ConditionExpression: "attribute_not_exists(revision)" },
    ]);
  });

  it("is thrown by a write that it refuses or cannot do", async () => {
    const ports = await startPorts((_, before) =>
      awsError(before % 2 === 0 ? "ValidationException" : "InternalServerError"),
    );
    for (const write of [
      () => ports.writeLoss(buildLoss()),
      () => ports.writeAlert(buildAlert()),
      () => ports.writeConnection(buildConnection()),
      () => ports.putWindow(window),
    ]) {
      await expect(write).rejects.toThrow();
      await expect(write).rejects.toThrow();
    }
  });

  it("is nothing when it is empty", async () => {
    const ports = await startEmpty();
    expect(await ports.readLosses([buildLoss()])).toEqual([]);
    expect(await ports.readMembers("alert-1", { missing: true, limit: 5 })).toEqual({
      items: [],
      next: undefined,
    });
    expect(await ports.readAlert(buildAlert())).toBeUndefined();
    expect(await ports.readConnection(buildConnection())).toBeUndefined();
    expect(await ports.deleteWindow("window-1")).toBe(false);
  });

  it("is that a window to be removed was already gone, but not when something else is wrong", async () => {
    const startRemoval = (error: string) =>
      startPorts(({ action }) =>
        action === "Query" ? { body: { Items: [toWindowItem(window, 400)] } } : awsError(error),
      );
    const gone = await startRemoval("ConditionalCheckFailedException");
    expect(await gone.deleteWindow("window-1")).toBe(false);
    const refused = await startRemoval("ValidationException");
    await expect(refused.deleteWindow("window-1")).rejects.toThrow();
  });

  it("refuses a position that is not in this list", async () => {
    const ports = await startEmpty();
    const range = { missing: true, limit: 5 };
    await expect(ports.readMembers("alert-1", { ...range, from: "7001" })).rejects.toThrow();
    await expect(ports.readHeld({ server: undefined, limit: 5, from: "{}" })).rejects.toThrow();
  });
});
