import { marshall } from "@aws-sdk/util-dynamodb";
import { describe, expect, it } from "vitest";
import {
  fromConnectionItem,
  fromConnectionItemKey,
  toConnectionItem,
} from "../../lambda/adapters/connection-item.ts";
import { itemBytes } from "../../proof/bench/item-bytes.ts";
import { buildConnection } from "../support/build-connection.ts";
import { baseTime } from "../support/build-event.ts";

describe("the connection item", () => {
  it("moves no index key with a heartbeat", () => {
    const keysOf = ({ all, connectionKey }: ReturnType<typeof toConnectionItem>) => ({
      all,
      connectionKey,
    });
    const heard = buildConnection({ revision: 2, seenAt: baseTime + 10_000_000, watched: true });
    expect(keysOf(toConnectionItem(heard))).toEqual(keysOf(toConnectionItem(buildConnection())));
    expect(keysOf(toConnectionItem(heard))).toEqual({
      all: { S: "all" },
      connectionKey: { S: "SIPTS750#bridge-a" },
    });
  });

  it("fits into a write unit with all that a bridge usually says", () => {
    const until = Math.ceil(baseTime / 1_000_000);
    const occurrence = { at: baseTime, heardAt: baseTime };
    const reading = { startTime: "1795143480", sequenceNumber: 4_294_967_295 };
    const connection = buildConnection({
      revision: 1_000_000,
      watched: true,
      session: { id: "2026-11-20T02:58:00Z-bridge-a", startedAt: baseTime, heardAt: baseTime },
      linkUp: occurrence,
      linkDown: occurrence,
      stale: { since: baseTime, cause: "reconnect", renewBy: baseTime, done: true },
      registered: { count: 10_000, heardAt: baseTime },
      counted: { count: 10_000, at: baseTime },
      requests: {
        ids: "A".repeat(32 * 6),
        newestAt: until,
        older: "A".repeat(32 * 6),
        olderUntil: until,
        forgottenUntil: until,
      },
      serverClock: { ...reading, time: baseTime, maxTime: baseTime },
    });
    expect(itemBytes(toConnectionItem(connection))).toBeLessThan(1024);
  });

  it.each([
    ["nothing in it", {}],
    ["a sweep with an unknown purpose", { sweeps: [{ id: "1", purpose: {}, progressAt: 1 }] }],
  ])("is not a connection with %s", (name, changes) => {
    const item = marshall(name === "nothing in it" ? {} : { ...buildConnection(), ...changes });
    expect(() => fromConnectionItem(item)).toThrow();
  });

  it("of an older version says nothing of who said it, and is proven", () => {
    const heard = { at: baseTime, heardAt: baseTime };
    const session = { id: "s", startedAt: baseTime, heardAt: baseTime };
    const older = { ...buildConnection(), closedAt: baseTime, session, linkDown: heard };
    expect(fromConnectionItem(marshall(older))).toEqual(older);
  });

  it("has no key without an application", () => {
    expect(() => fromConnectionItemKey({ server: { S: "SIPTS750" } })).toThrow();
  });
});
