import { describe, expect, it } from "vitest";
import {
  acknowledgeAlert,
  takeBackAcknowledgement,
} from "../../commands/alerts/acknowledge-alert.ts";
import { readAlertsArguments } from "../../commands/alerts/alerts-arguments.ts";
import { listOpen } from "../../commands/alerts/list-open.ts";
import { readOpenAlerts } from "../../commands/alerts/listed-alert.ts";
import { type Alert, subjects } from "../../lambda/domain/alerting/alert.ts";
import { startApiServer } from "../support/api-server.ts";
import { buildAlert, buildResolvedAlert } from "../support/build-alert.ts";
import { baseTime } from "../support/build-event.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";

const second = 1_000_000;
const title: unknown = expect.stringMatching(/^ {2}\S.*lost DN 7001/);
const advice = "  Its calls are not reported. Ask who changed it.";
const now = baseTime / 1000 + 30_000 + 12 * 60_000;

/** An alert about a DN of its own. */
const about = (thisDN: string, changes: Partial<Alert> = {}): Alert => ({
  ...buildAlert(),
  subject: subjects.dn("SIPTS750", thisDN),
  thisDN,
  alertId: `alert-${thisDN}`,
  ...changes,
});
const taken: Partial<Alert> = {
  status: "acknowledged",
  acknowledgedAt: baseTime + 90 * second,
  acknowledgement: { author: "crm", onBehalfOf: "bob", note: "on it" },
};
const resolved = { ...buildResolvedAlert(), alertId: "alert-r1234" };

const start = async (...alerts: Alert[]) => {
  const server = await startApiServer();
  server.put.alerts(...alerts);
  const terminal = createRecordingTerminal();
  const list = (json = false) =>
    listOpen(server.access, terminal, { json, stageOption: " --stage prod", now });
  const ack = (id: string, given: { note?: string; author?: string } = {}) =>
    acknowledgeAlert(server.access, id, { note: given.note, author: given.author });
  return { ...server, terminal, list, ack };
};

