import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterAll, describe, expect, it } from "vitest";
import { createFunctionHost, type FunctionHost } from "../../../local/functions/function-host.ts";
import {
  type InvocationOutcome,
  stoppedLoop,
} from "../../../local/functions/invocation-outcome.ts";

const CopySchema = v.object({ most: v.number(), copy: v.string() });
const hosts: FunctionHost[] = [];

const host = (source: string, maxEnvironments = 2, allowsLoops = false) => {
  const directory = mkdtempSync(join(tmpdir(), "function-"));
  writeFileSync(join(directory, "index.mjs"), source);
  const logs: string[] = [];
  const failures: unknown[] = [];
  const created = createFunctionHost(
    {
      name: "greet",
      arn: "arn:greet",
      directory,
      handler: "index.handler",
      timeoutSeconds: 0.5,
      memoryMegabytes: 256,
      environment: { GREETING: "hello" },
      allowsLoops,
    },
    {
      log: (text) => logs.push(text),
      onFailure: (failure) => failures.push(failure),
      maxEnvironments,
    },
  );
  hosts.push(created);
  const run = async (event: unknown) => {
    const invocation = await created.invoke(JSON.stringify(event));
    return { kind: invocation.kind, payload: JSON.parse(invocation.payload) };
  };
  return { run, logs, failures, warm: created.warm, invoke: created.invoke };
};

afterAll(() => Promise.all(hosts.map((host) => host.stop())));

const failed = (payload: object) => ({
  kind: "failed",
  payload: expect.objectContaining(payload),
});

describe("function host", () => {
  it("gives the function its event, its own environment and a real context", async () => {
    const { run } = host(`export const handler = async (event, context) => ({
      event, greeting: process.env.GREETING, home: process.env.HOME ?? "none",
      remaining: context.getRemainingTimeInMillis(), name: context.functionName,
      arn: context.invokedFunctionArn, memory: context.memoryLimitInMB, id: context.awsRequestId,
    });`);
    const { payload } = await run({ a: 1 });
    expect(payload).toMatchObject({
      event: { a: 1 },
      greeting: "hello",
      home: "none",
      name: "greet",
      arn: "arn:greet",
      memory: "256",
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const { remaining } = v.parse(v.object({ remaining: v.number() }), payload);
    expect(remaining).toBeGreaterThan(300);
    expect(remaining).toBeLessThanOrEqual(500);
  });

  it("makes an invocation error of what the function throws, and null of nothing", async () => {
    const { run, logs } = host(`export const handler = async (event) => {
      if (event.fail) throw new TypeError("no such thing");
    };`);
    const error = { errorType: "TypeError", errorMessage: "no such thing" };
    expect(await run({ fail: true })).toEqual(failed(error));
    expect(await run({})).toEqual({ kind: "answered", payload: null });
    await expect.poll(() => logs.join("")).toContain("no such thing");
  });

  it("ends a function that takes too long and goes on with a new one", async () => {
    const { run } = host(`let calls = 0;
      export const handler = async ({ loop }) => { calls += 1; while (loop) {} return calls; };`);
    expect(await run({})).toEqual({ kind: "answered", payload: 1 });
    expect(await run({ loop: true })).toEqual(
      failed({ errorMessage: "Task timed out after 0.50 seconds" }),
    );
    expect(await run({})).toEqual({ kind: "answered", payload: 1 });
  });

  it.each([
    ["exits", "process.exit(3)", { errorMessage: "the function exited with code 3" }],
    ["crashes", "setImmediate(() => { throw new RangeError('far') })", { errorType: "RangeError" }],
    ["rejects unheard", "void Promise.reject(new RangeError('far'))", { errorType: "RangeError" }],
  ])("starts a new environment after a function that %s", async (_name, code, error) => {
    const { run } = host(`export const handler = async ({ crash }) => {
      if (crash) { ${code}; await new Promise((resolve) => setTimeout(resolve, 400)); }
      return "fine";
    };`);
    expect(await run({ crash: true })).toEqual(failed(error));
    expect(await run({})).toEqual({ kind: "answered", payload: "fine" });
  });

  it("does not blame an invocation for a crash between two invocations", async () => {
    const { run, logs } = host(`export const handler = async ({ crash }) => {
      if (crash) setTimeout(() => { throw new Error("later"); }, 20);
      return "fine";
    };`);
    await run({ crash: true });
    await expect.poll(() => logs.join("")).toContain("later");
    expect(await run({})).toEqual({ kind: "answered", payload: "fine" });
  });

  it("fails an invocation whose answer is larger than the 6 MB that Lambda passes on", async () => {
    const { run, failures } = host("export const handler = async ({ n }) => 'ü'.repeat(n);");
    const most = (6_291_556 - 2) / 2;
    expect((await run({ n: most })).kind).toBe("answered");
    expect(await run({ n: most + 1 })).toEqual(
      failed({
        errorType: "Function.ResponseSizeTooLarge",
        errorMessage:
          "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
      }),
    );
    expect(failures).toHaveLength(1);
  });

  it("says why a function cannot be loaded, when it is warmed and when it is invoked", async () => {
    const { run, warm } = host('throw new Error("no table");');
    const failure = await warm();
    expect(failure?.kind === "failed" && failure.payload).toContain("no table");
    expect(await run({})).toEqual(failed({ errorMessage: "no table" }));
  });

  it("runs one invocation at a time in an environment, and as many environments as allowed", async () => {
    const { run } = host(`let running = 0; let most = 0;
      export const handler = async () => {
        running += 1; most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 150));
        running -= 1;
        return { most, copy: process.pid + ":" + (globalThis.copy ??= Math.random()) };
      };`);
    const answers = await Promise.all(Array.from({ length: 6 }, () => run({})));
    const payloads = answers.map(({ payload }) => v.parse(CopySchema, payload));
    expect(Math.max(...payloads.map(({ most }) => most))).toBe(1);
    expect(new Set(payloads.map(({ copy }) => copy)).size).toBe(2);
  });
});

describe("a chain of invocations", () => {
  /** Invokes the function with the trace header that its last invocation had, so often. */
  const chain = async (allowsLoops: boolean, invocations: number) => {
    const { invoke } = host(
      "export const handler = async () => process.env._X_AMZN_TRACE_ID;",
      1,
      allowsLoops,
    );
    const outcomes: InvocationOutcome[] = [];
    let headers: string[] = [];
    for (let count = 0; count < invocations; count += 1) {
      const outcome = await invoke("{}", undefined, headers);
      outcomes.push(outcome);
      if (outcome.kind === "answered") headers = [v.parse(v.string(), JSON.parse(outcome.payload))];
    }
    return outcomes;
  };

  it("is stopped after 16 of a function that does not allow loops", async () => {
    const outcomes = await chain(false, 18);
    expect(outcomes.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 16 }, () => "answered"),
      "failed",
      "failed",
    ]);
    expect(outcomes.slice(16)).toEqual([stoppedLoop, stoppedLoop]);
  });

  it("goes on when the function allows loops", async () => {
    expect(new Set((await chain(true, 40)).map(({ kind }) => kind))).toEqual(new Set(["answered"]));
  });
});
