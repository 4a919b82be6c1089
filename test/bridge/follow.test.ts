import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FollowArguments, follow } from "./support/follow.ts";
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

describe("a bridge that follows a file", () => {
  let adapter: WatchingAdapter;
  let folder = "";
  let aheadMs = 0;
  let bridge: ReturnType<typeof follow> | undefined;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "follow-"));
    const { now } = Date;
    aheadMs = 0;
    vi.spyOn(Date, "now").mockImplementation(() => now() + aheadMs);
    adapter = await startWatchingAdapter();
    write();
  });
  afterEach(async () => {
    await bridge?.end();
    bridge = undefined;
    vi.restoreAllMocks();
    adapter.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const file = (): string => join(folder, "events.ndjson");
  const write = (...lines: object[]): void =>
    appendFileSync(file(), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const start = (more: Partial<FollowArguments> = {}): void => {
    bridge = follow({ url: adapter.url, file: file(), spool: join(folder, "spool"), ...more });
  };
  const taken = (count: number) => expect.poll(() => adapter.bodies().length).toBe(count);
  const pause = () => new Promise((resolve) => setTimeout(resolve, 500));
  /** Lets time pass for the bridge and the adapter, which share a clock here, once the bridge has got its answers. */
  const pass = async (seconds: number): Promise<void> => {
    await pause();
    aheadMs += seconds * 1000;
  };

  it("says that it lives without a session where the file gives none, and so loses nothing", async () => {
    write(registered("1", 60, { ServerName: "A" }));
    start({ serverName: "S" });
    await taken(1);
    await pass(31);
    await taken(3);
    expect(adapter.heartbeats()).toEqual([
      { serverName: "A", events: [] },
      { serverName: "S", events: [] },
    ]);
    await pass(31);
    await taken(5);
    expect(adapter.connection("A")).toMatchObject({ watched: true });
    expect(adapter.connection("A")?.stale).toBeUndefined();
    expect(adapter.connection("A")?.registered).toBeUndefined();
  });

  it("says that it lives in the newest session of each server, also after a restart", async () => {
    const [first, second] = [sessionOf(100), sessionOf(50)];
    write(
      {
        serverName: "A",
        session: first,
        registered: 2,
        events: [registered("1", 99), registered("2", 99)],
      },
      { serverName: "A", session: second, registered: 2, events: [registered("1", 49)] },
      { serverName: "B", session: first, events: [registered("3", 99)] },
      { serverName: "A", session: first, events: [registered("1", 98)] },
    );
    start();
    await taken(4);
    await bridge?.end();
    await taken(6);
    start();
    await pass(31);
    await taken(8);
    expect(adapter.heartbeats().slice(2)).toEqual([
      { serverName: "A", session: second, events: [] },
      { serverName: "B", session: first, events: [] },
    ]);
    expect(adapter.stale()).toEqual(["2"]);
  });

  it("keeps in its session what it sends late, and tells what the file tells of the connection in its place", async () => {
    const [old, present] = [sessionOf(100), sessionOf(50)];
    const at = (seconds: number) => ({ ServerName: "A", time: iso(seconds) });
    const lines = [
      { serverName: "A", session: old, events: [registered("1", 99), registered("2", 99)] },
      { Event: "EventLinkDisconnected", ...at(80) },
      { Event: "EventLinkConnected", ...at(79) },
      { Event: "EventServerDisconnected", ...at(60) },
      {
        serverName: "A",
        session: present,
        registered: 1,
        events: [
          { Event: "EventServerConnected", ...at(50) },
          registered("1", 49),
          { Event: "EventError", ThisDN: "2", ...at(49), ErrorCode: 59 },
        ],
      },
      { serverName: "A", session: present, registered: 1, events: [] },
    ];
    write(...lines);
    start();
    await taken(4);
    const bodies = adapter.bodies();
    expect(bodies.map(({ session }) => session)).toEqual([old, undefined, present, present]);
    expect(bodies.flatMap(({ events }) => events)).toEqual(
      lines.flatMap((line) => ("events" in line ? (line.events ?? []) : [line])),
    );
    expect(adapter.connection("A")).toMatchObject({
      session: { id: present.id },
      registered: { count: 1 },
      serverDown: {},
      serverUp: {},
      linkDown: {},
      linkUp: {},
    });
    expect(adapter.stale()).toEqual(["2"]);
  });

  it("does not speak for a writer that sends heartbeats itself, until that reconnects", async () => {
    const beat = { serverName: "A", session: sessionOf(50), events: [] };
    write(beat, beat);
    start();
    await taken(2);
    await pass(31);
    await pause();
    expect(adapter.bodies()).toHaveLength(2);
    const session = sessionOf(0);
    write({ serverName: "A", session, events: [registered("1", 0)] });
    await taken(3);
    await pass(31);
    await taken(4);
    expect(adapter.heartbeats().at(-1)).toEqual({ serverName: "A", session, events: [] });
  });

  it("does not revive a server whose writer has said that it stops", async () => {
    write({
      serverName: "A",
      session: sessionOf(50),
      closing: true,
      events: [registered("1", 49)],
    });
    start();
    await taken(1);
    await pass(31);
    await pause();
    await bridge?.end();
    expect(adapter.bodies()).toHaveLength(1);
    expect(adapter.connection("A")).toHaveProperty("closedAt");
  });

  it("says that it lives for a quiet server while another is busy", async () => {
    write(registered("1", 60, { ServerName: "quiet" }));
    start();
    await taken(1);
    await pass(20);
    write(registered("2", 60, { ServerName: "busy" }));
    await taken(2);
    await pass(11);
    await taken(3);
    expect(adapter.heartbeats()).toEqual([{ serverName: "quiet", events: [] }]);
  });

  it("says at its end that it stops on purpose, of each server that would be missed, behind what waits", async () => {
    const session = sessionOf(50);
    write({ serverName: "A", session, events: [registered("1", 49)] });
    write(registered("2", 60, { ServerName: "B" }), registered("3", 60, { ServerName: "C" }));
    start({ serverName: "B" });
    await taken(2);
    expect(await bridge?.end()).toBe(0);
    expect(adapter.heartbeats()).toEqual([{ serverName: "A", session, closing: true, events: [] }]);
    expect(adapter.connection("A")).toHaveProperty("closedAt");
    start({ serverName: "B" });
    await pass(31);
    await taken(6);
    await bridge?.end();
    expect(adapter.heartbeats().filter(({ closing }) => closing === true)).toHaveLength(4);
    expect(adapter.bodies().at(-1)).toHaveProperty("closing", true);
  });

  it("ends within two seconds where no adapter answers, and keeps what it has", async () => {
    const deaf = createServer(() => undefined).listen(0, "127.0.0.1");
    await new Promise((resolve) => deaf.once("listening", resolve));
    const address = deaf.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    write({ serverName: "A", session: sessionOf(50), events: [registered("1", 49)] });
    start();
    await taken(1);
    await bridge?.end();
    write(registered("2", 1, { ServerName: "A" }));
    start({ url, spool: join(folder, "spool") });
    await pause();
    const began = performance.now();
    expect(await bridge?.end()).toBe(1);
    expect(performance.now() - began).toBeLessThan(2_500);
    expect(bridge?.terminal.noted.join("\n")).toContain("could not announce the planned stop");
    deaf.closeAllConnections();
    deaf.close();
  });
});
