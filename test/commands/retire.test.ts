import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { getRetireToken } from "../../commands/retire/retire-token.ts";
import { type Retirement, sendRetirement } from "../../commands/retire/send-retirement.ts";
import { untilEnded } from "../../commands/retire/until-ended.ts";
import { type EmulatedSecrets, startSecrets } from "../support/emulated-secrets.ts";

const dn: Retirement = { server: "SIPTS750", thisDN: "7001", author: "Ada", note: "gone" };
const whole: Retirement = { server: "SIPTS750", author: "Ada", note: "gone" };

type Answer = { status: number; body: object | string };

/** An API that gives these answers, then the last one for ever. */
const startApi = async (...answers: readonly [Answer, ...Answer[]]) => {
  const asked: { path: string | undefined; headers: IncomingHttpHeaders; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    asked.push({
      path: request.url,
      headers: request.headers,
      body: JSON.parse(await text(request)),
    });
    const { status, body } = answers[asked.length - 1] ?? answers[answers.length - 1] ?? answers[0];
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : "";
  const patience = { forMs: 1_000, everyMs: 5 };
  return { asked, server, access: { url: `http://127.0.0.1:${port}`, token: "dnr_x", patience } };
};

describe("a retirement", () => {
  it("is asked for with the token, and says what was done", async () => {
    const { asked, access } = await startApi({ status: 200, body: { retired: 2 } });
    expect(await sendRetirement(access, dn)).toBe(
      "retired: 2 registrations for DN 7001 on SIPTS750",
    );
    expect(asked).toMatchObject([
      { path: "/v1/retirements", headers: { authorization: "Bearer dnr_x" }, body: dn },
    ]);
  });

  it.each<[Retirement, Answer, string]>([
    [
      { ...dn, application: "bridge-a" },
      { status: 200, body: { retired: 1 } },
      "retired: 1 registration of bridge-a for DN 7001 on SIPTS750",
    ],
    [
      dn,
      { status: 200, body: { retired: 0 } },
      "nothing to do: DN 7001 on SIPTS750 was retired before",
    ],
    [
      whole,
      { status: 202, body: { status: "under way", applications: ["bridge-a", "bridge-b"] } },
      "under way: all registrations of bridge-a and bridge-b on SIPTS750 are being retired",
    ],
    [
      whole,
      {
        status: 202,
        body: { status: "under way", applications: ["a", "b"], applicationsCount: 40 },
      },
      "under way: all registrations of a, b and 38 more on SIPTS750 are being retired",
    ],
  ])("%j answered %j", async (retirement, answer, line) => {
    const { access } = await startApi(answer);
    expect(await sendRetirement(access, retirement)).toBe(line);
  });

  it.each<[Answer, string]>([
    [
      { status: 404, body: { detail: "Nothing is known of this server." } },
      "the API answered 404: Nothing is known of this server.",
    ],
    [
      {
        status: 400,
        body: { detail: "See the problems.", problems: [{ pointer: "/note", detail: "is odd" }] },
      },
      "the API answered 400: See the problems. /note is odd",
    ],
    [{ status: 502, body: "oops\u001b" }, "the API answered 502 oops?"],
    [{ status: 200, body: {} }, "the API answered 200 {}"],
  ])("that is refused with %j says why", async (answer, message) => {
    const { asked, access } = await startApi(answer);
    await expect(sendRetirement(access, dn)).rejects.toThrow(message);
    expect(asked).toHaveLength(1);
  });

  it("waits until a token that was just made is known", async () => {
    const unknown = { status: 401, body: { detail: "Token unknown" } };
    const { asked, access } = await startApi(unknown, unknown, {
      status: 200,
      body: { retired: 1 },
    });
    await sendRetirement(access, dn);
    expect(asked).toHaveLength(3);
    const patience = { forMs: 0, everyMs: 1 };
    const given = await startApi(unknown);
    await expect(sendRetirement({ ...given.access, patience }, dn)).rejects.toThrow("401");
  });

  it("says that no stack answers", async () => {
    const patience = { forMs: 0, everyMs: 1 };
    const { access, server } = await startApi({ status: 200, body: {} });
    await new Promise((resolve) => server.close(resolve));
    await expect(sendRetirement({ ...access, patience }, dn)).rejects.toThrow(
      `${access.url}: no answer`,
    );
  });

  it("is waited for until Ctrl-C", async () => {
    const never = new Promise<string>(() => undefined);
    expect(await untilEnded(Promise.resolve("done"), new AbortController().signal)).toBe("done");
    await expect(untilEnded(never, AbortSignal.timeout(5))).rejects.toThrow("ended early");
    await expect(untilEnded(never, AbortSignal.abort())).rejects.toThrow("ended early");
  });
});

describe("the token for a retirement", () => {
  let emulated: EmulatedSecrets | undefined;
  afterEach(() => emulated?.stop());

  const startStage = async () => {
    emulated = await startSecrets();
    const { secrets, connection } = emulated;
    return { emulated, stage: { secrets, connections: { secretsManager: connection } } };
  };

  it("is made for a stage, for this one purpose, and taken back", async () => {
    const { emulated: store, stage } = await startStage();
    const { value, revoke } = await getRetireToken(stage, {});
    expect(value).toMatch(/^dnr_/);
    expect(JSON.parse(await store.stored(stage.secrets.readerTokens))).toMatchObject({
      tokens: [{ name: "retire", scopes: ["registrations:write"] }],
    });
    await revoke?.();
    expect(await store.stored(stage.secrets.readerTokens)).toBe('{"tokens":[]}');
  });

  it("is the one that is given, else the local stack's", async () => {
    const { emulated: store, stage } = await startStage();
    const folder = await mkdtemp(join(tmpdir(), "retire-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, "token");
    await writeFile(file, "dnr_file\n");
    const local = { ...stage, local: { readerToken: "dnr_local" } };
    expect(await getRetireToken(local, { file, text: "dnr_text" })).toEqual({ value: "dnr_file" });
    expect(await getRetireToken(local, { text: "dnr_text" })).toEqual({ value: "dnr_text" });
    expect(await getRetireToken(local, { text: "" })).toEqual({ value: "dnr_local" });
    expect(await store.stored(stage.secrets.readerTokens)).toBe('{"tokens":[]}');
  });
});