describe("the list of open alerts", () => {
  it("says plainly that none is open", async () => {
    const { list, terminal } = await start(resolved);
    await list();
    expect(terminal).toMatchObject({ printed: ["no alert is open"], noted: [] });
    await list(true);
    expect(terminal).toMatchObject({ printed: ["no alert is open"], noted: ["no alert is open"] });
  });

  it("has an entry for each: id, since when, title, and who has it", async () => {
    const { list, terminal } = await start(about("7001"), about("7002", { count: 1200, ...taken }));
    await list();
    expect(terminal.printed).toEqual([
      "alert-7001",
      "  critical, open since 2026-11-20 02:58:30 UTC (12 min)",
      title,
      advice,
      "  not acknowledged",
      "",
      "alert-7002",
      "  critical, open since 2026-11-20 02:58:30 UTC (12 min), 1,200 DNs",
      title,
      advice,
      "  acknowledged by crm for bob at 2026-11-20 02:59:30 UTC: on it",
    ]);
    expect(terminal.noted).toEqual([
      "\n2 alerts are open, 1 not acknowledged; to take one over, or to see why:",
      '  npm run alerts -- ack ID --note "TEXT" --author NAME --stage prod',
      "  npm run alerts -- why DN --stage prod",
    ]);
  });

  it("is a JSON object a line where that is asked for, as the API gives it", async () => {
    const { list, terminal } = await start(about("7001"), about("7002", taken));
    await list(true);
    expect(terminal.printed.map((line): unknown => JSON.parse(line))).toMatchObject([
      { alertId: "alert-7001", kind: "dn", causes: [{ count: 1 }] },
      { alertId: "alert-7002", acknowledgement: { author: "crm", onBehalfOf: "bob" } },
    ]);
  });

  it("goes on to the last page", async () => {
    const many = Array.from({ length: 1_203 }, (_, index) => about(`${7000 + index}`));
    const { access, asked } = await start(...many);
    const ids = (await readOpenAlerts(access)).map(({ alertId }) => alertId);
    expect(new Set(ids).size).toBe(many.length);
    expect(asked.filter((url) => url.includes("status=open"))).toHaveLength(3);
  });

  it("shows no control characters", async () => {
    const acknowledgement = { author: "crm", note: "me\u001b[2J\nDN" };
    const { list, terminal } = await start(about("7001", { ...taken, acknowledgement }));
    await list();
    expect(terminal.printed.at(-1)).toMatch(/: me\?\[2J\?DN$/);
  });
});

describe("acknowledging", () => {
  it("takes an id, with a note and a name beside the token's", async () => {
    const { ack, storedAlert } = await start(about("7001"));
    expect(await ack("alert-7001", { note: "on it", author: "ann" })).toEqual([
      "alert-7001 is acknowledged by crm for ann (on it)",
      title,
    ]);
    expect(storedAlert(about("7001"))).toMatchObject({
      status: "acknowledged",
      acknowledgement: { author: "crm", onBehalfOf: "ann", note: "on it" },
    });
  });

  it.each(["alert-70011", "alert-7001", "70011", "70012x"])(
    "takes %s as the id, or the beginning of one alone",
    async (given) => {
      const { ack } = await start(about("70011"), about("70012x"), about("7001"));
      const [line] = await ack(given);
      expect(line).toBe(`alert-${given.replace("alert-", "")} is acknowledged by crm`);
    },
  );

  it("does not guess between two", async () => {
    const { ack } = await start(about("70011"), about("70012"));
    await expect(ack("alert-7001")).rejects.toThrow(
      /^alert-7001 begins the ids of 2 open alerts, alert-7001\d and alert-7001\d: give more of it$/,
    );
  });

  it.each(["7", "alert-700", "alert-", "#"])("does not guess from %s", async (given) => {
    const { ack, asked } = await start(about("7001"));
    const words = `"${given}" is too short for an alert's id: give at least 4 characters of what follows "alert-"`;
    await expect(ack(given)).rejects.toThrow(words);
    expect(asked).toEqual([]);
    expect(() => readAlertsArguments(["unack", given])).toThrow(words);
  });

  it("says from whom the alert was taken over", async () => {
    const { ack } = await start(about("7001", taken));
    expect((await ack("alert-7001", { author: "ann" })).at(-1)).toBe(
      "  taken over from crm for bob (on it), who has had it since 2026-11-20 02:59:30 UTC: let them know",
    );
    const again = await ack("alert-7001", { author: "ann", note: "still" });
    expect(again).toHaveLength(2);
  });

  it.each(["alert-r1234", "r123"])("says of %s that it is resolved", async (given) => {
    const { ack, access } = await start(resolved);
    const words =
      "alert-r1234 is resolved since 2026-11-20 03:08:00 UTC (registered): there is nothing left to acknowledge";
    await expect(ack(given)).rejects.toThrow(words);
    await expect(takeBackAcknowledgement(access, given)).rejects.toThrow(words);
  });

  it.each(["alert-9999", "../x", "####", "alert"])(
    "says of %s that it is unknown",
    async (given) => {
      const { ack } = await start(about("7001"));
      await expect(ack(given)).rejects.toThrow(
        `no alert has the id ${given}: npm run alerts -- --open shows the ids`,
      );
    },
  );

  it("says what the API refuses by the name of the option", async () => {
    const { ack } = await start(about("7001"));
    await expect(ack("7001", { note: "x".repeat(501) })).rejects.toThrow(/--note must be text/);
  });

  it("is taken back, once", async () => {
    const { access, storedAlert } = await start(about("7001", taken));
    expect(await takeBackAcknowledgement(access, "7001")).toEqual([
      "alert-7001 is open again: the acknowledgement by crm for bob (on it) is taken back",
      title,
    ]);
    expect(storedAlert(about("7001"))).toMatchObject({ status: "open" });
    await expect(takeBackAcknowledgement(access, "7001")).rejects.toThrow(
      "alert-7001 is open and not acknowledged: there is nothing to take back",
    );
  });
});
