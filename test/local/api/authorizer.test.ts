import { describe, expect, it } from "vitest";
import { createAuthorizer } from "../../../local/api/authorizer.ts";
import type { InvocationOutcome } from "../../../local/functions/invocation-outcome.ts";
import { apiRequest, routeContext } from "../../support/gateway-requests.ts";

const allow = { isAuthorized: true, context: { tokenId: "t" } };

/** An authorizer of the Authorization header with a clock that can be set. */
const authorizer = (answer: unknown, resultTtlSeconds = 30) => {
  const events: string[] = [];
  const clock = { now: 0 };
  const invocation: InvocationOutcome =
    answer instanceof Error
      ? { kind: "failed", reason: "error", payload: "{}" }
      : { kind: "answered", payload: JSON.stringify(answer) };
  const settings = {
    identitySources: ["$request.header.Authorization"],
    resultTtlSeconds,
    invoke: (payload: string) => {
      events.push(payload);
      return Promise.resolve(invocation);
    },
  };
  const authorize = createAuthorizer(settings, () => clock.now);
  const ask = (authorization: string | undefined, path = "/v1/things") =>
    authorize(apiRequest({ path, headers: { authorization } }), routeContext);
  return { ask, clock, events };
};

describe("Lambda authorizer", () => {
  it("hands its context to the route", async () => {
    const { ask, events } = authorizer(allow);
    expect(await ask("Bearer a")).toEqual({ kind: "allowed", context: { tokenId: "t" } });
    expect(JSON.parse(events[0] ?? "")).toMatchObject({
      version: "2.0",
      type: "REQUEST",
      identitySource: ["Bearer a"],
      routeKey: "GET /v1/things",
      headers: { authorization: "Bearer a" },
    });
  });

  it.each([undefined, ""])("is not asked when the identity source is %j", async (header) => {
    const { ask, events } = authorizer(allow);
    expect(await ask(header)).toEqual({ kind: "unauthorized" });
    expect(events).toEqual([]);
  });

  it("is asked once for an identity until its time is over, whatever the route", async () => {
    const { ask, clock, events } = authorizer(allow);
    await ask("Bearer a");
    await ask("Bearer a", "/v1/other");
    await ask("Bearer b");
    clock.now = 29_999;
    await ask("Bearer a");
    expect(events).toHaveLength(2);
    clock.now = 30_000;
    await ask("Bearer a");
    expect(events).toHaveLength(3);
  });

  it("caches a refusal too", async () => {
    const { ask, events } = authorizer({ isAuthorized: false });
    expect(await ask("Bearer a")).toEqual({ kind: "forbidden" });
    expect(await ask("Bearer a")).toEqual({ kind: "forbidden" });
    expect(events).toHaveLength(1);
  });

  it("is asked every time when results are not cached", async () => {
    const { ask, events } = authorizer(allow, 0);
    await ask("Bearer a");
    await ask("Bearer a");
    expect(events).toHaveLength(2);
  });

  it.each([new Error(), { isAuthorized: "yes" }, null])(
    "fails on %j and is asked again",
    async (answer) => {
      const { ask, events } = authorizer(answer);
      expect(await ask("Bearer a")).toEqual({ kind: "failed" });
      await ask("Bearer a");
      expect(events).toHaveLength(2);
    },
  );
});
