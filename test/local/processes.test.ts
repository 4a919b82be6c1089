import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { findDynamoDbLocal } from "../../local/emulators/dynamodb-local.ts";
import { findDynoxide } from "../../local/emulators/dynoxide.ts";
import { createLocalClients } from "../../local/emulators/local-clients.ts";
import { descendantsOf, processTable } from "../../proof/stack/process-table.ts";
import { type LocalStack, runLocalStack, startLocalStack } from "../support/local-stack.ts";
import { writeTinyAssembly } from "../support/tiny-assembly.ts";

const project = join(import.meta.dirname, "../..");
const api = "export const handler = async () => 'fine';";
const stream = `export const handler = async ({ Records }) => {
  for (const { dynamodb } of Records) console.log("taken " + dynamodb.Keys.id.S);
};`;
let assembly: readonly string[];
const stacks: LocalStack[] = [];
beforeAll(() => {
  const directory = writeTinyAssembly(mkdtempSync(join(tmpdir(), "tiny-")), { api, stream });
  assembly = ["--assembly", directory];
});

const processLines = (): readonly string[] =>
  spawnSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).stdout.split("\n");
const pidOf = (line: string): number => Number.parseInt(line, 10);

/** The processes of a stack and its emulators when it was ready. */
const started = new WeakMap<LocalStack, readonly string[]>();
const findProcesses = async ({ description: { pid } }: LocalStack): Promise<readonly string[]> => {
  const below = descendantsOf(await processTable(), pid).map((row) => row.pid);
  return processLines().filter((line) => [pid, ...below].includes(pidOf(line)));
};
/** Those of them that are still there. */
const processesOf = (stack: LocalStack): readonly string[] => {
  const then = started.get(stack) ?? [];
  return processLines().filter((line) => then.includes(line));
};

afterEach(async () => {
  for (const stack of stacks.splice(0)) {
    stack.process.kill("SIGKILL");
    await expect.poll(() => processesOf(stack)).toEqual([]);
    rmSync(stack.directory, { recursive: true, force: true });
  }
});

const start = async (options: Parameters<typeof startLocalStack>[0] = {}): Promise<LocalStack> => {
  const directory = mkdtempSync(join(tmpdir(), "dn-registration-"));
  const stack = await startLocalStack({ directory, args: assembly, ...options });
  stacks.push(stack);
  started.set(stack, await findProcesses(stack));
  return stack;
};

const functionLog = ({ directory }: LocalStack) =>
  readFileSync(join(directory, ".local/functions.log"), "utf8");
const stackFile = ({ directory }: LocalStack) => join(directory, ".local/stack.json");
const exitOf = (stack: LocalStack) =>
  new Promise<number | null>((resolve) => stack.process.once("close", resolve));

describe("processes of the local stack", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("are all gone after %s", async (signal) => {
    const stack = await start();
    expect(processesOf(stack).length).toBeGreaterThan(1);
    const before = Date.now();
    const exit = exitOf(stack);
    stack.process.kill(signal);
    expect(await exit).toBe(0);
    expect(Date.now() - before).toBeLessThan(5000);
    await expect.poll(() => processesOf(stack)).toEqual([]);
    expect(existsSync(stackFile(stack))).toBe(false);
  });

  it("are all gone after kill -9, and the next start replaces what was left", async () => {
    const killed = await start();
    killed.process.kill("SIGKILL");
    await expect.poll(() => processesOf(killed)).toEqual([]);
    expect(existsSync(stackFile(killed))).toBe(true);
    const next = await start({ directory: killed.directory });
    expect(next.description.pid).not.toBe(killed.description.pid);
  });

  it("are all gone when npm is killed", async () => {
    const directory = mkdtempSync(join(tmpdir(), "dn-registration-"));
    symlinkSync(join(project, "node_modules"), join(directory, "node_modules"));
    const script = `node ${join(project, "local/start.ts")}`;
    writeFileSync(join(directory, "package.json"), JSON.stringify({ scripts: { start: script } }));
    const stack = await start({ directory, command: ["npm", "start", "--"] });
    expect(stack.process.pid).not.toBe(stack.description.pid);
    stack.process.kill("SIGKILL");
    await expect.poll(() => processesOf(stack)).toEqual([]);
    expect(existsSync(stackFile(stack))).toBe(false);
  });

  it("all end, with a message, when an emulator dies", async () => {
    const stack = await start({ args: [...assembly, "--engine", "dynoxide"] });
    const exit = exitOf(stack);
    const engine = processesOf(stack).find((line) => /^\s*\d+ \S*dynoxide serve/.test(line));
    process.kill(pidOf(engine ?? ""), "SIGKILL");
    expect(await exit).toBe(1);
    expect(stack.output()).toMatch(/dynoxide .* has ended, so the local stack ends too/);
    expect(processesOf(stack)).toEqual([]);
    expect(existsSync(stackFile(stack))).toBe(false);
  });
});

