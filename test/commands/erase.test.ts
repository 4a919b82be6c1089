import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eraseFromTable } from "../../commands/erase/erase-from-table.ts";
import { type Person, readPerson } from "../../commands/erase/person.ts";
import { personalTables } from "../../commands/erase/personal-tables.ts";
import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import { createRecordEvents } from "../../lambda/use-cases/record-events.ts";
import { findDynamoDbLocal } from "../../local/emulators/dynamodb-local.ts";
import { findDynoxide } from "../../local/emulators/dynoxide.ts";
import { createAlertingPorts, createAlertingTables } from "../support/alerting-ports.ts";
import { buildAlert } from "../support/build-alert.ts";
import { baseTime, registered, unregistered } from "../support/build-event.ts";
import { buildLoss } from "../support/build-loss.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";
import { type DynamoDbStoreEngine, startStoreEngine } from "../support/store-engine.ts";
import { createStorePorts, createTables } from "../support/store-ports.ts";

const engines = [
  ["dynoxide", findDynoxide()],
  ["DynamoDB Local", findDynamoDbLocal()],
] as const;
const agent = readPerson("4711", undefined);
const customer = readPerson(undefined, "acme");

const events: RegistrationEvent[] = [
  registered({ agentID: "4711", customerID: "acme" }),
  unregistered({
    time: baseTime + 1,
    customerID: "acme",
    extensions: { who: "4711", also: ["acme", "4711", { deep: "4711" }], not: "47110", n: 4711 },
    other: { CallerName: "acme", note: 'an "acme" shop' },
  }),
  registered({ thisDN: "7002", agentID: "47110", customerID: "acme gmbh" }),
  registered({ thisDN: "7003", agentID: "4711", application: "bridge-b" }),
];

for (const [name, engine] of engines) {
  describe.skipIf(engine.kind === "missing")(`erasing a person, on ${name}`, () => {
    let store: DynamoDbStoreEngine;
    let stores = 0;
    beforeAll(async () => {
      if (engine.kind !== "missing") store = await startStoreEngine(engine);
    });
    afterAll(() => store.stop());

    /** Tables in which the person is everywhere. */
    const fill = async () => {
      stores += 1;
      const prefix = `erase-${stores}`;
      const { client } = store;
      await createTables(client, prefix);
      await createAlertingTables(client, prefix);
      const ports = createStorePorts(client, prefix);
      const alerting = createAlertingPorts(client, prefix);
      const now = () => baseTime + 60_000_000;
      const record = createRecordEvents({ ...ports, now });
      for (const event of events) await record([event], "key");
      await alerting.writeLoss(buildLoss({ customerID: "acme" }));
      await alerting.writeLoss(buildLoss({ thisDN: "7002", customerID: "acme gmbh" }));
      await alerting.writeAlert(buildAlert({ customers: ["acme gmbh", "acme"] }));
      await alerting.writeAlert(buildAlert({ subject: "another", customers: ["acme gmbh"] }));
      const tables = {
        status: `${prefix}-status`,
        history: `${prefix}-history`,
        losses: `${prefix}-losses`,
        alerts: `${prefix}-alerts`,
      };
      const read = async (table: keyof typeof tables) => {
        const page = await client.send(new ScanCommand({ TableName: tables[table] }));
        return (page.Items ?? []).map((item) => unmarshall(item));
      };
      const erase = async (person: Person, isDry = false) => {
        const terminal = createRecordingTerminal();
        const found: [string, number, number][] = [];
        const context = { client, person, isDry, terminal, unitsPerSecond: 1e6, Limit: 2 };
        for (const table of personalTables({ tables }, person)) {
          const erased = await eraseFromTable(table, context);
          found.push([table.name, erased.read, erased.found]);
        }
        return found;
      };
      return { client, tables, ports, alerting, read, erase };
    };

    it("takes an agent out of statuses and history, and out of nothing else", async () => {
      const { ports, read, erase } = await fill();
      expect(await erase(agent)).toEqual([
        ["status", 3, 2],
        ["history", 4, 3],
      ]);
      const [status] = await ports.readStatuses([{ thisDN: "7001", server: "SIPTS750" }]);
      expect(status).toMatchObject({
        revision: 3,
        changed: false,
        changedAt: baseTime + 60_000_001,
      });
      expect(status?.applications["bridge-a"]?.registered).toMatchObject({ customerID: "acme" });
      const all = JSON.stringify([await read("status"), await read("history")]);
      expect(all).not.toContain('4711"');
      expect(all).toContain("47110");
      const rows = await ports.readHistory({
        thisDN: "7001",
        from: "0",
        to: "~",
        server: undefined,
        application: undefined,
        limit: 9,
      });
      expect(rows[0]?.extensions).toEqual({
        who: null,
        also: ["acme", null, { deep: null }],
        not: "47110",
        n: 4711,
      });
    });

    it("takes a customer out of all tables, and publishes nothing", async () => {
      const { alerting, read, erase } = await fill();
      expect(await erase(customer)).toEqual([
        ["status", 3, 1],
        ["history", 4, 2],
        ["losses", 2, 1],
        ["alerts", 2, 1],
      ]);
      const [losses, alerts] = [await read("losses"), await read("alerts")];
      const all = JSON.stringify([await read("status"), await read("history"), losses, alerts]);
      expect(all).not.toMatch(/(?<!\\)"acme\\?"/);
      expect(all).toContain("acme gmbh");
      expect(all).toContain("shop");
      const alert = await alerting.readAlert(buildAlert());
      expect(alert).toMatchObject({ revision: 2, customers: ["acme gmbh"] });
      expect(alert).not.toHaveProperty("notice");
    });

    it("finds nothing the second time", async () => {
      const { erase } = await fill();
      await erase(customer);
      expect((await erase(customer)).map(([, , found]) => found)).toEqual([0, 0, 0, 0]);
    });

    it("only counts when it runs dry", async () => {
      const { read, erase } = await fill();
      const before = await read("status");
      expect((await erase(agent, true)).map(([, , found]) => found)).toEqual([2, 3]);
      expect(await read("status")).toEqual(before);
    });

    it("reads again what others write in between, and loses nothing of theirs", async () => {
      const { client, ports, erase } = await fill();
      const later = registered({ time: baseTime + 9, referenceID: 90, agentID: "4711" });
      const record = createRecordEvents({ ...ports, now: () => baseTime + 70_000_000 });
      let isDone = false;
      client.middlewareStack.add(
        (next, { commandName }) =>
          async (args) => {
            const isOurs = /"TableName":"[^"]+-status".*"7001"/.test(JSON.stringify(args.input));
            const isFirst = commandName === "UpdateItemCommand" && isOurs && !isDone;
            isDone ||= isFirst;
            if (isFirst) await record([later], "key");
            return next(args);
          },
        { step: "initialize", name: "writeInBetween" },
      );
      await erase(agent);
      client.middlewareStack.remove("writeInBetween");
      const [status] = await ports.readStatuses([later]);
      expect(status?.applications["bridge-a"]?.registered).toMatchObject({ time: baseTime + 9 });
      expect(JSON.stringify(status)).not.toContain("4711");
    });
  });
}
