import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { explainError } from "../../bridge/terminal/explain-error.ts";
import { type ApiAccess, callApi } from "../../commands/api/call-api.ts";
import { getCommandToken, givenToken } from "../../commands/api/command-token.ts";
import { readFirst, readPages } from "../../commands/api/read-pages.ts";
import { untilEnded } from "../../commands/api/until-ended.ts";
import { withApi } from "../../commands/api/with-api.ts";
import { makeTemporaryToken } from "../../commands/secrets/temporary-token.ts";
import { startApiServer } from "../support/api-server.ts";
import { type EmulatedSecrets, startSecrets } from "../support/emulated-secrets.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";
import { type ScriptedAnswer, startScriptedApi } from "../support/scripted-api.ts";

const DoneSchema = v.object({ done: v.number() });
const post = { method: "POST", path: "/v1/x?a=1", body: { note: "n" } } as const;
const impatient = (access: ApiAccess) => ({ ...access, patience: { forMs: 0, everyMs: 1 } });

describe("a request to the API", () => {
  it("shows the token, and gives what the API answers", async () => {
    const { asked, access } = await startScriptedApi({ status: 200, body: { done: 2 } });
    expect(await callApi(access, post, DoneSchema)).toEqual({ done: 2 });
    expect(asked).toMatchObject([
      { path: "/v1/x?a=1", headers: { authorization: "Bearer dnr_x" }, body: { note: "n" } },
    ]);
  });

  it.each<[ScriptedAnswer, string]>([
    [
      { status: 404, body: { detail: "Nothing is known." } },
      "the API answered 404: Nothing is known.",
    ],
    [
      {
        status: 400,
        body: {
          detail: "See.",
          problems: [
            { pointer: "/note/0", detail: "is odd" },
            { pointer: "/x", detail: "is odder" },
            { pointer: "", detail: "give more" },
          ],
        },
      },
      "the API answered 400: See. --note is odd /x is odder give more",
    ],
    [{ status: 502, body: "oops\u001b" }, "the API answered 502 oops?"],
    [{ status: 200, body: {} }, "the API answered 200 {}"],
  ])("that is answered %j says why", async (answer, message) => {
    const { asked, access } = await startScriptedApi(answer);
    const call = { ...post, options: { "/note": "--note" } };
    await expect(callApi(access, call, DoneSchema)).rejects.toThrow(message);
    expect(asked).toHaveLength(1);
  });

  it("waits until a token that was just made is known, and not with one that was given", async () => {
    const unknown = { status: 401, body: { detail: "Token unknown" } };
    const { asked, access } = await startScriptedApi(unknown, unknown, {
      status: 200,
      body: { done: 1 },
    });
    await callApi(access, post, DoneSchema);
    expect(asked).toHaveLength(3);
    const given = await startScriptedApi(unknown);
    await expect(callApi(impatient(given.access), post, DoneSchema)).rejects.toThrow("401");
  });

  it("says that no stack answers", async () => {
    const { access, server } = await startScriptedApi({ status: 200, body: {} });
    await new Promise((resolve) => server.close(resolve));
    await expect(callApi(impatient(access), post, DoneSchema)).rejects.toThrow(
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

describe("the pages of a list", () => {
  const list = { path: "/v1/l", filters: { thisDN: "+7&", server: undefined }, limit: 2 };
  const page = (data: number[], nextCursor: string | null) => ({
    status: 200,
    body: { data, nextCursor },
  });

  it("are read to the end, also behind an empty one", async () => {
    const pages = [page([1, 2], "a/b"), page([], "c"), page([3], null)] as const;
    const { asked, access } = await startScriptedApi(...pages);
    expect(await readFirst(readPages(access, list, v.number()))).toEqual([1, 2, 3]);
    expect(asked.map(({ path }) => path)).toEqual([
      "/v1/l?thisDN=%2B7%26&limit=2",
      "/v1/l?thisDN=%2B7%26&limit=2&cursor=a%2Fb",
      "/v1/l?thisDN=%2B7%26&limit=2&cursor=c",
    ]);
  });

  it("are read only as far as they are wanted", async () => {
    const { asked, access } = await startScriptedApi(page([1, 2], "a"));
    expect(await readFirst(readPages(access, list, v.number()), 2)).toEqual([1, 2]);
    expect(asked).toHaveLength(1);
  });
});

describe("the token of a command", () => {
  let emulated: EmulatedSecrets | undefined;
  afterEach(() => emulated?.stop());
  const purpose = { name: "alerts", scopes: ["alerts:read"] } as const;

  const startStage = async (url = "http://127.0.0.1:9") => {
    emulated = await startSecrets();
    const { secrets, connection } = emulated;
    const stage = { url, stageOption: " --stage dev", secrets };
    return { emulated, stage: { ...stage, connections: { secretsManager: connection } } };
  };
  const invoke = (signal = new AbortController().signal) => ({
    terminal: createRecordingTerminal(),
    signal,
  });

  it("is made for a stage, for this one purpose, waited for, and taken back", async () => {
    const { access } = await startApiServer({ unknownFor: 1 });
    const { emulated: store, stage } = await startStage(access.url);
    const invocation = invoke();
    const use = { stack: stage, given: {}, purpose };
    const seen = await withApi(use, invocation, async (api): Promise<unknown> => {
      expect(api).toMatchObject({ isTemporary: true, token: expect.stringMatching(/^dnr_/) });
      const quick = { ...api, patience: { ...api.patience, everyMs: 1 } };
      await callApi(quick, { method: "GET", path: "/v1/alerts" }, v.unknown());
      return JSON.parse(await store.stored(stage.secrets.readerTokens));
    });
    expect(seen).toMatchObject({ tokens: [purpose] });
    expect(await store.stored(stage.secrets.readerTokens)).toBe('{"tokens":[]}');
    expect(invocation.terminal.noted).toEqual([
      expect.stringMatching(/^made a temporary token \(token_/),
      "the temporary token is revoked",
    ]);
  });

  it("is taken back after an error, and after Ctrl-C", async () => {
    const { emulated: store, stage } = await startStage();
    const use = { stack: stage, given: {}, purpose };
    const fail = () => Promise.reject(new Error("failed"));
    await expect(withApi(use, invoke(), fail)).rejects.toThrow("failed");
    const never = () => new Promise(() => undefined);
    const ended = invoke(AbortSignal.timeout(50));
    await expect(withApi(use, ended, never)).rejects.toThrow("ended early");
    expect(await store.stored(stage.secrets.readerTokens)).toBe('{"tokens":[]}');
  });

  it("is taken back unused where the person ended the command while it was made", async () => {
    const { emulated: store, stage } = await startStage();
    const asked = vi.fn<() => Promise<void>>();
    const use = { stack: stage, given: {}, purpose };
    const attempt = withApi(use, invoke(AbortSignal.abort()), asked);
    await expect(attempt).rejects.toThrow("ended early: nothing was asked for");
    expect(asked).not.toHaveBeenCalled();
    expect(await store.stored(stage.secrets.readerTokens)).toBe('{"tokens":[]}');
  });

  it("is named where it cannot be taken back", async () => {
    const { emulated: store, stage } = await startStage();
    const use = { stack: stage, given: {}, purpose };
    const words = /could not be revoked: do it with npm run tokens -- revoke token_\w+ --stage dev/;
    await expect(withApi(use, invoke(), async () => store.stop())).rejects.toThrow(words);
    const again = await startStage();
    const invocation = invoke();
    const attempt = withApi({ ...use, stack: again.stage }, invocation, async () => {
      again.emulated.stop();
      throw new Error("failed");
    });
    await expect(attempt).rejects.toThrow("failed");
    expect(invocation.terminal.noted.at(-1)).toMatch(words);
  });

  it("is named where it is uncertain whether it was made, and not where it was not", async () => {
    const { emulated: store, stage } = await startStage();
    const { client } = store;
    const make = () => makeTemporaryToken(client, stage, purpose);
    const loseAnswerOf = (command: string) =>
      client.middlewareStack.add(
        (next, { commandName }) =>
          async (args) => {
            const answer = await next(args);
            if (commandName === command) throw new Error("socket hang up");
            return answer;
          },
        { step: "initialize" },
      );
    loseAnswerOf("UpdateSecretVersionStageCommand");
    const error = explainError(await make().catch((thrown: unknown) => thrown));
    const tokens = await store.stored(stage.secrets.readerTokens);
    const [id] = /token_\w+/.exec(tokens) ?? [];
    expect(error).toContain(
      `uncertain whether the temporary token ${id} was made: if npm run tokens -- list --stage dev shows it, revoke it with npm run tokens -- revoke ${id} --stage dev`,
    );
    loseAnswerOf("GetSecretValueCommand");
    await expect(make()).rejects.toThrow(/^socket hang up$/);
  });

  it("is the one that is given, else the local stack's", async () => {
    const { emulated: store, stage } = await startStage();
    const folder = await mkdtemp(join(tmpdir(), "token-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, "token");
    await writeFile(file, "dnr_file\n");
    const local = { ...stage, local: { readerToken: "dnr_local" } };
    const get = (given: Parameters<typeof getCommandToken>[1]) =>
      getCommandToken(local, given, purpose);
    expect(await get({ file, text: "dnr_text" })).toEqual({ value: "dnr_file" });
    expect(await get({ text: "dnr_text" })).toEqual({ value: "dnr_text" });
    expect(await get({ text: "" })).toEqual({ value: "dnr_local" });
    expect(await store.stored(stage.secrets.readerTokens)).toBe('{"tokens":[]}');
    expect(givenToken({ "token-file": "f" })).toMatchObject({ file: "f" });
  });
});