describe("a start that fails", () => {
  it("says that the port is taken, and what to do", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const directory = mkdtempSync(join(tmpdir(), "dn-registration-"));
    const run = runLocalStack({ directory, args: assembly, env: { PORT: port } });
    expect(await run.exit).toBe(1);
    expect(run.output()).toMatch(`Port ${port} is taken by another program`);
    expect(run.output()).toMatch(/PORT=\d+ npm start/);
    server.close();
  });

  it("says where the stack is already running", async () => {
    const stack = await start();
    const second = runLocalStack({ directory: stack.directory, args: assembly });
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain(`already running at ${stack.url}`);
    expect(existsSync(stackFile(stack))).toBe(true);
  });

  it("shows no stack trace for an unknown option", async () => {
    const directory = mkdtempSync(join(tmpdir(), "dn-registration-"));
    const run = runLocalStack({ directory, args: ["--nope"] });
    expect(await run.exit).toBe(1);
    expect(run.output()).toMatch(/Unknown option '--nope'/);
    expect(run.output()).not.toMatch(/\n\s+at /);
  });
});

const engines = [
  ...(findDynoxide().kind === "missing" ? [] : ["dynoxide"]),
  ...(findDynamoDbLocal().kind === "missing" ? [] : ["dynamodb-local"]),
];
const put = (stack: LocalStack, id: string) =>
  createLocalClients(stack.description.endpoints, "us-east-1").dynamodb.send(
    new PutItemCommand({ TableName: stack.description.tables.status, Item: { id: { S: id } } }),
  );
const taken = (stack: LocalStack) => functionLog(stack).match(/taken \w+/g);
const end = async (stack: LocalStack) => {
  const exit = exitOf(stack);
  stack.process.kill("SIGINT");
  await exit;
};

describe("--data", () => {
  it.each(engines.slice(0, 1))(
    "keeps tables on %s, and delivers no change twice",
    async (engine) => {
      const data = mkdtempSync(join(tmpdir(), "data-"));
      const options = { args: [...assembly, "--engine", engine, "--data", data] };
      const first = await start(options);
      await put(first, "one");
      await expect.poll(() => taken(first)).toEqual(["taken one"]);
      await end(first);
      const second = await start(options);
      expect(second.output()).toContain("queues and topics are new");
      const { bridge, readerToken } = first.description;
      expect(second.description).toMatchObject({ bridge, readerToken });
      await put(second, "two");
      await expect.poll(() => taken(second)).toEqual(["taken two"]);
      const { dynamodb } = createLocalClients(second.description.endpoints, "us-east-1");
      const TableName = second.description.tables.status;
      expect((await dynamodb.send(new ScanCommand({ TableName }))).Count).toBe(2);
    },
  );

  it.each(engines)("delivers on %s what the function had not taken", async (engine) => {
    const data = mkdtempSync(join(tmpdir(), "data-"));
    const args = ["--engine", engine, "--data", data];
    const failing = "export const handler = async () => { throw new Error('not now'); };";
    const directory = mkdtempSync(join(tmpdir(), "tiny-"));
    writeTinyAssembly(directory, { api, stream: failing });
    const first = await start({ args: [...args, "--assembly", directory] });
    await put(first, "one");
    await expect.poll(() => first.output()).toContain("not now");
    await end(first);
    const second = await start({ args: [...args, ...assembly] });
    await expect.poll(() => taken(second)).toEqual(["taken one"]);
  });
});
