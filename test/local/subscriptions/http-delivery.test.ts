import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isLoopbackAddress, postNotification } from "../../../local/subscriptions/http-delivery.ts";
import { readSnsNotification } from "../../../local/subscriptions/sns-notification.ts";
import { createFakeClock } from "../../support/fake-clock.ts";

let answers: readonly number[] = [];
let calls: { readonly path: string | undefined; readonly isRaw: boolean }[] = [];

let url = "";

const server = createServer((request, response) => {
  const isRaw = request.headers["x-amz-sns-rawdelivery"] === "true";
  calls.push({ path: request.url, isRaw });
  const status = answers[calls.length - 1] ?? 200;
  response.writeHead(status, { location: "/elsewhere" }).end("body");
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/hook`;
});
beforeEach(() => {
  calls = [];
});
afterAll(() => server.close());

const body = JSON.stringify({
  Type: "Notification",
  MessageId: "id",
  TopicArn: "arn:topic",
  Message: "hello",
  Timestamp: "2026-11-22T18:00:00.000Z",
});
const message = { notification: readSnsNotification(body), body };
const post = (to = url, isRaw = false) =>
  postNotification({ url: to, subscriptionArn: "arn", isRaw }, message, createFakeClock(0));

describe("a notification for an HTTP endpoint", () => {
  it.each([
    [[200], 1, { kind: "delivered" }],
    [[503, 429, 204], 3, { kind: "delivered" }],
    [[500, 500, 500, 500], 4, { kind: "given-up", reason: "HTTP 500" }],
    [[404], 1, { kind: "given-up", reason: "HTTP 404" }],
  ])("answered %j is posted %d times", async (given, count, outcome) => {
    answers = given;
    expect(await post()).toEqual(outcome);
    expect(calls).toHaveLength(count);
  });

  it("follows no redirect", async () => {
    answers = [302];
    expect(await post()).toEqual({ kind: "given-up", reason: "HTTP 302" });
    expect(calls.map(({ path }) => path)).toEqual(["/hook"]);
  });

  it("is given up when no server listens", async () => {
    const outcome = { kind: "given-up", reason: "no answer" };
    expect(await post("http://127.0.0.1:1/")).toEqual(outcome);
  });

  it("says when it is the message alone", async () => {
    answers = [200];
    await post(url, true);
    expect(calls).toEqual([{ path: "/hook", isRaw: true }]);
  });
});

describe("an address of this machine", () => {
  it.each([
    "http://127.0.0.1:80/a",
    "https://localhost/",
    "http://[::1]:3/",
    "http://127.1/",
    "http://[::ffff:127.0.0.1]/",
  ])("is %s", (address) => expect(isLoopbackAddress(address)).toBe(true));
  it.each([
    "https://example.com/",
    "http://10.0.0.1/",
    "http://localhost.example.com/",
    "http://127.0.0.1.example.com/",
    "http://user@example.com/",
    "127.0.0.1",
  ])("is not %s", (address) => expect(isLoopbackAddress(address)).toBe(false));
});
