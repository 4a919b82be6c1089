import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { Webhook } from "standardwebhooks";
import * as v from "valibot";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runScript } from "../support/run-script.ts";
import { startBridge } from "./support/bridge-process.ts";

const key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const Envelope = v.object({ serverName: v.string(), events: v.array(v.unknown()) });
const isBad = (event: unknown): boolean => JSON.stringify(event).includes("bad");

describe("npm run bridge", () => {
  let server: Server;
  let url: string;
  let folder: string;
  let answers: number[];
  let sizes: number[];
  let serverNames: string[];
  let retryAfter: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const reply = async (): Promise<void> => {
        const body = await text(request);
        new Webhook(key).verify(body, v.parse(v.record(v.string(), v.string()), request.headers));
        const { serverName, events } = v.parse(Envelope, JSON.parse(body));
        serverNames.push(serverName);
        sizes.push(events.length);
        const status = answers.shift() ?? (events.some(isBad) ? 400 : 200);
        const results = events.map((_, index) => ({ index, id: "i", outcome: "applied" }));
        response.writeHead(status, { "retry-after": retryAfter });
        response.end(JSON.stringify(status === 200 ? { results } : {}));
      };
      void reply().catch(() => response.writeHead(401, { "retry-after": "60" }).end("{}"));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "send-"));
    answers = [];
    sizes = [];
    serverNames = [];
    retryAfter = "0";
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  afterAll(() => {
    server.close();
  });

  const send = (
    input: string,
    args: readonly string[] = [],
    options: { bridgeKey?: string; interruptAt?: string } = {},
  ) =>
    runScript(
      "bridge/main.ts",
      ["--url", url, "--server-name", "S", "--spool", folder, ...args, "-"],
      {
        input,
        environment: { BRIDGE_KEY: options.bridgeKey ?? key },
        ...(options.interruptAt !== undefined && { interruptAt: options.interruptAt }),
      },
    );

  it("says as whom it reports, sends, repeats what did not get through, and sums up", async () => {
    answers = [503];
    const { code, stdout, stderr } = await send('{"ThisDN":"1"}\n{"ThisDN":"2"}\n');
    expect(stdout).toBe("applied   S 1 ? ?\napplied   S 2 ? ?\n2 events: 2 applied\n");
    expect(stderr).toContain(`to ${url} as the application that its key names`);
    expect(stderr).toContain("T-Server: S, or as an event names it");
    expect(stderr).toMatch(/answered 503, again in 1\.[0-5] s/);
    expect(serverNames).toEqual(["S", "S"]);
    expect(code).toBe(0);
  });

  it("goes on after a line that is not JSON, sets it aside, and does not call that a success", async () => {
    const { code, stdout, stderr } = await send('{"ThisDN":"1"}\noops\n');
    expect(stderr).toContain("stdin:2: not JSON");
    expect(stdout).toContain("2 events: 1 applied, 1 not readable");
    expect(readFileSync(join(folder, "rejected.ndjson"), "utf8")).toContain('"unreadable":"oops"');
    expect(code).toBe(1);
  });

  it("halves what is refused until the one event that spoils it is set aside", async () => {
    const lines = Array.from(
      { length: 101 },
      (_, dn) => `{"ThisDN":"${dn === 40 ? "bad" : dn}"}\n`,
    );
    const { code, stdout, stderr } = await send(lines.join(""));
    expect(stderr).toContain("refused   stdin:41: answered 400");
    expect(stdout).toContain("101 events: 100 applied, 1 refused");
    expect(sizes.slice(0, 4)).toEqual([100, 50, 25, 25]);
    expect(code).toBe(1);
    const rejected = readFileSync(join(folder, "rejected.ndjson"), "utf8");
    expect(JSON.parse(rejected)).toMatchObject({
      where: "stdin:41",
      why: "answered 400",
      serverName: "S",
      events: [{ ThisDN: "bad" }],
    });
  });

  it("takes the file of what was set aside, once mended, as input", async () => {
    await send('{"ThisDN":"bad"}\noops\n');
    const file = join(folder, "rejected.ndjson");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll('"bad"', '"7"'));
    const { stdout } = await runScript(
      "bridge/main.ts",
      ["--url", url, "--spool", join(folder, "b"), file],
      { environment: { BRIDGE_KEY: key } },
    );
    expect(stdout).toBe("applied   S 7 ? ?\n1 event: 1 applied\n");
  });

  it("keeps what it has where its key is not taken, and says why", async () => {
    const { code, stdout, stderr } = await send('{"ThisDN":"1"}', [], {
      bridgeKey: "whsec_AAAA",
      interruptAt: "again in",
    });
    expect(stderr).toContain("answered 401\nthe clock is right, so it is the key");
    expect(stdout).toBe("ended early: 1 event: 0 applied, 1 kept for the next run\n");
    expect(code).toBe(1);
    const next = await send("");
    expect(next.stderr).toContain("1 events are left from an earlier run and go first");
    expect(next.stdout).toBe("applied   S 1 ? ?\n1 event: 1 applied\n");
  });

  it("writes lines for machines where it is asked to", async () => {
    const { stdout, stderr } = await send('{"ThisDN":"1"}\noops\n', ["--json"]);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(lines).toMatchObject([
      { type: "note" },
      { type: "unreadable", where: "stdin:2" },
      { type: "outcome", outcome: "applied", server: "S", thisDN: "1", where: "stdin:1" },
      { type: "note" },
      { type: "summary", outcomes: { applied: 1 }, kept: 0, unreadable: 1, endedEarly: false },
    ]);
    expect(stderr).toBe("");
  });

  it("shows what it would send, and sends nothing", async () => {
    const input = '{"ThisDN":"1"}\n{"serverName":"A","events":[]}\n{"closing":true}\n';
    const { code, stdout } = await send(input, ["--dry-run"]);
    expect(stdout).toBe(
      "stdin:1  S 1 ? ?\nstdin:2  A heartbeat\nstdin:3  S heartbeat, the last one\n1 event would be sent, 0 not readable\n",
    );
    expect([code, sizes]).toEqual([0, []]);
  });

  it("loses no line of its output to a reader that is slow", async () => {
    const file = join(folder, "many.ndjson");
    writeFileSync(file, '{"ThisDN":"1"}\n'.repeat(20_000));
    const command = '"$0" bridge/main.ts --dry-run "$1" | (sleep 1; wc -l)';
    const { stdout } = await promisify(execFile)("sh", ["-c", command, process.execPath, file]);
    expect(stdout.trim()).toBe("20001");
  });

  it.each([
    ["no file", [], "give at least one file"],
    ["an unknown option", ["--fast", "-"], "Unknown option '--fast'"],
    ["no key", ["--url", "http://127.0.0.1", "-"], "--url needs a key"],
    ["an address without TLS", ["--url", "http://a.example", "-"], "goes to this machine only"],
    [
      "a second one",
      ["--url", "https://a.example", "--url", "http://b.example", "-"],
      "--url: http",
    ],
    ["a server name that is a handle", ["--server-name", "65200", "-"], "--server-name:"],
    ["a format that it does not read", ["--format", "csv", "-"], "--format: one of ndjson"],
    ["following a log", ["--follow", "--format", "t-server-log", "a"], "--follow reads NDJSON"],
    ["following two files", ["--follow", "a", "b"], "--follow takes one file"],
  ])("shows its usage for %s", async (_, args, message) => {
    const { code, stderr } = await runScript("bridge/main.ts", args);
    expect(stderr).toContain(message);
    expect(stderr).toContain("npm run bridge -- FILE…");
    expect(code).toBe(2);
  });

  it.each([
    ["a file that is not there", ["nowhere.ndjson"], "there is no file nowhere.ndjson"],
    ["a folder", ["bridge"], "bridge is a folder"],
    ["a key file without a key", ["--key-file", "package.json", "-"], "holds no bridge key"],
    ["a file of another kind", ["LICENSE.csv"], "there is no file"],
    ["a log for a remote stack", ["test/fixtures/t-server.log", "--server-name", "S"], "is a log"],
  ])("says in one line what is wrong with %s", async (_, args, message) => {
    const { code, stderr } = await runScript(
      "bridge/main.ts",
      ["--url", url, "--spool", folder, ...args],
      { environment: { BRIDGE_KEY: key } },
    );
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toContain(message);
    expect(code).toBe(1);
  });

  it("takes no local stack that is not on this machine", async () => {
    const bridge = { name: "local", key };
    mkdirSync(join(folder, ".local"));
    const file = join(folder, ".local/stack.json");
    writeFileSync(file, JSON.stringify({ url: "http://a.example", bridge, pid: process.pid }));
    const { exit, stderr } = startBridge(["a.ndjson"], {}, folder);
    expect(await exit).toBe(1);
    expect(stderr()).toContain("stack.json cannot be read: stop the local stack, remove the file");
  });

  it("lists the clients of a T-Server log where none is chosen", async () => {
    const { code, stderr } = await runScript(
      "bridge/main.ts",
      [
        "--url",
        url,
        "--spool",
        folder,
        "--server-name",
        "S",
        "--allow-remote",
        "test/fixtures/t-server.log",
      ],
      { environment: { BRIDGE_KEY: key } },
    );
    expect(stderr).toContain("holds the events of 2 clients");
    expect(stderr).toContain("  bridge-a  6 events\n  ICON Voice  2 events");
    expect(code).toBe(1);
  });
});
