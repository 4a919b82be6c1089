import { describe, expect, it } from "vitest";
import { localUsage } from "../../local/command/local-options.ts";
import { scenarios } from "../../samples/scenarios/scenarios.ts";
import { quotedIn, tableOf } from "./markdown.ts";
import { readPage } from "./pages.ts";

const page = readPage("docs/local-stack.md");

describe("the options of docs/local-stack.md", () => {
  it("are those that npm start takes", () => {
    const named = tableOf(page, "option").map(([option]) => option.match(/--[a-z-]+|PORT/)?.[0]);
    const taken = [...localUsage.matchAll(/^ {2}(--[a-z-]+|PORT)/gm)].map(([, name]) => name);
    expect(new Set(named)).toEqual(new Set(taken));
    expect(named).toHaveLength(taken.length);
  });
});

describe("the scenarios of docs/local-stack.md", () => {
  it("are those that can be played", () => {
    const named = tableOf(page, "`npm run scenario --`").flatMap(([name]) => quotedIn(name));
    expect(named).toEqual(scenarios.map(({ name }) => name));
  });
});
