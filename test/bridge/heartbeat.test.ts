import { describe, expect, it } from "vitest";
import type { Attempt, Message } from "../../bridge/deliver.ts";
import { createHeartbeat } from "../../bridge/heartbeat.ts";

const play = (
  held: readonly { server: string; count: number }[],
  serverName?: string,
  answers: readonly Attempt[] = [],
) => {
  const sent: Message[] = [];
  const failures: string[] = [];
  const beat = createHeartbeat({
    attempt: async (message) => {
      sent.push(message);
      return answers[sent.length - 1] ?? { kind: "results", results: [] };
    },
    held: () => held,
    serverName,
    nowMs: () => Date.UTC(2026, 10, 18, 6),
    onFailure: (why) => failures.push(why),
  });
  return { beat, bodies: () => sent.map(({ body }): unknown => JSON.parse(body)), failures };
};

describe("a heartbeat", () => {
  it("tells for each server the session and how many DNs are held, without events", async () => {
    const { beat, bodies } = play([{ server: "A", count: 3 }], "B");
    await beat();
    const session = {
      id: expect.stringMatching(/^session_/),
      startedAt: "2026-11-18T06:00:00.000Z",
    };
    expect(bodies()).toEqual([
      { serverName: "A", session, registered: 3, events: [] },
      { serverName: "B", session, registered: 0, events: [] },
    ]);
  });

  it("keeps its session for the whole run", async () => {
    const { beat, bodies } = play([], "A");
    await beat();
    await beat();
    expect(bodies()[0]).toEqual(bodies()[1]);
  });

  it("leaves the server to the key where it knows none", async () => {
    const { beat, bodies } = play([]);
    await beat();
    expect(bodies()).toMatchObject([{ registered: 0, events: [] }]);
    expect(bodies()[0]).not.toHaveProperty("serverName");
  });

  it("says once that it does not get through", async () => {
    const again: Attempt = { kind: "again", why: "no answer", delayMs: 1 };
    const { beat, failures } = play([], "A", [again, again]);
    await beat();
    await beat();
    expect(failures).toEqual(["no answer"]);
  });
});
