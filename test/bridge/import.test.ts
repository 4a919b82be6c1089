import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bridgeKey } from "../support/build-event.ts";
import { type BridgeProcess, startBridge } from "./support/bridge-process.ts";
import { startWatchingAdapter, type WatchingAdapter } from "./support/watching-adapter.ts";

const iso = (secondsAgo: number): string => new Date(Date.now() - secondsAgo * 1000).toISOString();
const sessionOf = (secondsAgo: number) => ({ id: `s${secondsAgo}`, startedAt: iso(secondsAgo) });
const registered = (dn: string, secondsAgo: number, more = {}) => ({
  Event: "EventRegistered",
  ThisDN: dn,
  time: iso(secondsAgo),
  ReferenceID: 1,
  InfoType: 8,
  Extensions: {},
  ...more,
});
const toText = (lines: readonly object[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join("");

// The bridge's clock jumps by 40 seconds, two and a half after its start.
const jump = "data:text/javascript,const%20n=Date.now,b=n();Date.now=()=>n()+(n()-b>2500?40000:0)";

describe("what the bridge tells of itself", () => {
  let adapter: WatchingAdapter;
  let folder = "";
  const bridges: BridgeProcess[] = [];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "import-"));
    adapter = await startWatchingAdapter();
  });
  afterEach(async () => {
    for (const bridge of bridges.splice(0)) await bridge.kill();
    adapter.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const start = (args: readonly string[], environment = {}): BridgeProcess => {
    const spool = ["--spool", join(folder, "spool")];
    const key = { BRIDGE_KEY: bridgeKey().key };
    const bridge = startBridge(["--url", adapter.url, ...spool, ...args], {
      ...key,
      ...environment,
    });
    bridges.push(bridge);
    return bridge;
  };
  const file = (): string => join(folder, "events.ndjson");
  const send = (lines: readonly object[], args: readonly string[] = []) => {
    writeFileSync(file(), toText(lines));
    return start([...args, file()]).exit;
  };
  const taken = (count: number) => expect.poll(() => adapter.bodies().length).toBe(count);

  it("is nothing, where it imports events once", async () => {
    expect(await send([registered("1", 60, { ServerName: "A" })], ["--server-name", "S"])).toBe(0);
    const events = [{ ThisDN: "1" }];
    expect(adapter.bodies()).toMatchObject([{ serverName: "S", events }]);
    expect(new Set(Object.keys(adapter.bodies()[0] ?? {}))).toEqual(
      new Set(["serverName", "events"]),
    );
    expect(adapter.connection("A")).toMatchObject({ watched: false });
    expect(adapter.connection("A")?.session).toBeUndefined();
  });

  it("is what the input says, in its place, where that is envelopes", async () => {
    const [first, second] = [sessionOf(100), sessionOf(50)];
    const lines = [
      {
        serverName: "A",
        session: first,
        registered: 2,
        events: [registered("1", 99), registered("2", 99)],
      },
      { serverName: "B", session: first, events: [registered("3", 99)] },
      { serverName: "A", session: first, events: [] },
      { Event: "EventServerDisconnected", ServerName: "A", time: iso(60) },
      { serverName: "A", session: second, registered: 1, events: [registered("1", 49)] },
      { serverName: "A", closing: true },
    ];
    expect(await send(lines)).toBe(0);
    const ends = lines.map((line) =>
      "Event" in line ? { events: [line] } : { events: [], ...line },
    );
    expect(adapter.bodies()).toEqual(ends);
    expect(adapter.connection("A")).toMatchObject({
      session: { id: second.id },
      serverDown: {},
      registered: { count: 1 },
    });
    expect(adapter.connection("A")).toHaveProperty("closedAt");
    expect(adapter.stale()).toEqual(["2"]);
  });

  it("takes no session to a T-Server whose it is not", async () => {
    const session = sessionOf(50);
    await send([registered("1", 99, { ServerName: "S" })]);
    const own = registered("2", 49, { ServerName: "T" });
    await send([{ session, events: [own, registered("3", 49)] }], ["--server-name", "S"]);
    expect(adapter.bodies().slice(1)).toMatchObject([
      { session, events: [{ ThisDN: "2" }] },
      { serverName: "S", session, events: [{ ThisDN: "3" }] },
    ]);
    await send(
      [{ session: sessionOf(20), events: [registered("2", 19, { ServerName: "T" })] }],
      ["--server-name", "S"],
    );
    expect(adapter.connection("S")?.session).toMatchObject({ id: session.id });
    expect(adapter.stale()).toEqual(["1"]);
  });

  it("stays with an event that was rejected, so that it can be sent again once mended", async () => {
    const session = sessionOf(50);
    const events = [registered("1", 49, { InfoType: 99 }), registered("2", 49)];
    expect(await send([{ serverName: "A", session, registered: 2, events }])).toBe(1);
    const rejected = join(folder, "spool", "rejected.ndjson");
    writeFileSync(
      rejected,
      readFileSync(rejected, "utf8").replace('"InfoType":99', '"InfoType":8'),
    );
    expect(await start([rejected]).exit).toBe(0);
    expect(adapter.bodies()[1]).toEqual({
      serverName: "A",
      session,
      events: [registered("1", 49, { time: expect.any(String) })],
    });
  });

  it("is set aside where the adapter refuses it, and spoils nothing behind it", async () => {
    const bad = { serverName: "A", session: { id: "s", startedAt: "soon" }, events: [] };
    expect(await send([bad, registered("1", 60, { ServerName: "A" })])).toBe(1);
    expect(adapter.bodies()).toHaveLength(2);
    const rejected = readFileSync(join(folder, "spool", "rejected.ndjson"), "utf8");
    expect(rejected).toContain("/session/startedAt");
    expect(await start([join(folder, "spool", "rejected.ndjson")]).exit).toBe(0);
    expect(adapter.bodies()).toHaveLength(2);
  });

  it("is nothing while it waits for standard input", async () => {
    const bridge = start(["-"], { NODE_OPTIONS: `--import=${jump}` });
    bridge.process.stdin?.write(toText([registered("1", 60, { ServerName: "A" })]));
    await taken(1);
    await wait(3_200);
    bridge.process.stdin?.end();
    expect(await bridge.exit).toBe(0);
    expect(adapter.bodies()).toHaveLength(1);
  });

  it("is a heartbeat after silence, and the end when it is ended, where it follows a file", async () => {
    writeFileSync(file(), "");
    const bridge = start(["--server-name", "S", "--follow", file()], {
      NODE_OPTIONS: `--import=${jump}`,
    });
    await taken(1);
    appendFileSync(file(), toText([registered("1", 0)]));
    await taken(2);
    bridge.process.kill("SIGTERM");
    expect(await bridge.exit).toBe(0);
    expect(adapter.heartbeats()).toEqual([
      { serverName: "S", events: [] },
      { serverName: "S", closing: true, events: [] },
    ]);
    expect(adapter.connection("S")).toHaveProperty("closedAt");
  });

  it("is no end where it is killed", async () => {
    writeFileSync(file(), toText([{ serverName: "A", session: sessionOf(9), events: [] }]));
    const bridge = start(["--follow", file()]);
    await taken(1);
    await bridge.kill();
    expect(adapter.bodies()).toHaveLength(1);
    expect(adapter.connection("A")?.closedAt).toBeUndefined();
  });
});
