import { createHash } from "node:crypto";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isBridgeKey } from "../../bridge/sign.ts";
import {
  addKey,
  bridgeKeysOf,
  listKeys,
  revokeKey,
  type SecretContext,
} from "../../commands/secrets/manage-keys.ts";
import { addToken, listTokens, revokeToken } from "../../commands/secrets/manage-tokens.ts";
import { updateSecret } from "../../commands/secrets/update-secret.ts";
import { maxBridgeKeys } from "../../lambda/domain/access/bridge-key.ts";
import { type EmulatedSecrets, startSecrets } from "../support/emulated-secrets.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";

describe("keys and tokens", () => {
  let emulated: EmulatedSecrets;
  let stack: SecretContext["stack"];
  beforeEach(async () => {
    emulated = await startSecrets();
    const { secrets } = emulated;
    stack = {
      title: "the stack",
      url: "http://127.0.0.1:3000",
      stageOption: " --stage x",
      secrets,
    };
  });
  afterEach(() => emulated.stop());

  const start = () => {
    const terminal = createRecordingTerminal();
    return { terminal, context: { client: emulated.client, stack, terminal } };
  };

  it("shows a key once: only when it is made", async () => {
    const { context, terminal } = start();
    await addKey(context, { name: "bridge-a", servers: ["SIPTS750"], serverName: "SIPTS750" });
    const [key = ""] = terminal.printed;
    expect(isBridgeKey(key)).toBe(true);
    expect(Buffer.from(key.slice(6), "base64")).toHaveLength(32);
    const list = start();
    await listKeys(list.context);
    expect(list.terminal.printed).toHaveLength(2);
    expect(list.terminal.printed[1]).toMatch(
      /^key_[0-9a-f]{8} {2}bridge-a {2}SIPTS750 {5}SIPTS750 {2}/,
    );
    expect(list.terminal.printed.join()).not.toContain("whsec_");
  });

  it("says with a new key everything that it may name", async () => {
    const { context, terminal } = start();
    const many = Array.from({ length: 10 }, (_, index) => `SIPTS75${index}`);
    await addKey(context, { name: "a", servers: many });
    for (const name of many) expect(terminal.noted.join("\n")).toContain(`"${name}"`);
    await addKey(context, { name: "b", servers: ["*"] });
    expect(terminal.noted.join("\n")).toContain("it may name every T-Server");
  });

  it("lists which T-Servers each key may name", async () => {
    const { context } = start();
    const many = Array.from({ length: 10 }, (_, index) => `SIPTS75${index}`);
    await addKey(context, { name: "a", servers: ["*"] });
    await addKey(context, { name: "b", servers: many });
    const old = { id: "key_1", name: "c", key: `whsec_${"A".repeat(43)}=`, createdAt: "" };
    await updateSecret(emulated.client, bridgeKeysOf(stack), ({ keys }) => ({
      keys: [...keys, old],
    }));
    const list = start();
    await listKeys(list.context);
    expect(list.terminal.printed.map((line) => line.split(/ {2,}/)[3])).toEqual([
      "SERVERS",
      "*",
      "SIPTS750, SIPTS751, SIPTS752 and 7 more",
      "unrestricted",
    ]);
  });

  it("gives programs JSON, and nothing secret of what was made before", async () => {
    const added = start();
    const purpose = { name: "bridge-a", servers: ["A", "B"], serverName: "B" };
    await addKey({ ...added.context, json: true }, purpose);
    await addToken({ ...added.context, json: true }, "crm", ["registrations:read"]);
    const [key, token, ...more] = added.terminal.printed.map((line): unknown => JSON.parse(line));
    expect(more).toEqual([]);
    const createdAt = expect.any(String);
    const id = expect.stringMatching(/^(?:key|token)_/);
    expect(key).toEqual({ ...purpose, id, key: expect.stringMatching(/^whsec_/), createdAt });
    const scopes = ["registrations:read"];
    const shown = { id, name: "crm", scopes, createdAt };
    expect(token).toEqual({ ...shown, token: expect.stringMatching(/^dnr_/) });
    const listed = start();
    await listKeys({ ...listed.context, json: true });
    await listTokens({ ...listed.context, json: true });
    expect(listed.terminal.printed.map((line): unknown => JSON.parse(line))).toEqual([
      [{ ...purpose, id, createdAt }],
      [shown],
    ]);
  });

  it("refuses what no secret holds, says what to do, and changes nothing", async () => {
    const { context } = start();
    const servers = Array.from({ length: 100 }, (_, index) => `${index}`.padEnd(128, "ü"));
    await addKey(context, { name: "a", servers });
    await addKey(context, { name: "a", servers });
    const before = await emulated.stored(stack.secrets.bridgeKeys);
    await expect(addKey(context, { name: "a", servers })).rejects.toThrow(
      /bytes, and a secret holds 65536: revoke what is no longer used/,
    );
    expect(await emulated.stored(stack.secrets.bridgeKeys)).toBe(before);
  });

  it("says with the second key of a name how to revoke the first, and when a revocation holds", async () => {
    const { context, terminal } = start();
    await addKey(context, { name: "bridge-a", servers: ["*"] });
    await addKey(context, { name: "bridge-a", servers: ["*"] });
    const id = /npm run keys -- revoke (key_\w+) --stage x/.exec(terminal.noted.join())?.[1] ?? "";
    await revokeKey(context, id);
    expect(terminal.printed.at(-1)).toBe(
      `${id} of bridge-a is revoked: refused everywhere within 60 s`,
    );
    expect(await emulated.stored(stack.secrets.bridgeKeys)).not.toContain(id);
    await expect(revokeKey(context, id)).rejects.toThrow(`no key has the id ${id}`);
  });

  it("says when a bridge has no key left", async () => {
    const { context, terminal } = start();
    await addKey(context, { name: "bridge-a", servers: ["*"] });
    const id = /key_\w+/.exec(terminal.noted.join())?.[0] ?? "";
    await revokeKey(context, id);
    expect(terminal.noted.at(-1)).toBe("bridge-a has no key left: it can no longer send");
  });

  it("keeps to the number of live keys", async () => {
    const { context } = start();
    for (let count = 0; count < maxBridgeKeys; count += 1)
      await addKey(context, { name: "a", servers: ["*"] });
    await expect(addKey(context, { name: "a", servers: ["*"] })).rejects.toThrow(
      "at most 32 may be live",
    );
  });

  it("stores of a token its hash alone", async () => {
    const { context, terminal } = start();
    await addToken(context, "crm", ["registrations:read"]);
    const [token = ""] = terminal.printed;
    expect(token).toMatch(/^dnr_[A-Za-z0-9_-]{43}$/);
    const text = await emulated.stored(stack.secrets.readerTokens);
    expect(text).not.toContain(token);
    expect(text).toContain(createHash("sha256").update(token).digest("hex"));
    const list = start();
    await listTokens(list.context);
    const id = list.terminal.printed[1]?.split(" ")[0] ?? "";
    await revokeToken(context, id);
    expect(JSON.parse(await emulated.stored(stack.secrets.readerTokens))).toEqual({ tokens: [] });
    await expect(revokeToken(context, id)).rejects.toThrow("no token has the id");
  });

  it("loses nothing where two people change the keys at the same time", async () => {
    const { context } = start();
    const slow = new SecretsManagerClient(emulated.connection);
    let seen = 0;
    slow.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          // Between its reading and its writing, another person adds a key.
          if (commandName === "PutSecretValueCommand" && seen === 1)
            await addKey(context, { name: "quick", servers: ["*"] });
          return next(args);
        },
      { step: "initialize" },
    );
    const key = { id: "key_1", name: "slow", key: `whsec_${"A".repeat(43)}=`, createdAt: "" };
    await updateSecret(slow, bridgeKeysOf(stack), ({ keys }) => {
      seen += 1;
      return { keys: [...keys, key] };
    });
    const list = start();
    await listKeys(list.context);
    expect(list.terminal.printed.slice(1).map((line) => line.split(/\s+/)[1])).toEqual([
      "quick",
      "slow",
    ]);
    expect(seen).toBe(2);
  });

  it("changes nothing where ingest could no longer read the secret", async () => {
    const key = { id: "key_1", name: "constructor", key: "k", createdAt: "" };
    const attempt = updateSecret(emulated.client, bridgeKeysOf(stack), ({ keys }) => ({
      keys: [...keys, key],
    }));
    await expect(attempt).rejects.toThrow("nothing was changed");
  });

  it("does not repeat a secret that it cannot read", async () => {
    const secret = { ...bridgeKeysOf(stack), id: stack.secrets.readerTokens };
    const attempt = updateSecret(emulated.client, secret, (value) => value);
    await expect(attempt).rejects.toThrow("does not hold what these commands write");
  });
});
