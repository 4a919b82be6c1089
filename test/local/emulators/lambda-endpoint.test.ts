import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lambdaEndpoint } from "../../../local/emulators/lambda-endpoint.ts";
import { stoppedLoop } from "../../../local/functions/invocation-outcome.ts";

const heard: (readonly string[] | undefined)[] = [];
const server = createServer(
  lambdaEndpoint(() => (payload, _turn, traceHeaders) => {
    heard.push(traceHeaders);
    const isLoop = traceHeaders?.includes("loop") === true;
    return Promise.resolve(isLoop ? stoppedLoop : { kind: "answered", payload });
  }),
);
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  url = `http://127.0.0.1:${port}/2015-03-31/functions/any/invocations`;
});
afterAll(() => server.close());

const invoke = (headers: Record<string, string>) =>
  fetch(url, { method: "POST", headers, body: '{"a":1}' });

describe("a direct invocation", () => {
  it("hands the caller's trace header to the function, waited for or not", async () => {
    await (await invoke({ "x-amzn-trace-id": "one" })).text();
    await (await invoke({ "x-amzn-trace-id": "two", "x-amz-invocation-type": "Event" })).text();
    const answer = await invoke({});
    expect(await answer.json()).toEqual({ a: 1 });
    expect(heard).toEqual([["one"], ["two"], []]);
  });

  it("of a loop is refused with Lambda's own error", async () => {
    const answer = await invoke({ "x-amzn-trace-id": "loop" });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("x-amzn-errortype")).toBe("RecursiveInvocationException");
    expect(answer.headers.has("x-amz-function-error")).toBe(false);
  });
});
