import { describe, expect, it } from "vitest";
import { createLiveServers, heartbeatMs } from "../../bridge/live-servers.ts";
import type { SourceEvent } from "../../bridge/source-event.ts";
import type { NamedServer } from "../../bridge/spool/followed-servers.ts";

const session = '{"id":"s1","startedAt":"2026-11-18T08:19:58.104Z"}';
const event = (attributes: object, more: Partial<SourceEvent> = {}): SourceEvent => ({
  text: JSON.stringify({
    Event: 54,
    Server: 1,
    ThisDN: "1",
    time: "2026-11-18T06:00:00Z",
    ...attributes,
  }),
  where: "f",
  form: "json",
  ...more,
});

const play = (serverName?: string, known: readonly NamedServer[] = []) => {
  let clock = 0;
  const servers = createLiveServers({ known, serverName, nowMs: () => clock });
  return {
    ...servers,
    pass: (ms: number): void => {
      clock += ms;
    },
  };
};

describe("the T-Servers of a followed file", () => {
  it("are those of its events and envelopes, and the one that a person named", () => {
    const { hear, silent, pass } = play("S");
    hear([
      event({ ServerName: "A" }),
      event({}, { serverName: "B" }),
      event({ Event: "nonsense" }),
    ]);
    pass(heartbeatMs);
    expect(new Set(silent())).toEqual(new Set(["A", "B", "S"]));
  });

  it("are the key's, where the file names none", () => {
    const { hear, silent, pass, of } = play();
    pass(heartbeatMs);
    expect(silent()).toEqual([""]);
    hear([event({}, { session })]);
    expect(of("")).toMatchObject({ session });
  });

  it("do not get what an envelope of another one says", () => {
    const { hear } = play();
    const heard = hear([event({ ServerName: "T" }, { serverName: "S", session, closing: "true" })]);
    expect(new Map(heard).get("S")).toMatchObject({ session, isClosed: true, isWatched: true });
    expect(new Map(heard).get("T")).toEqual({
      isClosed: false,
      isSpeaking: false,
      isWatched: false,
    });
  });

  it("are silent 30 seconds after the last request about them", () => {
    const { hear, beat, silent, pass } = play();
    hear([event({ ServerName: "A" })]);
    pass(heartbeatMs - 1);
    expect(silent()).toEqual([]);
    pass(1);
    expect(silent()).toEqual(["A"]);
    beat("A");
    expect(silent()).toEqual([]);
  });

  it("would be missed once they were told of, which is news the first time", () => {
    const { hear, beat, watched } = play("S");
    hear([event({ ServerName: "A" })]);
    expect(watched()).toEqual([]);
    expect(beat("S")).toEqual([["S", { isClosed: false, isSpeaking: false, isWatched: true }]]);
    expect(beat("S")).toEqual([]);
    expect(watched()).toEqual(["S"]);
  });
});
