import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { lambdaEndpoint } from "../../../local/emulators/lambda-endpoint.ts";
import { stoppedLoop } from "../../../local/functions/invocation-outcome.ts";

const megabytes = 1024 * 1024;
const invoked: { bytes: number; traceHeaders: readonly string[] | undefined }[] = [];
const server = createServer(
  lambdaEndpoint(() => async (payload, _turn, traceHeaders) => {
    invoked.push({ bytes: payload.length, traceHeaders });
    return traceHeaders?.includes("loop") === true
      ? stoppedLoop
      : { kind: "answered", payload: "null" };
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
beforeEach(() => {
  invoked.length = 0;
});

const invoke = async (headers: Record<string, string>, bytes = 7) => {
  const response = await fetch(url, { method: "POST", headers, body: "1".repeat(bytes) });
  const { status } = response;
  return { status, headers: response.headers, text: await response.text() };
};
const typed = (type: string) => ({ "x-amz-invocation-type": type });

describe("an invocation by Lambda's API", () => {
  it.each([
    ["RequestResponse", 6 * megabytes, 200],
    ["Event", megabytes, 202],
  ])("of type %s takes %d bytes", async (type, bytes, status) => {
    expect(await invoke(typed(type), bytes)).toMatchObject({ status });
    expect(invoked).toMatchObject([{ bytes }]);
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
    const answer = await invoke(typed(type), bytes);
    expect(answer.status).toBe(413);
    expect(answer.headers.get("x-amzn-errortype")).toBe("RequestTooLargeException");
    expect(JSON.parse(answer.text)).toEqual({ Type: "User", Message });
    expect(invoked).toEqual([]);
  });

  it("hands the caller's trace header to the function, waited for or not", async () => {
    await invoke({ "x-amzn-trace-id": "one" });
    await invoke({ "x-amzn-trace-id": "two", ...typed("Event") });
    await invoke({});
    expect(invoked.map(({ traceHeaders }) => traceHeaders)).toEqual([["one"], ["two"], []]);
  });

  it("of a loop is refused with Lambda's own error", async () => {
    const answer = await invoke({ "x-amzn-trace-id": "loop" });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("x-amzn-errortype")).toBe("RecursiveInvocationException");
    expect(answer.headers.has("x-amz-function-error")).toBe(false);
  });
});
