import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SourceEvent } from "../../../bridge/source-event.ts";
import { openSpool, type Spool } from "../../../bridge/spool/spool.ts";

const event = (dn: number, more: Partial<SourceEvent> = {}): SourceEvent => ({
  text: `{"ThisDN":"${dn}"}`,
  where: `f:${dn}`,
  form: "json",
  ...more,
});
const here = {
  file: "/f",
  generations: [{ id: 1, state: "here" }],
  forgotten: [],
  gaps: ["gap"],
};
const limits = { events: 3, bytes: 60 };

describe("the spool", () => {
  let folder = "";
  let spool: Spool;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "spool-"));
    spool = openSpool(folder);
  });
  afterEach(() => {
    spool.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const reopen = (): void => {
    spool.close();
    spool = openSpool(folder);
  };
  const takeAll = (): SourceEvent[][] => {
    const batches: SourceEvent[][] = [];
    for (let some = spool.first(limits); some.length > 0; some = spool.first(limits)) {
      batches.push(some.map(({ seq: _, followed: __, ...kept }) => kept));
      spool.remove(some.at(-1)?.seq ?? 0);
    }
    return batches;
  };

  it("keeps events, their order, and how far a file was read, over a restart", () => {
    spool.append([event(1), event(2)], here);
    reopen();
    spool.append([event(3)]);
    expect(spool.size()).toBe(3);
    expect(spool.followedFile("/f")).toEqual({
      generations: here.generations,
      released: undefined,
    });
    expect(spool.gaps("/f")).toEqual(["gap"]);
    spool.append([], {
      ...here,
      generations: [{ id: 2, state: "there" }],
      forgotten: [1],
      gaps: [],
    });
    spool.forgetGaps("/f");
    reopen();
    expect(spool.followedFile("/f").generations).toEqual([{ id: 2, state: "there" }]);
    expect(spool.gaps("/f")).toEqual([]);
    expect(spool.first(limits).map(({ followed }) => followed)).toEqual(["/f", "/f", undefined]);
    expect(takeAll().flat()).toEqual([event(1), event(2), event(3)]);
    expect(spool.size()).toBe(0);
  });

  it("mixes no two server names or forms in a request, and keeps under its size", () => {
    const large = event(9, { text: `{"x":"${"y".repeat(100)}"}` });
    const named = event(4, { serverName: "A" });
    spool.append([event(1), event(2), event(3), event(3), named, named, large, event(5)]);
    expect(takeAll().map(({ length }) => length)).toEqual([3, 1, 2, 1, 1]);
    const cloudEvent = event(6, { form: "cloudevents" });
    spool.append([event(5), cloudEvent]);
    expect(takeAll()).toEqual([[event(5)], [cloudEvent]]);
  });

  it("loses nothing and keeps the order, whatever comes", () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.option(fc.constantFrom("A", "B")))), (groups) => {
        const events = groups.map((names, group) =>
          names.map((serverName, index) =>
            event(group * 100 + index, serverName === null ? {} : { serverName }),
          ),
        );
        for (const some of events) spool.append(some);
        expect(takeAll().flat()).toEqual(events.flat());
      }),
      { numRuns: 30 },
    );
  });

  it("is for one bridge at a time, and for its owner only", () => {
    expect(() => openSpool(folder)).toThrow("another bridge uses the spool");
    expect(statSync(join(folder, "spool.sqlite")).mode & 0o077).toBe(0);
  });

  it("mixes no two sessions, sends a heartbeat alone, and nothing behind what closes", () => {
    const session = (id: string) => ({ serverName: "A", session: `{"id":"${id}"}` });
    const heartbeat: SourceEvent = { text: "", where: "f", form: "heartbeat", registered: "3" };
    const closing = event(5, { ...session("2"), closing: "true", registered: "7" });
    const events = [
      event(1, session("1")),
      event(2, { ...session("1"), registered: "2" }),
      event(3, session("2")),
      event(4, { serverName: "A" }),
      heartbeat,
      heartbeat,
      closing,
      event(6, session("2")),
    ];
    spool.append(events, here);
    reopen();
    const batches = takeAll();
    expect(batches.map(({ length }) => length)).toEqual([2, 1, 1, 1, 1, 1, 1]);
    expect(batches.flat()).toEqual(events);
  });

  it("keeps what a followed file told of its T-Servers together with the end of its events", () => {
    spool.append([event(1)]);
    const state = { session: '{"id":"1"}', isClosed: false, isSpeaking: true, isWatched: true };
    spool.remove(1, { file: "/f", servers: [["A", state]] });
    spool.hear({ file: "/g", servers: [["B", state]] });
    spool.hear({ file: "/g", servers: [["B", { ...state, isClosed: true }]] });
    reopen();
    expect(spool.size()).toBe(0);
    expect(spool.servers("/f")).toEqual([["A", state]]);
    expect(spool.servers("/g")).toEqual([["B", { ...state, isClosed: true }]]);
    expect(spool.servers("/h")).toEqual([]);
  });

  it("gives its space back when it is empty", () => {
    spool.append(Array.from({ length: 5_000 }, (_, dn) => event(dn)));
    spool.remove(5_000);
    expect(statSync(join(folder, "spool.sqlite")).size).toBeLessThan(60_000);
  });
});
