import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lambdaEndpoint } from "../../../local/emulators/lambda-endpoint.ts";

const megabytes = 1024 * 1024;
const invoked: number[] = [];
const server = createServer(
  lambdaEndpoint(() => async (payload) => {
    invoked.push(payload.length);
    return { kind: "answered", payload: "null" };
  }),
);
let url = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  url = `http://127.0.0.1:${port}/2015-03-31/functions/tiny/invocations`;
});
afterAll(() => server.close());

const invoke = async (type: string, bytes: number) => {
  invoked.length = 0;
  const headers = { "x-amz-invocation-type": type };
  const response = await fetch(url, { method: "POST", headers, body: "1".repeat(bytes) });
  const errorType = response.headers.get("x-amzn-errortype");
  return { status: response.status, errorType, text: await response.text(), invoked };
};

describe("an invocation by Lambda's API", () => {
  it.each([
    ["RequestResponse", 6 * megabytes, 200],
    ["Event", megabytes, 202],
  ])("of type %s takes %d bytes", async (type, bytes, status) => {
    expect(await invoke(type, bytes)).toMatchObject({ status, invoked: [bytes] });
  });

  it.each([
    [
      "RequestResponse",
      6 * megabytes + 1,
      "Request must be smaller than 6291456 bytes for the InvokeFunction operation",
    ],
    [
      "Event",
      megabytes + 1,
      "1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)",
    ],
  ])("of type %s refuses %d bytes", async (type, bytes, Message) => {
    const answer = await invoke(type, bytes);
    expect(answer).toMatchObject({ status: 413, errorType: "RequestTooLargeException" });
    expect(JSON.parse(answer.text)).toEqual({ Type: "User", Message });
    expect(invoked).toEqual([]);
  });
});
