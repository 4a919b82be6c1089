import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cases } from "../../../proof/chaos/cases/cases.ts";

const [, table = ""] = readFileSync("docs/chaos.md", "utf8").split("| `--case` |");
const documented = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);

describe("the named cases", () => {
  it("are those of docs/chaos.md", () => {
    expect(documented).toEqual(cases.map(({ name }) => name));
  });
});
