import { describe, expect, it } from "vitest";
import type { HttpAnswer } from "../../bridge/answer.ts";
import { createAttempt, createDeliver } from "../../bridge/deliver.ts";
import { createDestinations, type Destination } from "../../bridge/destinations.ts";

const ok = { results: [{ index: 0, id: "x", outcome: "applied" }] };
const answer = (status: number, body: unknown, headers = {}): HttpAnswer => ({
  status,
  headers: new Headers(headers),
  text: JSON.stringify(body),
});
const message = { id: "msg_1", body: "[{}]", mediaType: "application/json", eventCount: 1 };
const key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const start = Date.UTC(2026, 10, 18, 6);

const [a, b] = ["https://a.example", "https://b.example"] as const;

/** Plays what the addresses answer, one after the other, whichever is asked. */
const play = (script: readonly (HttpAnswer | Error)[], others: readonly string[] = []) => {
  const sent: Readonly<Record<string, string>>[] = [];
  const waits: number[] = [];
  const notes: string[] = [];
  const keys: string[] = [];
  const asked: string[] = [];
  const controller = new AbortController();
  let clock = start;
  const at = (url: string): Destination => ({
    url,
    post: async (_, headers) => {
      asked.push(url);
      const next = script[sent.push(headers) - 1];
      if (next === undefined) controller.abort();
      if (next === undefined || next instanceof Error) throw next ?? new Error("over");
      return next;
    },
  });
  const deliver = createDeliver({
    readKey: async () => {
      keys.push(key);
      return key;
    },
    destinations: createDestinations([at(a), ...others.map(at)], () => clock),
    nowMs: () => clock,
    random: () => 0,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
      clock += milliseconds;
    },
    onRetry: ({ why }) => notes.push(why),
  });
  return { run: () => deliver(message, controller.signal), sent, waits, notes, keys, asked };
};

describe("deliver", () => {
  it("signs each attempt again with the same id until there is an answer", async () => {
    const { run, sent, waits } = play([
      new Error("ECONNREFUSED"),
      answer(503, {}, { "retry-after": "5" }),
      answer(429, {}),
      answer(200, ok),
    ]);
    expect((await run()).kind).toBe("results");
    expect(waits).toEqual([1_000, 5_000, 4_000]);
    expect(new Set(sent.map((headers) => headers["webhook-id"]))).toEqual(new Set(["msg_1"]));
    const seconds = sent.map((headers) => Number(headers["webhook-timestamp"]) - start / 1000);
    expect(seconds).toEqual([0, 1, 6, 10]);
    expect(new Set(sent.map((headers) => headers["webhook-signature"])).size).toBe(4);
  });

  it.each(["0", "-5", "1.5", "Tue, 17 Nov 2026 06:00:00 GMT", "0, 0", "soon"])(
    "waits no less than the backoff where Retry-After is %j",
    async (value) => {
      const { run, waits } = play(Array(8).fill(answer(503, {}, { "retry-after": value })));
      await run();
      expect(waits).toEqual([1, 2, 4, 8, 16, 32, 40, 40].map((seconds) => seconds * 1000));
    },
  );

  it("changes over when an address fails, and not when it asks for patience or a person", async () => {
    const { run, asked, waits } = play(
      [
        answer(429, {}, { "retry-after": "9" }),
        answer(401, {}),
        answer(503, {}, { "retry-after": "100" }),
        new Error("ECONNREFUSED"),
        answer(404, {}),
        answer(200, ok),
      ],
      [b],
    );
    expect((await run()).kind).toBe("results");
    expect(asked).toEqual([a, a, a, b, b, b]);
    // The first address is not asked again before the time that it has named.
    expect(waits).toEqual([9_000, 40_000, 4_000, 8_000, 16_000]);
  });

  it("does not count against an address what is cut, or has no key", async () => {
    const cut = AbortSignal.abort();
    const at = (url: string) => ({ url, post: () => Promise.reject(new Error("cut")) });
    const destinations = createDestinations([at(a), at(b)], () => start);
    const of = (readKey: () => Promise<string>) =>
      createAttempt({
        destinations,
        readKey,
        nowMs: () => start,
        random: () => 0,
        sleep: async () => undefined,
        onRetry: () => undefined,
      });
    expect(await of(async () => key)(message, 1, cut)).toMatchObject({ kind: "again", next: a });
    const missing = () => Promise.reject(new Error("there is no file key"));
    expect(await of(missing)(message)).toMatchObject({
      kind: "again",
      why: "no key: there is no file key",
      next: a,
    });
    expect(await of(async () => key)(message)).toMatchObject({ kind: "again", next: b });
  });

  it("does not repeat what is refused for good", async () => {
    const { run, sent } = play([answer(413, { title: "Too large" })]);
    expect(await run()).toEqual({ kind: "refused", why: "answered 413: Too large" });
    expect(sent).toHaveLength(1);
  });

  it("says what is wrong where the signature is not accepted, and tries again slowly with the key of then", async () => {
    const { run, waits, notes, keys } = play([
      answer(401, {}, { date: "Wed, 18 Nov 2026 05:50:00 GMT" }),
      answer(401, {}, { date: "Wed, 18 Nov 2026 06:01:00 GMT" }),
      answer(200, ok),
    ]);
    expect((await run()).kind).toBe("results");
    expect(waits).toEqual([40_000, 40_000]);
    expect(notes[0]).toContain("clock is 600 s ahead of the server's");
    expect(notes[1]).toContain("the clock is right, so it is the key");
    expect(keys).toHaveLength(3);
  });

  it("sends each body under its media type", async () => {
    const { run, sent } = play([answer(200, ok)]);
    await run();
    expect(sent[0]?.["content-type"]).toBe("application/json");
  });

  it("ends when the person ends it", async () => {
    expect(await play([answer(500, {})]).run()).toEqual({ kind: "stopped" });
  });
});
