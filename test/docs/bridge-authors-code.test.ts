import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Webhook } from "standardwebhooks";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blockOf, quotedIn, tableOf } from "./markdown.ts";
import { platformSdkStandIns } from "./platform-sdk-stand-ins.ts";

const page = readFileSync("docs/bridge-authors.md", "utf8");
const directory = mkdtempSync(join(tmpdir(), "bridge-authors-"));
afterAll(() => rmSync(directory, { recursive: true }));

const write = (file: string, text: string): string => {
  const path = join(directory, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};

const run = (program: string, args: readonly string[], input = ""): string => {
  const { status, stdout, stderr } = spawnSync(program, args, { input, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return stdout;
};

const javaMissing = spawnSync("javac", ["-version"]).status !== 0;
const whyNoJava = "no javac here: install a JDK to compile the page's Java";
// Past the reporter, which names no skipped tests.
if (javaMissing) process.stderr.write(`docs/bridge-authors.md: skipped, ${whyNoJava}\n`);

const HeadersSchema = v.record(v.string(), v.string());
type Signed = { key: string; id: string; timestamp: string; body: string };
type Sign = (message: Signed) => Record<string, string>;

// The vector that the libraries of Standard Webhooks share.
const vector: Signed = {
  key: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestamp: "1614265330",
  body: '{"test": 2432232314}',
};
const vectorSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

const expectToSign = (sign: Sign): void => {
  expect(sign(vector)).toEqual({
    "webhook-id": vector.id,
    "webhook-timestamp": vector.timestamp,
    "webhook-signature": vectorSignature,
  });
};

const expectVerified = (sign: Sign): void => {
  const key = `whsec_${Buffer.from("a key of another length, with + and / in it: ÿþ").toString("base64")}`;
  const body = '{"ThisDN":"7001","CustomerID":"Größe ☎"}';
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = sign({ key, id: "msg_1", timestamp, body });
  expect(new Webhook(key).verify(body, headers)).toEqual(JSON.parse(body));
};

describe("the page's signing vector", () => {
  it("is that of Standard Webhooks", () => {
    const [key, identity, body, result] = tableOf(page, "test vector").map(([, value = ""]) =>
      quotedIn(value),
    );
    expect([key, identity, body, result]).toEqual([
      [vector.key],
      [vector.id, vector.timestamp],
      [vector.body],
      [vectorSignature],
    ]);
    const signature = new Webhook(vector.key).sign(
      vector.id,
      new Date(Number(vector.timestamp) * 1000),
      vector.body,
    );
    expect(signature).toBe(vectorSignature);
  });
});

describe("the page's TypeScript", () => {
  const sign: Sign = ({ key, id, timestamp, body }) => {
    const program = write(
      "sign.ts",
      `${blockOf(page, "ts")}
const [key = "", id = "", timestamp = "", body = ""] = process.argv.slice(2);
console.log(JSON.stringify(signatureHeaders(key, id, Number(timestamp), body)));
`,
    );
    const printed = run(process.execPath, [program, key, id, timestamp, body]);
    return v.parse(HeadersSchema, JSON.parse(printed));
  };

  it("signs the vector", () => expectToSign(sign));
  it("is verified by the reference library", () => expectVerified(sign));
});

describe("the page's Java", () => {
  beforeAll(() => {
    if (javaMissing) return;
    const signature = write("java/Signature.java", blockOf(page, "java"));
    const main = write(
      "java/Main.java",
      `public class Main {
  public static void main(String[] given) throws Exception {
    Signature.headers(given[0], given[1], Long.parseLong(given[2]), System.in.readAllBytes())
        .forEach((name, value) -> System.out.println(name + " " + value));
  }
}
`,
    );
    run("javac", ["-Xlint:all", "-Werror", "--release", "11", signature, main]);
  });

  const sign: Sign = ({ key, id, timestamp, body }) => {
    const args = ["-cp", join(directory, "java"), "Main", key, id, timestamp];
    const lines = run("java", args, body).trim().split("\n");
    return Object.fromEntries(lines.map((line) => line.split(" ")));
  };

  it("signs the vector", ({ skip }) => {
    skip(javaMissing, whyNoJava);
    expectToSign(sign);
  });

  it("is verified by the reference library", ({ skip }) => {
    skip(javaMissing, whyNoJava);
    expectVerified(sign);
  });
});

describe("the example for the Platform SDK", () => {
  const example = readFileSync("docs/examples/SwitchConnection.java", "utf8");
  const lines = (text: string) => text.split("\n").map((line) => line.trim());

  it("is quoted on the page as it is", () => {
    const quoted = blockOf(page, "java platform-sdk").trim().split("\n\n");
    expect(quoted.length).toBeGreaterThan(1);
    const whole = lines(example).join("\n");
    for (const piece of quoted) expect(whole).toContain(lines(piece).join("\n"));
  });

  it("compiles against stand-ins with the SDK's signatures", ({ skip }) => {
    skip(javaMissing, whyNoJava);
    const files = [...platformSdkStandIns].map(([file, text]) => write(`sdk/${file}`, text));
    const source = write("sdk/SwitchConnection.java", example);
    run("javac", ["--release", "11", "-d", join(directory, "classes"), source, ...files]);
  });
});
