import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRejects } from "../../bridge/rejects.ts";
import { createWithSpace } from "../../bridge/with-space.ts";
import { eventsOf, itemsOf } from "./support/items.ts";

const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });

describe("what was set aside", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rejects-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is in a file for its owner, a line each, that the bridge reads as input", () => {
    const file = join(folder, "new", "rejected.ndjson");
    const rejects = createRejects(file, () => new Date(0));
    const problems = [{ pointer: "/InfoType", code: "missing", detail: "is mandatory" }];
    rejects.keep({
      where: "f:1",
      why: "rejected",
      problems,
      serverName: "S",
      session: '{"id":"s1"}',
      event: '{"n":1e400}',
    });
    rejects.keep({ where: "f:2", why: "not JSON", problems: [], unreadable: "oops" });
    const text = readFileSync(file, "utf8");
    expect(text.split("\n")[0]).toBe(
      '{"rejectedAt":"1970-01-01T00:00:00.000Z","where":"f:1","why":"rejected","problems":[{"pointer":"/InfoType","code":"missing","detail":"is mandatory"}],"serverName":"S","session":{"id":"s1"},"events":[{"n":1e400}]}',
    );
    expect(eventsOf(itemsOf("ndjson", text))).toMatchObject([
      { serverName: "S", session: '{"id":"s1"}' },
    ]);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(rejects.count()).toBe(2);
  });
});

describe("work on a full disk", () => {
  const play = (failures: readonly Error[], isEnded = false) => {
    const notes: string[] = [];
    const controller = new AbortController();
    if (isEnded) controller.abort();
    let [tries, rooms, sleeps] = [0, 0, 0];
    const withSpace = createWithSpace({
      sleep: async () => {
        sleeps += 1;
      },
      onFull: (why) => notes.push(why),
    });
    const work = (): void => {
      const failure = failures[tries];
      tries += 1;
      if (failure !== undefined) throw failure;
    };
    const counts = () => ({ tries, rooms, sleeps });
    const makeRoom = (): void => {
      rooms += 1;
    };
    return { run: withSpace, work, makeRoom, signal: controller.signal, notes, counts };
  };

  it("is done again until there is space, and says so once", async () => {
    const { run, work, signal, notes, counts } = play([full, full]);
    expect(await run(work, signal)).toBe(true);
    expect(counts()).toEqual({ tries: 3, rooms: 0, sleeps: 2 });
    expect(notes).toEqual(["no space left on device"]);
  });

  it("is done again at once where room could be made", async () => {
    const { run, work, signal, makeRoom, counts } = play([full]);
    expect(await run(work, signal, makeRoom)).toBe(true);
    expect(counts()).toEqual({ tries: 2, rooms: 1, sleeps: 0 });
  });

  it("is given up when the person ends it, and for every other error", async () => {
    const ended = play([full, full], true);
    expect(await ended.run(ended.work, ended.signal)).toBe(false);
    const broken = play([new Error("broken")]);
    await expect(broken.run(broken.work, broken.signal)).rejects.toThrow("broken");
  });
});
