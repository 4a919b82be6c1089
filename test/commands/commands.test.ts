import { globSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { explainError } from "../../bridge/terminal/explain-error.ts";
import { tableLines } from "../../commands/shell/table-lines.ts";
import { runScript } from "../support/run-script.ts";

describe("the operating commands", () => {
  it.each([
    ["alerts", ["now"], 'Unknown action "now": give one of ack, unack, why'],
    ["windows", [], "give one of list, add, end"],
    ["keys", [], "give one of list, add, revoke"],
    ["keys", ["add"], "--name is missing"],
    ["keys", ["add", "--name", "bridge-a"], "--servers is missing: name the T-Servers"],
    ["keys", ["add", "--name", "a", "--servers", "A", "B"], "separate the names by commas"],
    ["keys", ["add", "--name", "a", "--servers", "A", "--servers", "B;C"], "not by semicolons"],
    ["keys", ["list", "--servers", "A"], "--servers: only add takes it"],
    ["keys", ["revoke", "key_1", "--servers", "A"], "--servers: only add takes it"],
    ["tokens", ["list", "--scopes", "x"], "--scopes: only add takes it"],
    ["tokens", ["add", "--name", "crm", "--scopes", "x", "--scopes", "y"], "not known: x"],
    ["keys", ["revoke", "key_1", "--json"], "--json: only list and add"],
    ["tokens", ["add", "--name", "crm"], "--scopes is missing"],
    ["tokens", ["add", "--name", "crm", "--scopes", "all"], "not known: all"],
    ["rejected", ["drop"], "drop: give the ids"],
    ["rejected", ["list", "x"], "list shows all"],
    ["rejected", ["retry", "--all", "--set", "Sever=S"], '"Sever" is no attribute'],
    ["redrive", ["--fast"], "Unknown option '--fast'"],
    ["subscribe", ["--topic", "metrics"], "give changes, alerts or operations"],
    ["subscribe", ["--topic", "changes", "--sms", "+4915112345678"], "changes are for programs"],
    ["smoke", ["dev"], 'Unknown argument "dev"'],
    ["retire", ["7001"], 'Unknown argument "7001"'],
    ["erase", ["4711"], 'Unknown argument "4711"'],
    ["erase", [], "give the person"],
    ["erase", ["--agent", "4711", "--customer", "acme"], "give the person"],
    ["erase", ["--customer", ""], "--customer is empty"],
    ["erase", ["--agent", "4711", "--speed", "0"], "--speed: read units a second"],
    ["restore", ["status"], 'Unknown argument "status"'],
    ["restore", ["--table", "topics", "--from", "x"], "--table: one of status, history"],
    ["restore", ["--table", "status"], "--from is missing"],
    ["republish", ["7001"], 'Unknown argument "7001"'],
    ["republish", ["--server", "", "--from", "2026-11-20T03:00:00Z"], "--server is missing"],
    ["republish", ["--server", "S", "--from", "today"], "--from is not ISO 8601"],
    [
      "republish",
      ["--server", "S", "--from", "2026-11-20T03:00:01Z", "--to", "2026-11-20T03:00:00Z"],
      "--to lies before --from",
    ],
    ["retire", ["--note", "n"], "--server is missing"],
    ["retire", ["--server", "S", "--author", "a"], "--note is missing"],
    ["retire", ["--server", "S", "--author", "", "--note", "n"], "--author is empty"],
    ["retire", ["--server", "S", "--dn", "", "--author", "a", "--note", "n"], "--dn is empty"],
  ])("%s %j: a mistake is named, with the usage", async (name, args, message) => {
    const { code, stdout, stderr } = await runScript(`commands/${name}.ts`, args);
    expect(stderr).toContain(message);
    expect(stderr).toContain(`npm run ${name}`);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("alerts takes the words of windows, too", async () => {
    const args = ["--stage", "prod", "windows", "add", "--dn", ""];
    const { code, stderr } = await runScript("commands/alerts.ts", args);
    expect(stderr).toMatch(/^npm run windows -- list\n.*--dn is empty\n$/s);
    expect(code).toBe(2);
  });

  it.each([
    ...globSync("commands/*.ts"),
    "bridge/main.ts",
    "local/start.ts",
    "proof/bench.ts",
    "proof/chaos.ts",
    "proof/load.ts",
    "samples/play.ts",
  ])("%s shows its usage when asked, in 80 columns", async (file) => {
    const { code, stdout } = await runScript(file, ["--help"]);
    expect(stdout).toMatch(/^npm (start|run [a-z]+)\b/);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(code).toBe(0);
  });
});

describe("explainError", () => {
  const named = (name: string, message: string) => Object.assign(new Error(message), { name });

  it.each([
    [
      named("CredentialsProviderError", "none"),
      "give AWS credentials (AWS_PROFILE, or aws sso login) (CredentialsProviderError: none)",
    ],
    [
      new Error("Region is missing"),
      "set AWS_REGION, or a region in the profile (Error: Region is missing)",
    ],
    [named("ThrottlingException", "slow"), "ThrottlingException: slow"],
    [new AggregateError([new Error("a"), new Error("b")]), "AggregateError: a; b"],
    ["text", "text"],
  ])("%s", (error, line) => {
    expect(explainError(error)).toBe(line);
  });
});

describe("tableLines", () => {
  it("aligns columns", () => {
    expect(
      tableLines([
        ["A", "B"],
        ["long", "x\ty"],
      ]),
    ).toEqual(["A     B", "long  x?y"]);
  });
});
