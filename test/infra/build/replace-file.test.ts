import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { replaceFile } from "../../../infra/build/replace-file.ts";

const unfinished = mkdtempSync(join(tmpdir(), "replaced-"));
afterAll(() => rmSync(unfinished, { recursive: true }));
const path = join(unfinished, "ingest/index.mjs");
const write = (text: string) => replaceFile({ path, contents: Buffer.from(text), unfinished });

describe("a file that is replaced", () => {
  it("is written with its folder, and nothing is left beside it", async () => {
    await write("first");
    expect(readFileSync(path, "utf8")).toBe("first");
    expect(readdirSync(unfinished)).toEqual(["ingest"]);
    expect(readdirSync(join(unfinished, "ingest"))).toEqual(["index.mjs"]);
  });

  it("stays whole for those who are reading it", async () => {
    const reader = await open(path);
    await write("second");
    expect(await reader.readFile("utf8")).toBe("first");
    expect(readFileSync(path, "utf8")).toBe("second");
    await reader.close();
  });

  it("is the same file as before if nothing changes", async () => {
    const before = statSync(path);
    await write("second");
    expect(statSync(path)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });

  it("is whole, whoever of many comes last", async () => {
    const texts = Array.from({ length: 20 }, (_, index) => String(index).repeat(100_000));
    await Promise.all(texts.map(write));
    expect(texts).toContain(readFileSync(path, "utf8"));
    expect(readdirSync(unfinished)).toEqual(["ingest"]);
  });
});
