import { spawnSync } from "node:child_process";
import { lstatSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLocalClients, localCredentials } from "../../local/emulators/local-clients.ts";
import { descendantsOf, processTable } from "../../proof/stack/process-table.ts";
import { type LocalStack, runLocalStack, startLocalStack } from "../support/local-stack.ts";
import { writeTinyAssembly } from "../support/tiny-assembly.ts";

const code = "export const handler = async () => 'fine';";
let assembly: readonly string[];
let data: string;
let stack: LocalStack;
beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), "tiny-"));
  writeTinyAssembly(directory, { api: code, stream: code });
  assembly = ["--assembly", directory];
  data = join(directory, "data");
  const answers = ["--answer", "503:1", "--retry-after", "2"];
  stack = await startLocalStack({ args: [...assembly, "--data", data, ...answers] });
});
afterAll(() => stack.stop());

/** Everything of the stack that listens: its addresses, and what its processes have open besides. */
const listeners = async (): Promise<readonly string[]> => {
  const { pid } = stack.description;
  const all = [pid, ...descendantsOf(await processTable(), pid).map((row) => row.pid)];
  const { stdout } = spawnSync("ss", ["-ltnpH"], { encoding: "utf8" });
  const ours = stdout.split("\n").filter((line) => all.some((one) => line.includes(`pid=${one},`)));
  return ours.map((line) => line.trim().split(/\s+/)[3] ?? "");
};

const ask = (
  url: string,
  headers: Record<string, string>,
  method = "POST",
): Promise<{ status: number; headers: object; body: string }> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.once("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    asked.once("error", reject);
    asked.end(method === "POST" ? "{}" : undefined);
  });

const authorization =
  "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none";
const listTables = {
  authorization,
  "content-type": "application/x-amz-json-1.0",
  "x-amz-date": "20260101T000000Z",
  "x-amz-target": "DynamoDB_20120810.ListTables",
};

describe("the ports of the stack", () => {
  const addresses = () => [
    ...new Set([stack.url, ...Object.values(stack.description.endpoints).map((url) => url)]),
  ];

  it("are on loopback, and those that can be guessed are known", async (context) => {
    const open = await listeners();
    if (open.length === 0) return context.skip("the system does not say who listens");
    const known = addresses().map((url) => new URL(url).host);
    const hidden = open.filter((address) => !known.includes(address));
    expect(open.filter((address) => known.includes(address))).toHaveLength(known.length);
    // DynamoDB's emulator, which answers every page.
    expect(hidden).toHaveLength(1);
    expect(hidden[0]).toMatch(/^(\[::ffff:)?127\.(?!0\.0\.1)/);
  });

  it("refuse every foreign host and origin, a preflight too, and allow no page to read", async () => {
    for (const url of addresses()) {
      const { port } = new URL(url);
      for (const foreign of [
        { host: `rebound.example:${port}` },
        { host: "rebound.example" },
        { origin: "http://page.example" },
        { origin: "null" },
        { origin: `http://localhost:${Number(port) + 1}` },
        { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" },
      ]) {
        for (const method of ["GET", "POST", "OPTIONS"]) {
          const answer = await ask(url, { ...listTables, ...foreign }, method);
          expect([url, foreign, method, answer.status]).toEqual([url, foreign, method, 403]);
          expect(answer.body).toMatch(/^\{"message":"The local stack [^"]+\."\}$/);
          expect(Object.keys(answer.headers).join()).not.toContain("access-control");
        }
      }
    }
  });

  it("answer this machine by each of its names, and their own pages", async () => {
    for (const url of addresses()) {
      const { port } = new URL(url);
      for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, "localhost"]) {
        const answer = await ask(url, { ...listTables, host, origin: `http://localhost:${port}` });
        if (url !== stack.description.endpoints.secretsManager) {
          expect([url, host, answer.status]).not.toEqual([url, host, 403]);
        }
        expect(Object.keys(answer.headers).join()).not.toContain("access-control");
      }
    }
  });

  it("pass on what a program asks of DynamoDB", async () => {
    const { endpoints, region } = stack.description;
    const { dynamodb } = createLocalClients(endpoints, region);
    expect((await dynamodb.send(new ListTablesCommand())).TableNames).toEqual(["tiny-table"]);
  });

  it("give the secrets only to who has the credentials of the run", async () => {
    const { endpoints, region, credentials, secrets, bridge } = stack.description;
    const read = (used: typeof localCredentials | typeof credentials) =>
      new SecretsManagerClient({
        region,
        endpoint: endpoints.secretsManager,
        credentials: used,
      }).send(new GetSecretValueCommand({ SecretId: secrets.bridgeKeys }));
    await expect(read(localCredentials)).rejects.toMatchObject({
      name: "InvalidSignatureException",
      $metadata: { httpStatusCode: 403 },
    });
    expect((await read(credentials)).SecretString).toContain(bridge.key);
  });
});

describe("the files of the stack", () => {
  it("are for their owner only, those of DynamoDB's emulator too", () => {
    const all = [join(stack.directory, ".local"), data].flatMap((folder) => [
      folder,
      ...readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) =>
        join(folder, name),
      ),
    ]);
    expect(all).toEqual(expect.arrayContaining([join(data, "access.json")]));
    expect(all.length).toBeGreaterThan(7);
    expect(all.filter((path) => (lstatSync(path).mode & 0o077) !== 0)).toEqual([]);
  });
});

describe("--answer", () => {
  it("is said at the start, and leaves other requests alone", async () => {
    expect(stack.output().replaceAll(/\s+/g, " ")).toContain(
      "are answered and not stored: 1 with 503",
    );
    const other = await fetch(`${stack.url}/v1/registrations`);
    expect(await other.text()).toBe("fine");
  });
});

describe("a second stack", () => {
  const startIn = (args: readonly string[], env: Record<string, string> = {}) => {
    const directory = mkdtempSync(join(tmpdir(), "second-"));
    const run = runLocalStack({ directory, args: [...assembly, ...args], env });
    const output = async () => {
      expect(await run.exit).toBe(1);
      expect(run.output()).not.toMatch(/\n\s+at /);
      return run.output().replaceAll(/\s+/g, " ");
    };
    return output();
  };

  it("on the same data says who has it", async () => {
    expect(await startIn(["--data", `${data}/../data/`])).toMatch(
      new RegExp(
        `${data} \\(--data\\) is in use by another local stack \\(process ${stack.description.pid}, since 20`,
      ),
    );
  });

  it("on tables that are broken says which", async () => {
    const broken = mkdtempSync(join(tmpdir(), "broken-"));
    writeFileSync(join(broken, "dynoxide.db"), "not a database".repeat(1000));
    const output = await startIn(["--data", broken, "--engine", "dynoxide"]);
    expect(output).toContain(`dynoxide did not start on ${broken}: error: Database file`);
  });
});
