import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import * as v from "valibot";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runScript } from "../support/run-script.ts";

const key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const Envelope = v.object({ serverName: v.string(), events: v.array(v.unknown()) });

describe("npm run bridge", () => {
  let server: Server;
  let url: string;
  let answers: number[];
  let serverNames: string[];
  let retryAfter: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const reply = async (): Promise<void> => {
        const body = await text(request);
        new Webhook(key).verify(body, v.parse(v.record(v.string(), v.string()), request.headers));
        const { serverName, events } = v.parse(Envelope, JSON.parse(body));
        serverNames.push(serverName);
        const status = answers.shift() ?? 200;
        const results = events.map((_, index) => ({ index, id: "i", outcome: "applied" }));
        response.writeHead(status, { "retry-after": retryAfter });
        response.end(JSON.stringify(status === 200 ? { results } : {}));
      };
      void reply().catch(() => response.writeHead(401).end("{}"));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  });
  beforeEach(() => {
    answers = [];
    serverNames = [];
    retryAfter = "0";
  });
  afterAll(() => {
    server.close();
  });

  const send = (input: string, args: readonly string[] = [], bridgeKey = key) =>
    runScript("bridge/send.ts", ["--url", url, "--server-name", "S", ...args, "-"], {
      input,
      environment: { BRIDGE_KEY: bridgeKey },
    });

  it("sends, repeats what did not get through, and sums up", async () => {
    answers = [503];
    const { code, stdout, stderr } = await send('{"ThisDN":"1"}\n{"ThisDN":"2"}\n');
    expect(stdout).toBe("applied   S 1 ? ? i\napplied   S 2 ? ? i\n2 events: 2 applied\n");
    expect(stderr).toContain("answered 503, again in 0.0 s");
    expect(serverNames).toEqual(["S", "S"]);
    expect(code).toBe(0);
  });

  it("goes on after a line that is not JSON, and does not call that a success", async () => {
    const { code, stdout, stderr } = await send('{"ThisDN":"1"}\noops\n');
    expect(stderr).toContain("stdin:2: not JSON");
    expect(stdout).toContain("2 events: 1 applied, 1 not readable");
    expect(code).toBe(1);
  });

  it("goes on after a refused batch", async () => {
    answers = [400];
    const many = '{"ThisDN":"1"}\n'.repeat(101);
    const { code, stdout, stderr } = await send(many);
    expect(stderr).toContain("refused  stdin:1 to stdin:100: answered 400");
    expect(stdout).toContain("101 events: 1 applied, 100 refused");
    expect(code).toBe(1);
  });

  it("stops, and says why, where its key is not taken", async () => {
    const { code, stdout, stderr } = await send('{"a":1}', [], "whsec_AAAA");
    expect(stderr).toContain("answered 401\nthe clock is right, so it is the key");
    expect(stdout).toBe("1 event: 0 applied, 1 not sent\n");
    expect(code).toBe(1);
  });

  it("says what was sent when it is ended", async () => {
    answers = [500];
    retryAfter = "60";
    const { code, stdout } = await runScript(
      "bridge/send.ts",
      ["--url", `${url}/v1/events`, "--server-name", "S", "-"],
      {
        input: '{"a":1}',
        environment: { BRIDGE_KEY: key },
        interruptAt: "again in",
      },
    );
    expect(stdout).toBe("ended early: 1 event: 0 applied, 1 not sent\n");
    expect(code).toBe(1);
  });

  it.each([
    ["no file", [], "which file?"],
    ["an unknown option", ["--fast", "-"], "Unknown option '--fast'"],
    ["no key", ["--url", "http://127.0.0.1", "-"], "--url needs a key"],
    ["a server name that is a handle", ["--server-name", "65200", "-"], "--server-name:"],
  ])("shows its usage for %s", async (_, args, message) => {
    const { code, stderr } = await runScript("bridge/send.ts", args);
    expect(stderr).toContain(message);
    expect(stderr).toContain("npm run bridge -- FILE…");
    expect(code).toBe(2);
  });

  it.each([
    ["a file that is not there", ["nowhere.ndjson"], "there is no file nowhere.ndjson"],
    ["a key file without a key", ["--key-file", "package.json", "-"], "holds no bridge key"],
  ])("says in one line what is wrong with %s", async (_, args, message) => {
    const { code, stderr } = await runScript("bridge/send.ts", ["--url", url, ...args], {
      environment: { BRIDGE_KEY: key },
    });
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toContain(message);
    expect(code).toBe(1);
  });
});
