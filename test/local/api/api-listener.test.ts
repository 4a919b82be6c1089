import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import { apiListener } from "../../../local/api/api-listener.ts";
import { letEveryoneIn } from "../../../local/api/authorizer.ts";
import {
  type FailureReason,
  failedInvocation,
} from "../../../local/functions/invocation-outcome.ts";

/** The answer to a request whose function fails in this way, and how long it would have waited for its turn. */
const answerTo = async (reason: FailureReason) => {
  const turns: unknown[] = [];
  const invoke = (_payload: string, turnWithinMilliseconds?: number) => {
    turns.push(turnWithinMilliseconds);
    return Promise.resolve(failedInvocation(reason, "Error", "a secret"));
  };
  const target = { invoke, authorize: letEveryoneIn };
  const routes = [{ key: "GET /v1/things", target }];
  const server = createServer(apiListener({ id: "api", account: "000000000000", routes }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const response = await fetch(`http://127.0.0.1:${port}/v1/things`);
  const body = await response.text();
  server.close();
  return { status: response.status, retryAfter: response.headers.get("retry-after"), body, turns };
};

describe("a request whose function", () => {
  it("is throttled gets a 503 with Retry-After", async () => {
    expect(await answerTo("throttled")).toEqual({
      status: 503,
      retryAfter: "2",
      body: '{"message":"Service Unavailable"}',
      turns: [5_000],
    });
  });

  it.each([
    ["takes too long", "timeout", 503, "Service Unavailable"],
    ["fails", "error", 500, "Internal Server Error"],
    ["crashes", "exit", 500, "Internal Server Error"],
  ] as const)("%s is answered as API Gateway does, without its reason", async (...row) => {
    const [, reason, status, message] = row;
    const answer = await answerTo(reason);
    expect(answer).toMatchObject({ status, body: JSON.stringify({ message }) });
  });
});
