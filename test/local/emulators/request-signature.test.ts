import { createServer } from "node:http";
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { Hash } from "@smithy/core/serde";
import { SignatureV4 } from "@smithy/signature-v4";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signatureFault } from "../../../local/emulators/request-signature.ts";
import { createSecretStore } from "../../../local/emulators/secret-store.ts";
import { secretsManager } from "../../../local/emulators/secrets-manager.ts";

const credentials = { accessKeyId: "local", secretAccessKey: "the secret of this run" };
const arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:keys-abcdef";
let isDiskFull = false;
const store = createSecretStore(Date.now, {
  read: () => ({}),
  write: () => {
    if (isDiskFull) throw new Error("no space left on device");
  },
});
const server = createServer(secretsManager({ store, credentials, now: Date.now }));
let endpoint = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  endpoint = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterAll(() => server.close());
beforeEach(() => {
  isDiskFull = false;
  store.create({ arn, name: "keys", text: "secret text" });
});

const clientWith = (some: Partial<typeof credentials & { sessionToken: string }>) =>
  new SecretsManagerClient({
    endpoint,
    region: "eu-central-1",
    credentials: { ...credentials, ...some },
    maxAttempts: 1,
  });
const read = (some: Parameters<typeof clientWith>[0]) =>
  clientWith(some).send(new GetSecretValueCommand({ SecretId: arn }));

describe("the secrets of a run", () => {
  it("are for those who sign with its credentials, with a session token too", async () => {
    expect((await read({})).SecretString).toBe("secret text");
    expect((await read({ sessionToken: "a caller" })).SecretString).toBe("secret text");
  });

  it.each([
    [{ secretAccessKey: "local" }, "InvalidSignatureException"],
    [{ secretAccessKey: `${credentials.secretAccessKey}x` }, "InvalidSignatureException"],
    [{ accessKeyId: "AKIAIOSFODNN7EXAMPLE" }, "UnrecognizedClientException"],
  ])("are not for %j", async (some, name) => {
    await expect(read(some)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 403 } });
    await expect(read(some)).rejects.toThrow(/\.local\/stack\.json/);
  });

  it.each([
    ["no signature", {}],
    ["a signature by name only", { authorization: "AWS4-HMAC-SHA256 Credential=local" }],
    ["Basic", { authorization: "Basic bG9jYWw6bG9jYWw=" }],
  ])("are not for a request with %s", async (_what, headers) => {
    const answer = await fetch(endpoint, {
      method: "POST",
      headers: { "x-amz-target": "secretsmanager.GetSecretValue", ...headers },
      body: JSON.stringify({ SecretId: arn }),
    });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ __type: "MissingAuthenticationTokenException" });
  });

  it.each([
    ["/", "loc\u00e9l"],
    ["//", "local"],
  ])("are not for a request of %s by the key %s, which gets an answer", async (path, key) => {
    const day = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
    const scope = `${key}/${day.slice(0, 8)}/r/secretsmanager/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${"0".repeat(64)}`;
    const headers = { authorization, "x-amz-date": day };
    const answer = await fetch(`${endpoint}${path}`, { method: "POST", headers });
    expect(answer.status).toBe(403);
  });

  it("stay as they are where they cannot be kept, and the caller hears why", async () => {
    isDiskFull = true;
    const put = new PutSecretValueCommand({ SecretId: arn, SecretString: "new" });
    await expect(clientWith({}).send(put)).rejects.toThrow(/cannot be kept: no space left/);
    isDiskFull = false;
    expect((await read({})).SecretString).toBe("secret text");
  });
});

const at = new Date("2026-12-01T08:00:00Z");
const sign = async () => {
  const sha256 = Hash.bind(null, "sha256");
  const signer = new SignatureV4({ credentials, region: "r", service: "secretsmanager", sha256 });
  const body = Buffer.from('{"SecretId":"keys"}');
  const parts = { method: "POST", protocol: "http:", hostname: "localhost", path: "/", query: {} };
  const target = { host: "localhost:1", "x-amz-target": "secretsmanager.GetSecretValue" };
  const { headers } = await signer.sign({ ...parts, headers: target, body }, { signingDate: at });
  return { method: "POST", url: "/", headers, body };
};
const fault = async (
  change: (request: Awaited<ReturnType<typeof sign>>) => Awaited<ReturnType<typeof sign>>,
  secondsLater = 0,
) => signatureFault(change(await sign()), credentials, at.getTime() + secondsLater * 1000);

describe("a signed request", () => {
  it("is good within five minutes, and with headers that are not signed", async () => {
    const unsigned = await fault(({ headers, ...rest }) => ({
      ...rest,
      headers: { ...headers, "user-agent": "x", "x-more": "y" },
    }));
    expect(unsigned).toBeUndefined();
    expect(await fault((request) => request, 299)).toBeUndefined();
    expect(await fault((request) => request, -299)).toBeUndefined();
  });

  it("is good at //, which Signature Version 4 takes for /", async () => {
    expect(await fault((request) => ({ ...request, url: "//" }))).toBeUndefined();
  });

  it.each([301, -301, 86_400])("is not good %d seconds later", async (seconds) => {
    expect(await fault((request) => request, seconds)).toMatchObject({
      type: "InvalidSignatureException",
      message: expect.stringContaining("five minutes"),
    });
  });

  it.each([
    ["body", { body: Buffer.from('{"SecretId":"other"}') }],
    ["path", { url: "/other" }],
    ["place *", { url: "*" }],
    ["query", { url: "/?a=b" }],
    ["method", { method: "PUT" }],
  ])("is not good with another %s", async (_what, other) => {
    expect(await fault((request) => ({ ...request, ...other }))).toMatchObject({
      type: "InvalidSignatureException",
    });
  });

  it("is not good with another value of a signed header, or with a body's hash that is claimed", async () => {
    for (const other of [
      { "x-amz-target": "secretsmanager.PutSecretValue" },
      { "x-amz-date": "20261201T080001Z" },
      { host: "localhost:2" },
    ]) {
      const changed = await fault((request) => ({
        ...request,
        headers: { ...request.headers, ...other },
      }));
      expect(changed?.type).toBe("InvalidSignatureException");
    }
    const claimed = await fault((request) => ({ ...request, body: Buffer.from("other") }));
    expect(claimed?.type).toBe("InvalidSignatureException");
  });

  it.each(["", "yesterday", "2026-12-01T08:00:00Z", "20261301T080000Z"])(
    "is missing its signature with the date %j",
    async (date) => {
      const changed = await fault(({ headers, ...rest }) => ({
        ...rest,
        headers: { ...headers, "x-amz-date": date },
      }));
      expect(changed?.type).toBe("MissingAuthenticationTokenException");
    },
  );
});
