import { describe, expect, it } from "vitest";
import type { Attempt, DeliveryRequest } from "../../bridge/deliver.ts";
import { createHeartbeat } from "../../bridge/heartbeat.ts";

const server = { isClosed: false, isSpeaking: false, isWatched: false };

const play = (answers: readonly Attempt[] = []) => {
  const sent: DeliveryRequest[] = [];
  const failures: string[] = [];
  const beat = createHeartbeat({
    attempt: async (message) => {
      sent.push(message);
      return answers[sent.length - 1] ?? { kind: "results", results: [] };
    },
    onFailure: ({ why }) => failures.push(why),
  });
  return { beat, bodies: () => sent.map(({ body }) => body), failures };
};

const failed = (why: string, next: string): Attempt => ({
  kind: "again",
  url: "a",
  why,
  next,
  changesOver: next !== "a",
  delayMs: 1,
});

describe("a heartbeat", () => {
  it("names the server, and no session where the file gave none", async () => {
    const { beat, bodies } = play();
    await beat("A", server);
    expect(bodies()).toEqual(['{"serverName":"A","events":[]}']);
  });

  it("is in the session that the file gave, and never says how many DNs are held", async () => {
    const { beat, bodies } = play();
    await beat("A", { ...server, session: '{"id":"s1"}' });
    expect(bodies()).toEqual(['{"serverName":"A","session":{"id":"s1"},"events":[]}']);
  });

  it("leaves the server to the key where it knows none", async () => {
    const { beat, bodies } = play();
    await beat("", server, "true");
    expect(bodies()).toEqual(['{"closing":true,"events":[]}']);
  });

  it("says once that it does not get through", async () => {
    const again = failed("no answer", "a");
    const refused: Attempt = { kind: "refused", why: "answered 400" };
    const { beat, failures } = play([again, again, { kind: "results", results: [] }, refused]);
    for (let count = 0; count < 4; count += 1) await beat("A", server);
    expect(failures).toEqual(["no answer", "answered 400"]);
  });

  it("says each time that another address is in use from then on", async () => {
    const { beat, failures } = play([failed("no answer", "b"), failed("answered 503", "b")]);
    for (let count = 0; count < 2; count += 1) await beat("A", server);
    expect(failures).toEqual(["no answer", "answered 503"]);
  });

  it("says once of each server that it does not get through, also beside one that does", async () => {
    const sound: Attempt = { kind: "results", results: [] };
    const refused: Attempt = { kind: "refused", why: "answered 422: Server not allowed" };
    const { beat, failures } = play([sound, refused, sound, refused]);
    for (const name of ["A", "B", "A", "B"]) await beat(name, server);
    expect(failures).toEqual(["answered 422: Server not allowed"]);
  });
});
