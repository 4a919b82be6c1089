import { describe, expect, it } from "vitest";
import { synthesize } from "../infra/support/synthesize.ts";
import { inOneLine, quotedIn, tableOf } from "./markdown.ts";
import { readPage } from "./pages.ts";

const prefix = "dn-registration-dev-";
const deployed = synthesize()
  .all("AWS::CloudWatch::Alarm")
  .map(({ name }) => name.slice(prefix.length));

describe("the alarms of docs/operations.md", () => {
  it("are those of the stack, each once", () => {
    const table = tableOf(readPage("docs/operations.md"), "alarm (`dn-registration-STAGE-…`)");
    const named = table.flatMap(([names]) => quotedIn(names));
    expect(named.toSorted()).toEqual(deployed.toSorted());
  });
});

describe("docs/cost.md", () => {
  it("counts the alarms of the stack", () => {
    expect(inOneLine(readPage("docs/cost.md"))).toContain(`${deployed.length} alarms × $0.10`);
  });
});
