import { randomUUID } from "node:crypto";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ChangesWanted, findChanges } from "../../commands/republish/find-changes.ts";
import { publishAgain, publishNothing } from "../../commands/republish/publish-again.ts";
import { createPublish } from "../../lambda/adapters/publish.ts";
import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import { toChangeMessage } from "../../lambda/domain/message/change-message.ts";
import type { RegistrationStatus } from "../../lambda/domain/status/registration-status.ts";
import type { Publish } from "../../lambda/ports/publishing.ts";
import { createRebuildChangeMessage } from "../../lambda/use-cases/fanout/rebuild-change-message.ts";
import { createRecordEvents } from "../../lambda/use-cases/record-events.ts";
import { findDynamoDbLocal } from "../../local/emulators/dynamodb-local.ts";
import { findDynoxide } from "../../local/emulators/dynoxide.ts";
import { baseTime, registered, retired, unregistered } from "../support/build-event.ts";
import { type Messaging, startMessaging } from "../support/emulated-messaging.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";
import { type DynamoDbStoreEngine, startStoreEngine } from "../support/store-engine.ts";
import { createStorePorts, createTables } from "../support/store-ports.ts";
import { drainQueue, subscribeQueue } from "../support/subscribed-queue.ts";

const engines = [
  ["dynoxide", findDynoxide()],
  ["DynamoDB Local", findDynamoDbLocal()],
] as const;
const NotificationSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ Message: v.pipe(v.string(), v.parseJson(), v.looseObject({ id: v.string() })) }),
);

/** What happens, a write a second by our clock. */
const events: RegistrationEvent[] = [
  registered(),
  registered({ thisDN: "7002" }),
  registered({ thisDN: "7003" }),
  registered({ thisDN: "7001", server: "AVAYATS1" }),
  unregistered({ time: baseTime + 5_000_000 }),
  retired({ thisDN: "7003", time: baseTime + 6_000_000 }),
  registered({ thisDN: "7002", time: baseTime + 7_000_000 }),
];
const second = (index: number): number => baseTime + index * 1_000_000;

for (const [name, engine] of engines) {
  describe.skipIf(engine.kind === "missing")(`publishing again, on ${name}`, () => {
    let store: DynamoDbStoreEngine;
    let messaging: Messaging;
    beforeAll(async () => {
      messaging = await startMessaging();
      if (engine.kind !== "missing") store = await startStoreEngine(engine);
    });
    afterAll(() => Promise.all([store.stop(), messaging.stop()]));

    /** Tables after these events, the messages of the first time, and a topic with a subscriber. */
    const begin = async () => {
      const { client } = store;
      const prefix = randomUUID();
      await createTables(client, prefix);
      const ports = createStorePorts(client, prefix);
      const told: string[] = [];
      const writeStatus = async (status: RegistrationStatus) => {
        if (status.changed) told.push(toChangeMessage(undefined, status).event.id);
        return ports.writeStatus(status);
      };
      for (const [index, event] of events.entries())
        await createRecordEvents({ ...ports, writeStatus, now: () => second(index) })(
          [event],
          "key",
        );
      const changes = await messaging.makeTopic(randomUUID());
      const queue = await subscribeQueue(messaging, changes);
      const topics = { changes };
      const terminal = createRecordingTerminal();
      const run = async (wanted: ChangesWanted, publish?: Publish) => {
        const scan = { TableName: `${prefix}-status`, unitsPerSecond: 1e6, Limit: 1 };
        return publishAgain(await findChanges(client, scan, wanted), {
          rebuildMessage: createRebuildChangeMessage(ports.walkHistory),
          publish: publish ?? createPublish(messaging.sns, topics),
          terminal,
        });
      };
      const heard = async () =>
        (await drainQueue(messaging.sqs, queue)).map(
          (body) => v.parse(NotificationSchema, body).Message,
        );
      return { told, run, heard, terminal };
    };

    it("tells the newest change of each registration of the server, with its id", async () => {
      const { told, run, heard } = await begin();
      const wanted = { server: "SIPTS750", from: second(0), to: second(9) };
      expect(await run(wanted)).toEqual({ changes: 3, missing: 0 });
      const messages = (await heard()).toSorted((a, b) => a.id.localeCompare(b.id));
      expect(messages).toMatchObject([
        {
          id: told[4],
          type: "registration.unregistered",
          data: { thisDN: "7001", previousStatus: "registered", verdict: "unexpected" },
        },
        // It was refreshed since.
        { id: told[1], type: "registration.registered", sequence: "000000000002" },
        { id: told[5], type: "registration.retired", data: { previousStatus: "registered" } },
      ]);
      expect(messages[1]?.["data"]).not.toHaveProperty("previousStatus");
    });

    it("keeps to the time, both ends included", async () => {
      const { told, run, heard } = await begin();
      expect(await run({ server: "SIPTS750", from: second(4), to: second(4) })).toEqual({
        changes: 1,
        missing: 0,
      });
      expect((await heard()).map(({ id }) => id)).toEqual([told[4]]);
      const between = { server: "SIPTS750", from: second(4) + 1, to: second(5) - 1 };
      expect(await run(between)).toEqual({ changes: 0, missing: 0 });
    });

    it("only counts when it runs dry", async () => {
      const { run, heard } = await begin();
      const wanted = { server: "AVAYATS1", from: 0, to: second(9) };
      expect(await run(wanted, publishNothing)).toEqual({ changes: 1, missing: 0 });
      expect(await heard()).toEqual([]);
    });

    it("says which changes the topic did not take", async () => {
      const { told, run, terminal } = await begin();
      const refuse: Publish = async (_, messages) =>
        messages.map((_message, index) =>
          index === 0
            ? { kind: "failed", detail: "SNS answered Throttled" }
            : { kind: "published" },
        );
      const wanted = { server: "SIPTS750", from: second(0), to: second(9) };
      expect(await run(wanted, refuse)).toEqual({ changes: 3, missing: 1 });
      expect(terminal.noted).toEqual([`${told[1]}: SNS answered Throttled`]);
    });
  });
}
