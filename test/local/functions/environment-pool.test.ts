import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFunctionHost, type FunctionHost } from "../../../local/functions/function-host.ts";
import type { InvocationOutcome } from "../../../local/functions/invocation-outcome.ts";

const slow = `let calls = 0;
export const handler = async () => {
  calls += 1;
  await new Promise((resolve) => setTimeout(resolve, 300));
  return calls;
};`;
const failures: InvocationOutcome[] = [];
let host: FunctionHost;

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), "function-"));
  writeFileSync(join(directory, "index.mjs"), slow);
  host = createFunctionHost(
    {
      ...{ name: "slow", arn: "arn:slow", directory, handler: "index.handler" },
      ...{ timeoutSeconds: 5, memoryMegabytes: 256, environment: {} },
      allowsLoops: false,
    },
    {
      ...{ log: () => undefined, maxEnvironments: 1 },
      onFailure: (invocation) => failures.push(invocation),
    },
  );
  await host.warm();
});
afterAll(() => host.stop());

describe("an invocation that waits for its turn", () => {
  it("is throttled after its time, does not run, and does not delay the others", async () => {
    const [first, second, third] = await Promise.all([
      host.invoke("{}"),
      host.invoke("{}", 50),
      host.invoke("{}"),
    ]);
    expect(first).toEqual({ kind: "answered", payload: "1" });
    expect(second).toMatchObject({ kind: "failed", reason: "throttled" });
    expect(JSON.parse(second.payload)).toMatchObject({ errorType: "TooManyRequestsException" });
    expect(third).toEqual({ kind: "answered", payload: "2" });
  });

  it("does not count as a failure of the function", () => {
    expect(failures).toEqual([]);
  });

  it("runs when its turn comes in time", async () => {
    const [first, second] = await Promise.all([host.invoke("{}"), host.invoke("{}", 10_000)]);
    expect([first.payload, second.payload]).toEqual(["3", "4"]);
  });
});
