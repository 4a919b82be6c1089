import { describe, expect, it } from "vitest";
import { decisionLines } from "../../commands/alerts/decision-lines.ts";
import { explainDn } from "../../commands/alerts/explain-dn.ts";
import type { Loss } from "../../lambda/domain/alerting/loss.ts";
import { toDecisionView } from "../../lambda/use-cases/operate/decision-view.ts";
import { startApiServer } from "../support/api-server.ts";
import { buildAlert } from "../support/build-alert.ts";
import { baseTime, registered, retired, unregistered } from "../support/build-event.ts";
import {
  buildFormerMember,
  buildHeld,
  buildHeldToTheEnd,
  buildLoss,
  buildMissing,
  buildWaiting,
} from "../support/build-loss.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";

const start = async (scopes?: readonly string[]) => {
  const server = await startApiServer(scopes === undefined ? {} : { scopes });
  const terminal = createRecordingTerminal();
  const why = (options: { json?: boolean; all?: boolean; server?: string } = {}) => {
    const { json = false, all = false } = options;
    const wanted = { thisDN: "7001", server: options.server };
    return explainDn(server.access, wanted, { terminal, json, all });
  };
  return { ...server, terminal, why };
};
const minute = 60_000_000;
const passed = (count: number): Loss[] =>
  Array.from({ length: count }, (_, index) =>
    buildLoss({
      lossId: `alert-${index}`,
      lostAt: baseTime - index * minute,
      learntAt: baseTime - index * minute,
    }),
  );

describe("why a DN was, or was not, alerted", () => {
  it("says how it is now, then each loss in words", async () => {
    const { why, terminal, put } = await start();
    const lost = unregistered({ id: "hB3J_mPbphBR2yssjfxIgS", errorCode: 59 });
    await put.events(registered({ time: baseTime - 1 }), lost);
    put.losses(buildMissing("alert-x"));
    put.alerts({ ...buildAlert(), subject: "a subject", alertId: "alert-x" });
    expect(await why()).toBe(true);
    expect(terminal.printed).toEqual([
      "DN 7001 on SIPTS750 is unregistered since 2026-11-20 02:58:00 UTC, unexpected (no ReferenceID; ErrorCode 59: DN is not configured in CME)",
      "",
      "2026-11-20 02:58:00 UTC  lost by bridge-a on SIPTS750 (critical)",
      "  alerted: part of alert-x, still missing",
      "  learnt 2026-11-20 02:58:01 UTC, decided 2026-11-20 02:58:31 UTC",
      "  why:",
      "    2026-11-20 02:58:31 UTC  registered again within the hold-down of 30 s",
    ]);
    expect(terminal.noted).toEqual([]);
  });

  const since = "over since 2026-11-20 02:58:31 UTC (registered)";
  it.each<[Loss, string]>([
    [buildWaiting(), "waiting: nothing is decided yet"],
    [buildMissing("alert-x"), "waiting: nothing is decided yet"],
    [buildFormerMember("alert-x"), `alerted: part of alert-x, ${since}`],
    [buildLoss(), `passed: no alert, it was over within its hold-down; ${since}`],
    [buildHeld("window/w1"), "held: no alert yet, it waits for the end of maintenance window w1"],
    [buildHeld("server"), "the alert about its link or T-Server"],
    [buildHeld("bridge/bridge-a"), "the alert about bridge bridge-a"],
    [buildHeldToTheEnd("server"), `ended: no alert, it was over while it waited for the alert`],
  ])("words every state: %#", (loss, words) => {
    const view = JSON.parse(JSON.stringify(toDecisionView(loss)));
    expect(decisionLines(view)[1]).toContain(words);
  });

  it("shows the newest ten and says that there are more", async () => {
    const { why, terminal, put } = await start();
    put.losses(...passed(11));
    await why();
    const shown = () => terminal.printed.filter((line) => line.includes("lost by"));
    expect(shown()).toHaveLength(10);
    expect(shown()[0]).toContain("02:58:00");
    expect(terminal.noted.at(-1)).toBe(
      "\nthe newest 10 losses are shown, older ones are left out: --all",
    );
    terminal.printed.length = 0;
    terminal.noted.length = 0;
    await why({ all: true });
    expect(shown()).toHaveLength(11);
    expect(terminal.noted).toEqual([]);
  });

  it("says of ten that these are all", async () => {
    const { why, terminal, put } = await start();
    put.losses(...passed(10));
    await why({ json: true });
    expect(terminal.printed.map((line): unknown => JSON.parse(line))).toMatchObject(
      Array.from({ length: 10 }, () => ({ thisDN: "7001", state: "passed" })),
    );
    expect(terminal.noted).toEqual([]);
  });

  it("says of a known DN that it was never lost, and how it is", async () => {
    const { why, terminal, put } = await start();
    await put.events(registered({ time: baseTime }));
    expect(await why()).toBe(true);
    expect(terminal.printed).toEqual([
      "DN 7001 on SIPTS750 is registered since 2026-11-20 02:58:00 UTC",
      "DN 7001 has never been lost unexpectedly: there was nothing to alert",
    ]);
  });

  it("says of an unknown DN that it is unknown", async () => {
    const { why, terminal } = await start();
    expect(await why({ server: "SIPTS750" })).toBe(false);
    expect(terminal.printed).toEqual([
      "DN 7001 on SIPTS750 is unknown: no event has ever named it. DNs are spelled as the T-Server spells them",
    ]);
    expect(await why({ json: true })).toBe(false);
    expect(terminal.printed).toHaveLength(1);
    expect(terminal.noted[0]).toContain("is unknown");
  });

  it("looks at one T-Server alone where that is asked for", async () => {
    const { why, terminal, put } = await start();
    await put.events(registered({ server: "A" }), registered({ server: "B", id: "2" }));
    put.losses(buildLoss({ server: "A" }), buildLoss({ server: "B", lossId: "alert-b" }));
    await why({ server: "B" });
    expect(terminal.printed.filter((line) => / on A\b/.test(line))).toEqual([]);
    expect(terminal.printed.filter((line) => / on B\b/.test(line))).toHaveLength(2);
  });

  it("says that it is retired", async () => {
    const { why, terminal, put } = await start();
    await put.events(registered({ time: baseTime }), retired({ time: baseTime + 1 }));
    await why();
    expect(terminal.printed[0]).toMatch(/^DN 7001 on SIPTS750 is retired since 2026-/);
  });

  it("does without the status where the token may not read it", async () => {
    const { why, terminal, put } = await start(["alerts:read"]);
    put.losses(buildLoss());
    expect(await why()).toBe(true);
    expect(terminal.printed[1]).toContain("lost by bridge-a");
    expect(terminal.noted).toEqual([
      "its present status is not shown: the token lacks the scope registrations:read",
    ]);
  });
});
