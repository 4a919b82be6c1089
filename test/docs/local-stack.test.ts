import { describe, expect, it } from "vitest";
import { localUsage } from "../../local/command/local-options.ts";
import { durationText } from "../../samples/scenarios/pace.ts";
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
  it("are those that can be played, at their fastest, and take as long", () => {
    const rows = tableOf(page, "`npm run scenario --`").map(([name, , timeLapse, duration]) => [
      ...quotedIn(name),
      timeLapse,
      duration,
    ]);
    const expected = scenarios.map((scenario) => {
      const { name, fastest } = scenario;
      return [name, String(fastest), durationText(scenario, fastest)];
    });
    expect(rows).toEqual(expected);
  });
});
