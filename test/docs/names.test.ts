import { existsSync, globSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { compareText } from "../../lambda/domain/text.ts";
import { anchorsIn, linksIn } from "./markdown.ts";
import { pages, readPage } from "./pages.ts";

const folders =
  /^(?:\.ci|bridge|commands|docs|infra|lambda|local|proof|samples|test)\/[\w./*{},-]*$/;

// What holds a loss back, and not a file.
const heldByBridge = "bridge/NAME";

const pathsIn = (page: string): string[] =>
  [...page.matchAll(/`([^`\n]+)`/g)]
    .map(([, text = ""]) => text)
    .filter((text) => folders.test(text) && text !== heldByBridge);

it("looks at the pages of every reader", () => {
  expect(pages).toEqual(
    expect.arrayContaining([
      ...["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "bridge/README.md"],
      ...["samples/README.md", "test/fixtures/README.md", ...globSync("docs/**/*.md")],
    ]),
  );
});

describe.each(pages)("%s", (file) => {
  const page = readPage(file);

  it("names files that are there", () => {
    const missing = pathsIn(page).filter((path) => globSync(path).length === 0);
    expect(missing).toEqual([]);
  });

  it("has links that lead to files and headings that are there", () => {
    const broken = linksIn(page).filter((link) => {
      const target = link.file === "" ? file : join(dirname(file), link.file);
      if (!existsSync(target)) return true;
      return link.anchor !== "" && !anchorsIn(readPage(target)).includes(link.anchor);
    });
    expect(broken).toEqual([]);
  });
});

describe("docs/glossary.md", () => {
  it("has its words once, in alphabetical order", () => {
    const page = readPage("docs/glossary.md");
    const words = [...page.matchAll(/^- \*\*([^*]+)\*\*/gm)].map(([, word = ""]) =>
      word.toLowerCase(),
    );
    expect(words.length).toBeGreaterThan(50);
    expect(words).toEqual([...new Set(words)].toSorted(compareText));
  });
});
