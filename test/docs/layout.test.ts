import { globSync } from "node:fs";
import { join } from "node:path/posix";
import { describe, expect, it } from "vitest";
import { linksIn, outsideBlocks } from "./markdown.ts";
import { pages, readPage } from "./pages.ts";

const folderOf = (file: string): string => join(file, "..");

/** The pages that a reader of these pages can reach by links, with themselves. */
const reachableFrom = (start: readonly string[]): Set<string> => {
  const reached = new Set(start);
  // A set that grows while it is walked is walked to its new end.
  for (const file of reached) {
    for (const link of linksIn(readPage(file))) {
      const target = join(folderOf(file), link.file);
      if (link.file !== "" && pages.includes(target)) reached.add(target);
    }
  }
  return reached;
};

describe("README.md", () => {
  const page = readPage("README.md");

  it("is short: at most 150 lines and 8 KB", () => {
    expect(page.trimEnd().split("\n").length).toBeLessThanOrEqual(150);
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(8192);
  });

  it("says first how to start the adapter and how to run its tests", () => {
    expect(page).toContain("\nnpm ci && npm start\n");
    expect(page).toContain("`npm ci && npm test`");
  });

  it("leads to every page, over others", () => {
    const reached = reachableFrom(["README.md"]);
    expect(pages.filter((file) => !reached.has(file))).toEqual([]);
  });
});

describe("CONTRIBUTING.md", () => {
  it("lists all decisions", () => {
    const targets = linksIn(readPage("CONTRIBUTING.md")).map(({ file }) => file);
    expect(globSync("docs/adr/*.md").filter((file) => !targets.includes(file))).toEqual([]);
  });
});

describe.each(pages)("%s", (file) => {
  it("has no line over 120 characters, except in tables and code", () => {
    const lines = outsideBlocks(readPage(file)).split("\n");
    const long = lines.filter((line) => [...line].length > 120 && !/^\s*\|/.test(line));
    expect(long).toEqual([]);
  });
});
