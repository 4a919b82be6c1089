import { describe, expect, it } from "vitest";
import type { Connection } from "../../lambda/domain/connection/connection.ts";
import { formatTime } from "../../lambda/domain/time.ts";
import { testNow, testNowSeconds } from "../support/api-event.ts";
import { bridgeKey } from "../support/build-event.ts";
import { createIngestHarness } from "../support/ingest-harness.ts";

const minute = 60_000_000;
const real = bridgeKey({ id: "real" });
const stolen = bridgeKey({ id: "stolen", key: `whsec_${"B".repeat(43)}=` });

const setUp = () => {
  const state = { keys: [real, stolen], now: testNow };
  const harness = createIngestHarness({
    readBridgeKeys: async () => state.keys,
    now: () => state.now,
  });
  const say = (key: string, members: object) => {
    const timestamp = testNowSeconds + Math.floor((state.now - testNow) / 1_000_000);
    return harness.post({ serverName: "SIPTS750", events: [], ...members }, { key, timestamp });
  };
  const connection = (): Connection | undefined => [...harness.store.connections.values()][0];
  return { state, say, connection };
};
const session = (id: string, startedAt: number) => ({
  session: { id, startedAt: formatTime(startedAt) },
});

describe("a bridge whose key was stolen and revoked", () => {
  it("is heard again with its own session, though a later one was forged and its stop said", async () => {
    const { state, say, connection } = setUp();
    const own = session("own", testNow - 10 * minute);
    await say(real.key, { ...own, registered: 5 });
    await say(stolen.key, { ...session("forged", testNow + 4 * minute), closing: true });
    expect(connection()).toMatchObject({ closedBy: "stolen", session: { id: "forged" } });
    state.keys = [real];
    state.now += minute;
    expect((await say(real.key, { ...own, registered: 6 })).status).toBe(200);
    expect(connection()).toMatchObject({
      session: { id: "own", by: "real" },
      registered: { count: 6 },
      stale: { since: testNow - 10 * minute, by: "real" },
    });
    expect(connection()?.closedAt).toBeUndefined();
    expect((await say(stolen.key, {})).status).toBe(401);
  });
});
