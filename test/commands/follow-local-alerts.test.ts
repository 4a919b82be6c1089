import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { followLines } from "../../commands/alerts/follow-lines.ts";
import { followLocalAlerts } from "../../commands/alerts/follow-local-alerts.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";

const noSuchProcess = 2 ** 30;

describe("following a file", () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "alerts-"));
    path = join(folder, "alerts.ndjson");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("hands over whole lines as they come, characters cut in two included", async () => {
    const star = Buffer.from("✶");
    const pieces = [
      "one\ntw",
      "o\n",
      star.subarray(0, 1),
      Buffer.concat([star.subarray(1), Buffer.from("\n")]),
    ];
    const lines: string[] = [];
    await followLines(
      {
        path,
        goesOn: async () => {
          const piece = pieces.shift();
          if (piece !== undefined) await appendFile(path, piece);
          return piece !== undefined;
        },
      },
      (line) => lines.push(line),
    );
    expect(lines).toEqual(["one", "two", "✶"]);
  });

  it("prints what came before, and says that the stack has ended", async () => {
    const data = { severity: "critical", kind: "dn", title: "gone" };
    await appendFile(path, `${JSON.stringify({ type: "alert.opened", time: "t", data })}\n`);
    const terminal = createRecordingTerminal();
    const local = { alertsFile: path, pid: noSuchProcess };
    await followLocalAlerts(local, terminal, new AbortController().signal);
    expect(terminal.printed).toHaveLength(1);
    expect(terminal.noted).toEqual(["the local stack has ended"]);
  });

  it("ends quietly when the person ends it", async () => {
    const terminal = createRecordingTerminal();
    const local = { alertsFile: path, pid: process.pid };
    await followLocalAlerts(local, terminal, AbortSignal.timeout(50));
    expect(terminal.noted).toEqual([]);
  });
});
