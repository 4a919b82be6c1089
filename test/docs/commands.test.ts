import { readFileSync } from "node:fs";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { pages, readPage } from "./pages.ts";

const PackageSchema = v.object({ scripts: v.record(v.string(), v.string()) });
const { scripts: all } = v.parse(PackageSchema, JSON.parse(readFileSync("package.json", "utf8")));
// npm runs it by itself.
const { postinstall: _, ...scripts } = all;

// What npm does by itself.
const ofNpm = new Set(["ci", "install", "pack"]);

/** Code of a page: between single backquotes, and in blocks. */
const codeIn = (page: string): string =>
  [...page.matchAll(/```[^\n]*\n(.*?)```|`([^`]+)`/gs)]
    .map(([, block, span]) => block ?? span ?? "")
    .join("\n");

/** The scripts that a text names: `npm run x` anywhere, and in code also `npm x`. */
const scriptsIn = (page: string): string[] => {
  const run = page.matchAll(/\bnpm run ([a-z]+(?:[:-][a-z]+)*)/g);
  const others = codeIn(page).matchAll(/\bnpm (?!run\b)([a-z]+)/g);
  return [...run, ...others].map(([, name = ""]) => name).filter((name) => !ofNpm.has(name));
};

const named = new Map(pages.map((file) => [file, scriptsIn(readPage(file))]));

describe("the commands of the documents", () => {
  it.each([...named])("are all in package.json: those of %s", (_, names) => {
    expect(names.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it("leave out no script", () => {
    const found = new Set([...named.values()].flat());
    expect(Object.keys(scripts).filter((name) => !found.has(name))).toEqual([]);
  });
});
