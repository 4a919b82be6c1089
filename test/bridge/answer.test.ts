import { describe, expect, it } from "vitest";
import { interpretAnswer } from "../../bridge/answer.ts";

const answer = (status: number, body: unknown = {}) => ({
  status,
  headers: new Headers(),
  text: typeof body === "string" ? body : JSON.stringify(body),
});
const results = { results: [{ index: 0, id: "x", outcome: "applied" }] };

describe("judge", () => {
  it.each([200, 207, 422])("takes the results of a %i", (status) => {
    expect(interpretAnswer(answer(status, results), 1)).toMatchObject({ kind: "results" });
  });

  it.each([400, 413, 415, 422])("takes %i as final", (status) => {
    expect(interpretAnswer(answer(status), 1).kind).toBe("refused");
  });

  it("takes 401 as a matter for a person", () => {
    const { kind } = interpretAnswer(answer(401, { title: "Unauthorized", detail: "stale" }), 1);
    expect(kind).toBe("unauthorized");
  });

  it.each([301, 403, 404, 408, 429, 500, 502, 503])("sends again after %i", (status) => {
    expect(interpretAnswer(answer(status), 1).kind).toBe("again");
  });

  it.each([
    ["twice the same event", [0, 0]],
    ["an event that was not sent", [0, 2]],
    ["half an event", [0, 0.5]],
  ])("does not take results for %s", (_, indexes) => {
    const some = indexes.map((index) => ({ index, id: "x", outcome: "applied" }));
    expect(interpretAnswer(answer(200, { results: some }), 2).kind).toBe("again");
  });

  it("says where a redirect leads, and steers no terminal with it", () => {
    const redirect = {
      ...answer(308),
      headers: new Headers({ location: "https://b.example/v1/events\u009b31m" }),
    };
    expect(interpretAnswer(redirect, 1)).toMatchObject({
      kind: "again",
      why: "answered 308: a redirect to https://b.example/v1/events?31m, which a signed request does not follow: if that is the API, give it with --url",
    });
    const long = interpretAnswer(answer(500, { title: "\u001b[2J", detail: "x".repeat(9_999) }), 1);
    expect(long).toMatchObject({
      why: expect.stringMatching(/^answered 500: \?\[2J: x{200,300}$/),
    });
  });

  it("counts every answer that is to be sent again against the address, except 429", () => {
    const isElsewhere = (status: number) => {
      const verdict = interpretAnswer(answer(status), 1);
      return verdict.kind === "again" && verdict.elsewhere;
    };
    const all = [200, 207, 302, 403, 404, 408, 429, 500, 502, 503, 504];
    expect(all.filter((status) => !isElsewhere(status))).toEqual([429]);
  });

  it("does not take a good status from something that is not the adapter", () => {
    expect(interpretAnswer(answer(200, "<html>"), 1).kind).toBe("again");
    expect(interpretAnswer(answer(200, results), 2).kind).toBe("again");
  });

  it("says in words why a heartbeat about a server that the key may not name is final", () => {
    const problem = { title: "Server not allowed", detail: "this key may not name it" };
    expect(interpretAnswer(answer(422, problem), 0)).toEqual({
      kind: "refused",
      why: "answered 422: Server not allowed: this key may not name it",
    });
  });

  it("repeats what the answer says in words", () => {
    expect(interpretAnswer(answer(429, { message: "Too Many Requests" }), 1)).toEqual({
      kind: "again",
      why: "answered 429: Too Many Requests",
      elsewhere: false,
    });
  });
});
