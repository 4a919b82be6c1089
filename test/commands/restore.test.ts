import { randomUUID } from "node:crypto";
import { GetItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyItem } from "../../commands/restore/copy-item.ts";
import { copyTable } from "../../commands/restore/copy-table.ts";
import { toAlertItemKey } from "../../lambda/adapters/alert-item.ts";
import {
  alertsTableKeys,
  historyTableKeys,
  statusTableKeys,
} from "../../lambda/adapters/table-keys.ts";
import { createRecordEvents } from "../../lambda/use-cases/record-events.ts";
import { findDynamoDbLocal } from "../../local/emulators/dynamodb-local.ts";
import { findDynoxide } from "../../local/emulators/dynoxide.ts";
import { createAlertingPorts, createAlertingTables } from "../support/alerting-ports.ts";
import { buildAlert } from "../support/build-alert.ts";
import { baseTime, registered, unregistered } from "../support/build-event.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";
import { type DynamoDbStoreEngine, startStoreEngine } from "../support/store-engine.ts";
import { createStorePorts, createTables } from "../support/store-ports.ts";

const engines = [
  ["dynoxide", findDynoxide()],
  ["DynamoDB Local", findDynamoDbLocal()],
] as const;

for (const [name, engine] of engines) {
  describe.skipIf(engine.kind === "missing")(`copying a restored table, on ${name}`, () => {
    let store: DynamoDbStoreEngine;
    beforeAll(async () => {
      if (engine.kind !== "missing") store = await startStoreEngine(engine);
    });
    afterAll(() => store.stop());

    const makeTables = async () => {
      const prefix = randomUUID();
      await createTables(store.client, prefix);
      await createAlertingTables(store.client, prefix);
      const ports = createStorePorts(store.client, prefix);
      const record = createRecordEvents({ ...ports, now: () => baseTime + 1_000_000 });
      return { prefix, ports, record, alerting: createAlertingPorts(store.client, prefix) };
    };
    const copy = (
      from: string,
      tableName: string,
      keys: typeof statusTableKeys | typeof alertsTableKeys | typeof historyTableKeys,
      isDry = false,
    ) =>
      copyTable(
        store.client,
        { TableName: from, unitsPerSecond: 1e6, Limit: 1 },
        { table: { tableName, keys }, isDry, terminal: createRecordingTerminal() },
      );
    const rowsOf = async (TableName: string) =>
      (await store.client.send(new ScanCommand({ TableName }))).Items?.length;

    it("puts the old statuses in their places, publishes nothing and never counts back", async () => {
      const old = await makeTables();
      const present = await makeTables();
      await old.record([registered(), registered({ thisDN: "7002" })], "key");
      for (const offset of [0, 1, 2])
        await present.record([unregistered({ time: baseTime + offset, errorCode: offset })], "key");
      await present.record([registered({ thisDN: "7003" })], "key");
      const tableName = `${present.prefix}-status`;
      expect(await copy(`${old.prefix}-status`, tableName, statusTableKeys)).toBe(2);
      const keys = ["7001", "7002", "7003"].map((thisDN) => ({ thisDN, server: "SIPTS750" }));
      const statuses = await present.ports.readStatuses(keys);
      expect(statuses.toSorted((a, b) => a.thisDN.localeCompare(b.thisDN))).toMatchObject([
        { revision: 4, changed: false, applications: { "bridge-a": { registered: {} } } },
        { revision: 2, changed: false },
        { revision: 1, changed: true },
      ]);
      expect(statuses.every(({ alertId }) => alertId === undefined)).toBe(true);
    });

    it("copies an alert without what it was to tell", async () => {
      const old = await makeTables();
      const present = await makeTables();
      await old.alerting.writeAlert(buildAlert());
      const tableName = `${present.prefix}-alerts`;
      await copy(`${old.prefix}-alerts`, tableName, alertsTableKeys);
      const Key = toAlertItemKey(buildAlert());
      const { Item } = await store.client.send(new GetItemCommand({ TableName: tableName, Key }));
      expect(unmarshall(Item ?? {})).toMatchObject({ revision: 2, dueKey: expect.anything() });
      expect(Item).not.toHaveProperty("notice");
    });

    it("copies rows that have no revision as they are, and nothing when it runs dry", async () => {
      const old = await makeTables();
      const present = await makeTables();
      await old.record([registered(), unregistered({ time: baseTime + 1 })], "key");
      const [from, to] = [`${old.prefix}-history`, `${present.prefix}-history`];
      expect(await copy(from, to, historyTableKeys, true)).toBe(2);
      expect(await rowsOf(to)).toBe(0);
      expect(await copy(from, to, historyTableKeys)).toBe(2);
      expect(await rowsOf(to)).toBe(2);
    });

    it("gives up where another writer never stops", async () => {
      const { prefix, record } = await makeTables();
      await record([registered()], "key");
      const tableName = `${prefix}-status`;
      const [item] =
        (await store.client.send(new ScanCommand({ TableName: tableName }))).Items ?? [];
      let offset = 0;
      store.client.middlewareStack.add(
        (next, { commandName }) =>
          async (args) => {
            const isOurs =
              commandName === "PutItemCommand" && JSON.stringify(args.input).includes(":present");
            offset += 1;
            if (isOurs) await record([registered({ time: baseTime + offset })], "key");
            return next(args);
          },
        { step: "initialize", name: "writeInBetween" },
      );
      const table = { tableName, keys: statusTableKeys };
      await expect(copyItem(store.client, table, item ?? {})).rejects.toThrow(
        "though all should be stopped",
      );
      store.client.middlewareStack.remove("writeInBetween");
    });
  });
}
