import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstWord } from "../../commands/shell/first-word.ts";
import { readTimeSpan, timeSpanText } from "../../commands/shell/time-span.ts";
import {
  addWindow,
  endWindow,
  printWindows,
  shieldWindowId,
} from "../../commands/windows/manage-windows.ts";
import { type PlanGiven, readPlan } from "../../commands/windows/read-plan.ts";
import type { MaintenanceWindow } from "../../lambda/domain/alerting/maintenance-window.ts";
import { testNow } from "../support/api-event.ts";
import { startApiServer } from "../support/api-server.ts";
import { buildWindow } from "../support/build-window.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";

const now = testNow / 1000; // 2026-11-20 03:00:00.123 UTC
const reason = "moving floor 7";
const minute = 60_000_000;

describe("a planned window", () => {
  it.each<[PlanGiven, object]>([
    [
      { server: "SIPTS750", for: "2h" },
      {
        server: "SIPTS750",
        start: "2026-11-20T03:00:00.123000Z",
        end: "2026-11-20T05:00:00.123000Z",
      },
    ],
    [
      { dn: ["7001", "*72"], start: "now", end: "+90m" },
      { thisDNs: ["7001", "*72"], end: "2026-11-20T04:30:00.123000Z" },
    ],
    [
      { prefix: "70", start: "2026-11-20T23:00:00+01:00", for: "+1d" },
      { prefix: "70", start: "2026-11-20T22:00:00.000000Z", end: "2026-11-21T22:00:00.000000Z" },
    ],
    [
      { everything: true, start: "+1h", end: "2026-11-20T06:00:00Z", author: "ann" },
      {
        everything: true,
        start: "2026-11-20T04:00:00.123000Z",
        end: "2026-11-20T06:00:00.000000Z",
        author: "ann",
      },
    ],
  ])("%j", (given, expected) => {
    expect(readPlan({ ...given, reason }, now).body).toMatchObject({ reason, ...expected });
  });

  it.each<[PlanGiven, string]>([
    [{ for: "2h" }, "give --server, --dn or --prefix, or --everything"],
    [{ everything: true, dn: ["1"], for: "2h" }, "--everything covers every DN"],
    [{ server: "S" }, "the end is missing: --end TIME, or --for 2h"],
    [{ server: "S", end: "+1h", for: "2h" }, "give --end or --for, not both"],
    [{ server: "S", for: "2 hours" }, '--for: "2 hours" is no time span like 2h'],
    [{ server: "S", for: "0h" }, '--for: "0h" is no time span'],
    [{ server: "S", end: "+x" }, '--end: "+x" is no time span like +2h'],
    [{ server: "S", start: "+1h", end: "+2h" }, "--for 2h, which counts from the start"],
    [{ server: "S", start: "22:00", for: "2h" }, "--start is not ISO 8601"],
    [{ server: "S", end: "2026-11-20T06:00:00" }, "--end has no offset: end it with Z or +hh:mm"],
    [{ server: "S", end: "2026-11-20T03:00:00Z" }, "--end must lie in the future"],
    [{ server: "S", start: "+2h", end: "2026-11-20T04:00:00Z" }, "--end must be after start"],
    [{ server: "S", for: "31d" }, "the end, by --for, must be at most 30 days after start"],
    [{ server: "S*", for: "2h" }, "--server * is no wildcard here"],
    [{ prefix: "70*", for: "2h" }, "or --everything for every DN"],
    [{ dn: ["1", "*"], for: "2h" }, "--dn * is no wildcard"],
  ])("cannot be %j", (given, words) => {
    expect(() => readPlan({ ...given, reason }, now)).toThrow(words);
  });

  it("needs a reason", () => {
    expect(() => readPlan({ server: "S", for: "2h" }, now)).toThrow("--reason is missing");
  });
});

describe("time spans", () => {
  it("are read as they are written", () => {
    const part = fc.nat({ max: 500 });
    fc.assert(
      fc.property(part, part, part, (days, hours, minutes) => {
        const text = `${days}d${hours}h${minutes}m`;
        const expected = ((days * 24 + hours) * 60 + minutes) * 60_000;
        expect(readTimeSpan(text) ?? 0).toBe(expected);
      }),
    );
  });
  it.each(["", "2", "h", "-2h", "1.5h", "2h1d", "2s", " 2h"])("%j is none", (text) => {
    expect(readTimeSpan(text)).toBeUndefined();
  });
  it.each([
    [0, "less than a minute"],
    [-5, "less than a minute"],
    [12, "12 min"],
    [60, "1 h"],
    [1501, "1 d 1 h"],
    [1441, "1 d"],
  ])("of %i minutes: %s", (minutes, text) => {
    expect(timeSpanText(minutes * 60_000)).toBe(text);
  });
});

const start = async (...planned: MaintenanceWindow[]) => {
  const { tables, access } = await startApiServer();
  for (const window of planned) tables.windows.set(window.id, window);
  const terminal = createRecordingTerminal();
  const context = { access, terminal, stageOption: " --stage prod", json: false, now };
  return { tables, terminal, context };
};

