import { describe, expect, it } from "vitest";
import { runScript } from "../support/run-script.ts";

const log = "test/fixtures/t-server.log";
const ndjson = "test/fixtures/reference-names.ndjson";
const ofClient = ["--server-name", "SIPTS750", "--application", "bridge-a", log];

const dryRun = (args: readonly string[], input = "") =>
  runScript("bridge/main.ts", ["--dry-run", ...args], { input });
const parseLines = (text: string): unknown[] => {
  const lines = text.trimEnd().split("\n");
  return lines.map((line): unknown => JSON.parse(line));
};

const found = [
  [10, "7001", "EventRegistered", "2026-11-18T05:58:12.029167Z"],
  [50, "0815", "EventRegistered", "2026-11-18T05:58:12.031765Z"],
  [68, "+4930901820", "EventRegistered", "2026-11-18T05:58:13.000007Z"],
  [79, "7001", "EventUnregistered", "2026-11-18T08:38:12.950910Z"],
  [90, "0815", "EventUnregistered", "2026-11-18T08:39:12.000001Z"],
  [103, "7001", "EventRegistered", "2026-11-18T08:53:12.125000Z"],
] as const;
const asText = found.map(
  ([line, thisDN, event, time]) => `${log}:${line}  SIPTS750 ${thisDN} ${event} ${time}\n`,
);
const asJson = found.map(([line, thisDN, event, time]) => ({
  type: "event",
  where: `${log}:${line}`,
  server: "SIPTS750",
  thisDN,
  event,
  time,
}));
const losses = `lost unexpectedly, 1 time:
  2026-11-18T08:38:12.950910Z  SIPTS750 7001  DN is not configured in CME (59)  back 2026-11-18T08:53:12.125000Z
`;
const loss = {
  type: "loss",
  server: "SIPTS750",
  thisDN: "7001",
  lostAt: "2026-11-18T08:38:12.950910Z",
  cause: "DN is not configured in CME (59)",
  backAt: "2026-11-18T08:53:12.125000Z",
};
const [inAll, inSummary] = [
  "6 events would be sent, 0 not readable\n",
  { type: "summary", events: 6, unreadable: 0 },
];

describe("a dry run of a log", () => {
  it("shows its losses alone", async () => {
    const run = await dryRun(ofClient);
    expect(run).toEqual({ code: 0, stdout: `${losses}${inAll}`, stderr: "" });
  });

  it("shows its events too where it is asked to say more", async () => {
    const run = await dryRun(["--verbose", ...ofClient]);
    expect(run).toEqual({ code: 0, stdout: `${asText.join("")}${losses}${inAll}`, stderr: "" });
  });

  it.each([
    ["its losses", [], [loss, inSummary]],
    ["its events too", ["--verbose"], [...asJson, loss, inSummary]],
  ])("writes %s for machines", async (_, more, expected) => {
    const { code, stdout, stderr } = await dryRun(["--json", ...more, ...ofClient]);
    expect(parseLines(stdout)).toEqual(expected);
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("does not call it a success where it shows no registration", async () => {
    const { code, stdout } = await dryRun([
      ...["--server-name", "SIPTS750", "--application", "bridge-a", "-"],
      ...["--format", "t-server-log"],
    ]);
    expect(stdout).toBe(
      "the log shows no EventRegistered and no EventUnregistered: whether a DN was lost there is not known\n0 events would be sent, 0 not readable\n",
    );
    expect(code).toBe(1);
  });

  it("shows the events of a file beside it that is no log", async () => {
    const { stdout } = await dryRun([...ofClient, ndjson]);
    const lines = stdout.split("\n").filter((line) => line.includes(":"));
    expect(lines.filter((line) => line.startsWith(ndjson))).toHaveLength(6);
    expect(lines.filter((line) => line.startsWith(log))).toEqual([]);
    expect(stdout).toContain("\n12 events would be sent, 0 not readable\n");
  });

  it("wants to know whose events and of which T-Server", async () => {
    const unnamed = await dryRun([log]);
    expect(unnamed.code).toBe(2);
    expect(unnamed.stderr).toContain(`${log} is a log, which does not say its T-Server`);
    const unchosen = await dryRun(["--server-name", "SIPTS750", log]);
    expect(unchosen).toMatchObject({ code: 1, stdout: "" });
    expect(unchosen.stderr).toContain("  bridge-a  6 events\n  ICON Voice  2 events");
  });
});

describe("a dry run of NDJSON", () => {
  it("shows its events, and no losses", async () => {
    const { code, stdout, stderr } = await dryRun(["--server-name", "SIPTS750", ndjson]);
    const expected = asText.map((line, index) =>
      line.replace(/^\S+/, () => `${ndjson}:${index + 1}`),
    );
    expect(stdout).toBe(`${expected.join("")}${inAll}`);
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("writes them for machines", async () => {
    const { stdout } = await dryRun(["--json", "--server-name", "SIPTS750", ndjson]);
    const expected = asJson.map((one, index) => ({ ...one, where: `${ndjson}:${index + 1}` }));
    expect(parseLines(stdout)).toEqual([...expected, inSummary]);
  });

  it("names what is not readable, and does not call that a success", async () => {
    const run = await dryRun(["-"], '{"ThisDN":"1"}\noops\n{"ThisDN":"2"}\n');
    expect(run).toEqual({
      code: 1,
      stdout: "stdin:1  ? 1 ? ?\nstdin:3  ? 2 ? ?\n2 events would be sent, 1 not readable\n",
      stderr: "stdin:2: not JSON\n",
    });
  });

  it("names it for machines on the same stream", async () => {
    const { code, stdout, stderr } = await dryRun(["--json", "-"], '{"ThisDN":"1"}\noops\n');
    expect(parseLines(stdout)).toEqual([
      { type: "event", where: "stdin:1", server: "?", thisDN: "1", event: "?", time: "?" },
      { type: "unreadable", why: "not JSON", where: "stdin:2" },
      { type: "summary", events: 1, unreadable: 1 },
    ]);
    expect([code, stderr]).toEqual([1, ""]);
  });

  it("counts no heartbeat among its events", async () => {
    const { stdout } = await dryRun(["-"], '{"serverName":"A","events":[]}\n');
    expect(stdout).toBe("stdin:1  A heartbeat\n0 events would be sent, 0 not readable\n");
  });
});
