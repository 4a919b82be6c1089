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
    });
  });
});
