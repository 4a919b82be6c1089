import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { startBridge } from "./support/bridge-process.ts";
import { until } from "./support/kill-test.ts";
import { manyEvents } from "./support/many-events.ts";

const Page = v.object({
  data: v.array(
    v.object({ thisDN: v.string(), status: v.string(), verdict: v.optional(v.string()) }),
  ),
  nextCursor: v.nullable(v.string()),
});

let folder = "";
let stack: LocalStack;
const start = async (port = "0"): Promise<void> => {
  const args = ["--data", join(folder, "data")];
  stack = await startLocalStack({ directory: folder, args, env: { PORT: port } });
};
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "local-kill-"));
  await start();
});
afterEach(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

const registrations = async () => {
  const found: v.InferOutput<typeof Page>["data"] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const response = await fetch(`${stack.url}/v1/registrations?limit=500${query}`, {
      headers: { authorization: `Bearer ${stack.description.readerToken}` },
    });
    const page = v.parse(Page, await response.json());
    found.push(...page.data);
    cursor = page.nextCursor;
  }
  return found;
};

const count = (all: Awaited<ReturnType<typeof registrations>>) => {
  const counts: Record<string, number> = {};
  for (const { status, verdict = "" } of all) {
    const name = `${status} ${verdict}`.trim();
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
};

it("loses nothing when the bridge and then the whole local stack are killed", {
  timeout: 400_000,
}, async () => {
  // Every DN comes, and then goes: two thirds for no reason that anybody gave.
  const lines = manyEvents(1_000, 500);
  const file = join(folder, "events.ndjson");
  writeFileSync(file, lines.join("\n"));
  const args = ["--server-name", "SIPTS750", file];
  const first = startBridge(args, {}, folder);
  await until(() => first.stdout().split("\n").length > 150);
  await first.kill();

  const second = startBridge(args, {}, folder);
  await until(() => second.stdout().split("\n").length > 450);
  stack.process.kill("SIGKILL");
  await once(stack.process, "exit");
  await until(() => second.stderr().includes("again in"));
  await start(new URL(stack.url).port);
  expect(await second.exit).toBe(0);

  expect(count(await registrations())).toEqual({
    "unregistered expected": 167,
    "unregistered unexpected": 333,
  });
});
