import { createServer, request as httpRequest } from "node:http";
import { afterAll, describe, expect, it } from "vitest";
import { apiListener } from "../../../local/api/api-listener.ts";
import { letEveryoneIn } from "../../../local/api/authorizer.ts";
import { createInsteadAnswers, type InsteadAnswers } from "../../../local/api/instead-answers.ts";
import { limitIntegration } from "../../../local/api/limit-integration.ts";
import {
  type FailureReason,
  failedInvocation,
  type Invoke,
} from "../../../local/functions/invocation-outcome.ts";

const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing) close();
});

/** Serves GET and POST /v1/things, and /v1/events, by a function on a free port. */
const serve = async (invoke: Invoke, answers?: InsteadAnswers): Promise<number> => {
  const target = { invoke, authorize: letEveryoneIn };
  const keys = ["GET /v1/things", "POST /v1/things", "POST /v1/events"];
  const routes = keys.map((key) => ({ key, target }));
  const server = createServer(apiListener({ id: "api", account: "000000000000", routes }, answers));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};

/** The answer to a request whose function fails in this way, and how long it would have waited for its turn. */
const answerTo = async (reason: FailureReason) => {
  const turns: unknown[] = [];
  const port = await serve((_payload, turnWithinMilliseconds) => {
    turns.push(turnWithinMilliseconds);
    return Promise.resolve(failedInvocation(reason, "Error", "a secret"));
  });
  const response = await fetch(`http://127.0.0.1:${port}/v1/things`);
  const body = await response.text();
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
    ["would get too much", "too-large", 413, "Request Entity Too Large"],
  ] as const)("%s is answered as API Gateway does, without its reason", async (...row) => {
    const [, reason, status, message] = row;
    const answer = await answerTo(reason);
    expect(answer).toMatchObject({ status, body: JSON.stringify({ message }) });
  });
});

describe("a request", () => {
  const invoked: number[] = [];
  const record: Invoke = async (payload) => {
    invoked.push(payload.length);
    return { kind: "answered", payload: '{"statusCode":204}' };
  };
  const send = async (method: string, headers: Record<string, string>, body = "") => {
    invoked.length = 0;
    const port = await serve(limitIntegration(record, 1_000));
    return await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const options = { port, host: "127.0.0.1", path: "/v1/things", method, headers };
      const request = httpRequest(options, (response) => {
        const chunks: string[] = [];
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => chunks.push(chunk));
        response.on("end", () => resolve({ status: response.statusCode, body: chunks.join("") }));
      });
      request.on("error", reject);
      request.end(body);
    });
  };
  const refused = (status: number, message: string) => ({
    status,
    body: JSON.stringify({ message }),
  });

  it("with 10,240 bytes in its request line and header values is refused", async () => {
    expect(await send("GET", { cookie: "x".repeat(9_000) })).toMatchObject({ status: 204 });
    expect(await send("GET", { cookie: "x".repeat(10_240) })).toEqual(
      refused(431, "Request Header Fields Too Large"),
    );
    expect(invoked).toEqual([]);
  });

  it("with a body that fits the gateway, but not Lambda as an event, is refused", async () => {
    const text = { "content-type": "application/json" };
    const binary = { "content-type": "application/octet-stream" };
    const megabytes = 1024 * 1024;
    const tooLarge = refused(413, "Request Entity Too Large");
    expect(await send("POST", text, "x".repeat(5 * megabytes))).toMatchObject({ status: 204 });
    expect(await send("POST", text, '"'.repeat(3 * megabytes))).toEqual(tooLarge);
    expect(await send("POST", binary, "x".repeat(5 * megabytes))).toEqual(tooLarge);
    expect(invoked).toEqual([]);
  });

  it("for the head of what only has a GET finds no route", async () => {
    expect(await send("HEAD", {})).toEqual({ status: 404, body: "" });
    expect(invoked).toEqual([]);
  });
});

describe("a request with events that is answered instead of its function", () => {
  it("gets API Gateway's answer, and the function gets the others", async () => {
    const paths: string[] = [];
    const draws = [0.05, 0.5, 0.05, 0.12];
    const shares = [
      { status: 503, share: 0.1 },
      { status: 429, share: 0.05 },
    ];
    const answers = createInsteadAnswers({ shares, retryAfter: 2 }, () => draws.shift() ?? 0);
    const port = await serve((payload) => {
      paths.push(/"rawPath":"([^"]+)"/.exec(payload)?.[1] ?? "");
      return Promise.resolve({ kind: "answered", payload: '{"statusCode":200,"body":"taken"}' });
    }, answers);
    const body = Buffer.alloc(1024 * 1024, "1");
    const post = (path: string) =>
      fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body });
    const answered = [];
    for (const path of ["/v1/events", "/v1/events", "/v1/things", "/v1/events", "/v1/events"]) {
      const response = await post(path);
      const { status, headers } = response;
      expect(headers.has("apigw-requestid")).toBe(true);
      answered.push([status, headers.get("retry-after"), await response.text()]);
    }
    expect(answered).toEqual([
      [503, "2", '{"message":"Service Unavailable"}'],
      [200, null, "taken"],
      [200, null, "taken"],
      [503, "2", '{"message":"Service Unavailable"}'],
      [429, "2", '{"message":"Too Many Requests"}'],
    ]);
    expect(paths).toEqual(["/v1/events", "/v1/things"]);
    expect(answers.summary()).toContain("of 4 requests with events, 2 with 503 and 1 with 429");
  });
});
