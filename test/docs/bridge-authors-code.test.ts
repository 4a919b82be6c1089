import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { blockOf } from "./markdown.ts";
import { readPage } from "./pages.ts";
import { platformSdkStandIns } from "./platform-sdk-stand-ins.ts";
import { createPrograms, expectToSign, expectVerified, run, type Sign } from "./signing.ts";

const page = readPage("docs/bridge-authors.md");
const { directory, write } = createPrograms();

const javaMissing = spawnSync("javac", ["-version"]).status !== 0;
const whyNoJava = "no javac here: install a JDK to compile the page's Java";
// Past the reporter, which names no skipped tests.
if (javaMissing) process.stderr.write(`docs/bridge-authors.md: skipped, ${whyNoJava}\n`);

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