describe("the list of windows", () => {
  it("says plainly that there are none", async () => {
    const { terminal, context } = await start();
    await printWindows(context);
    expect(terminal.printed).toEqual(["no maintenance window is in force or planned"]);
    await printWindows({ ...context, json: true });
    expect(terminal.printed).toHaveLength(1);
    expect(terminal.noted).toHaveLength(1);
  });

  it("has when, what, why and by whom, the first to begin first", async () => {
    const later = { start: testNow + minute, end: testNow + 121 * minute };
    const { terminal, context } = await start(
      buildWindow({ id: "w2", ...later, server: undefined, prefix: "70", onBehalfOf: "bob" }),
      buildWindow(),
    );
    await printWindows(context);
    expect(terminal.printed).toEqual([
      "w1",
      "  in force, 2026-11-20 03:00:00 UTC to 2026-11-20 03:10:00 UTC (10 min)",
      "  every DN of SIPTS750",
      "  new release (by Ada)",
      "",
      "w2",
      "  planned, 2026-11-20 03:01:00 UTC to 2026-11-20 05:01:00 UTC (2 h)",
      "  the DNs that begin with 70 of every T-Server",
      "  new release (by Ada for bob)",
    ]);
  });

  it("has all pages, as JSON an object a line", async () => {
    const many = Array.from({ length: 230 }, (_, index) =>
      buildWindow({ id: `w${index}`, thisDNs: ["1", "2"], prefix: "7" }),
    );
    const { terminal, context } = await start(...many);
    await printWindows({ ...context, json: true });
    const ids = terminal.printed.map((line) => /"id":"(w\d+)"/.exec(line)?.[1]);
    expect(new Set(ids).size).toBe(230);
    await printWindows(context);
    expect(terminal.printed).toContain("  of DN 1 and 2 those that begin with 7 of SIPTS750");
  });
});

describe("adding and ending", () => {
  it("plans what was asked for, and says how to end it", async () => {
    const { tables, terminal, context } = await start();
    await addWindow(context, readPlan({ dn: ["7001"], for: "2h", reason, author: "ann" }, now));
    const [window] = [...tables.windows.values()];
    expect(window).toMatchObject({ thisDNs: ["7001"], reason, author: "crm", onBehalfOf: "ann" });
    expect(terminal.printed.slice(1)).toEqual([
      "  in force, 2026-11-20 03:00:00 UTC to 2026-11-20 05:00:00 UTC (2 h)",
      "  DN 7001 of every T-Server",
      `  ${reason} (by crm for ann)`,
    ]);
    expect(terminal.noted.at(-1)).toBe(`  npm run windows -- end ${window?.id} --stage prod`);
    await addWindow({ ...context, json: true }, readPlan({ dn: ["7"], for: "2h", reason }, now));
    expect(JSON.parse(terminal.printed.at(-1) ?? "")).toMatchObject({ thisDNs: ["7"] });
  });

  it("shows what the API refuses by the name of the option", async () => {
    const { context } = await start();
    const plan = readPlan({ dn: ["7001"], for: "2h", reason }, now - 3 * 60 * 60_000);
    await expect(addWindow(context, plan)).rejects.toThrow(
      /^the API answered 400: .* the end, by --for, must lie in the future/,
    );
  });

  it.each(["w1-a", "w1", "window/w1"])("ends the window %s", async (given) => {
    const { tables, terminal, context } = await start(
      buildWindow({ id: "w1-a" }),
      buildWindow({ id: "v1" }),
    );
    await endWindow(context, given);
    expect(terminal.printed).toEqual([
      "ended: the window for every DN of SIPTS750 (new release), w1-a",
    ]);
    expect([...tables.windows.keys()]).toEqual(["v1"]);
  });

  it("does not guess, and says that one is unknown", async () => {
    const { tables, context } = await start(buildWindow({ id: "w1a" }), buildWindow({ id: "w1b" }));
    await expect(endWindow(context, "w1")).rejects.toThrow("w1 begins the ids of 2 windows, w1a");
    await expect(endWindow(context, "x")).rejects.toThrow(
      "no maintenance window that is in force or planned has the id x: npm run windows -- list",
    );
    expect(tables.windows.size).toBe(2);
  });

  it("takes an id that begins with a dash", () => {
    const id = "-hB3J_mPbphBR2yssjfxIg";
    expect(shieldWindowId(["end", id, "--stage", "prod"])).toEqual([
      "end",
      `window/${id}`,
      "--stage",
      "prod",
    ]);
  });
});

describe("firstWord", () => {
  const options = { server: { type: "string" }, json: { type: "boolean" } } as const;
  it.each([
    [["windows", "list"], "windows"],
    [["--server", "S", "--json", "windows", "add"], "windows"],
    [["--server=windows", "why", "windows"], "why"],
    [["--unknown", "ack"], "ack"],
    [[], undefined],
  ])("of %j is %s", (args, word) => {
    expect(firstWord(args, options)).toBe(word);
  });
});
