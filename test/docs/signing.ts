import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { env } from "node:process";
import { Webhook } from "standardwebhooks";
import { afterAll, expect } from "vitest";

/** A directory for the programs of a page, for the time of a test file. */
export const createPrograms = () => {
  const directory = mkdtempSync(join(tmpdir(), "bridge-authors-"));
  afterAll(() => rmSync(directory, { recursive: true }));
  const write = (file: string, text: string): string => {
    const path = join(directory, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  return { directory, write };
};

/** What a program prints; it must end well and print nothing to stderr. */
export const run = (program: string, args: readonly string[], input = ""): string => {
  // Java says on stderr that it has read the options that the tests have for it.
  const environment = { ...env, JAVA_TOOL_OPTIONS: undefined };
  const { status, stdout, stderr } = spawnSync(program, args, {
    input,
    encoding: "utf8",
    env: environment,
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return stdout;
};

type Signed = { key: string; id: string; timestamp: string; body: string };

/** Signs a message: its headers, by their names. */
export type Sign = (message: Signed) => Record<string, string>;

/** The vector that the libraries of Standard Webhooks share. */
export const vector: Signed = {
  key: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestamp: "1614265330",
  body: '{"test": 2432232314}',
};
/** What its signature must be. */
export const vectorSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

/** Expects the vector's signature. */
export const expectToSign = (sign: Sign): void => {
  expect(sign(vector)).toEqual({
    "webhook-id": vector.id,
    "webhook-timestamp": vector.timestamp,
    "webhook-signature": vectorSignature,
  });
};

/** Expects that the reference library verifies what is signed now, with another key and other letters. */
export const expectVerified = (sign: Sign): void => {
  const key = `whsec_${Buffer.from("a key of another length, with + and / in it: ÿþ").toString("base64")}`;
  const body = '{"ThisDN":"7001","CustomerID":"Größe ☎"}';
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = sign({ key, id: "msg_1", timestamp, body });
  expect(new Webhook(key).verify(body, headers)).toEqual(JSON.parse(body));
};
