import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readEvent } from "../../lambda/domain/event/read-event.ts";
import { bridgeKey, rawRegistered } from "../support/build-event.ts";
import { createIngestHarness, defaultRules } from "../support/ingest-harness.ts";
import { reading } from "../support/read-raw-event.ts";
import { blocksOf, quotedIn, tableOf } from "./markdown.ts";

const page = readFileSync("docs/bridge-authors.md", "utf8");
const bodyWith = (text: string): string => {
  const [body, ...more] = blocksOf(page).filter(
    (block) => block.info === "json" && block.text.includes(text),
  );
  if (body === undefined || more.length > 0) throw new Error(`not one body with ${text}`);
  return body.text;
};
const register = (thisDN: string) =>
  rawRegistered({ ThisDN: thisDN, time: { sec: 1_794_990_000, usec: 1 } });
const setUp = () => {
  const { post, store } = createIngestHarness();
  const connection = () => [...store.connections.values()][0];
  const markOf = (thisDN: string) =>
    [...store.statuses.values()].find((one) => one.thisDN === thisDN)?.applications[
      bridgeKey().name
    ];
  return { post, store, connection, markOf };
};

describe("the page's story of a reconnect", () => {
  const startedAt = Date.parse("2026-11-18T08:43:09.450Z") * 1000;

  it("renews one DN, loses the refused one, and makes what was before stale", async () => {
    const { post, connection, markOf } = setUp();
    await post([register("7042"), register("7043"), register("7044")]);
    await post(bodyWith("session-51d2"));
    expect(connection()).toMatchObject({
      session: { id: "session-51d2", startedAt },
      stale: { since: startedAt, cause: "reconnect" },
      registered: { count: 1179 },
      watched: true,
    });
    expect(markOf("7042")).toMatchObject({ registered: { session: startedAt } });
    expect(markOf("7043")).toMatchObject({ lost: { derived: "refused", errorCode: 59 } });
    expect(markOf("7044")).not.toHaveProperty("lost.id");
  });

  it("may come without a session, and is over when the connection is there again", async () => {
    const { post, connection, store } = setUp();
    await post(bodyWith("EventServerDisconnected"));
    expect(connection()).toMatchObject({
      serverDown: { at: Date.parse("2026-11-18T08:43:02.117Z") * 1000 },
      serverUp: { at: startedAt },
      stale: { since: startedAt },
      sweeps: [{ purpose: { kind: "empty" } }],
    });
    expect(store.history.size).toBe(0);
  });
});

describe("the page's heartbeat", () => {
  const heartbeat = bodyWith('"events":[]}');

  it("is watched from then on, and closes the connection when it says so", async () => {
    const { post, connection } = setUp();
    await post(heartbeat);
    expect(connection()).toMatchObject({ watched: true, closedAt: undefined });
    await post(heartbeat.replace('"events"', '"closing":true,"events"'));
    expect(connection()?.closedAt).toBeDefined();
  });
});

describe("the page's table of what to send", () => {
  const rows = tableOf(page, "what");

  it("names no event that would be ignored", () => {
    const names = rows.flatMap(([what]) => quotedIn(what)).filter((name) => /^Event/.test(name));
    expect(names).toHaveLength(8);
    const kinds = names.map((Event) => readEvent({ ...register("7042"), Event }, "", reading).kind);
    expect(new Set(kinds)).toEqual(new Set(["event", "refusal", "connection"]));
  });

  it("has the waiting times of the rules", () => {
    const { renewSeconds, silenceSeconds, mismatchSeconds, holdDownSeconds } = defaultRules;
    const said = rows.map(([, , , result]) => result).join();
    expect(said).toContain(`lost unless renewed within ${renewSeconds / 60} minutes`);
    expect(said).toContain(`an alert after ${silenceSeconds / 60} minutes of silence`);
    expect(said).toContain(`another number for ${mismatchSeconds / 60} minutes`);
    expect(page.replaceAll(/\s+/g, " ")).toContain(`a hold-down of ${holdDownSeconds} seconds`);
  });
});
