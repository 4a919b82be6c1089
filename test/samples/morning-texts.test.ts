import { beforeAll, describe, expect, it } from "vitest";
import type { Alert } from "../../lambda/domain/alerting/alert.ts";
import { alertTitle } from "../../lambda/domain/alerting/alert-title.ts";
import { compareText } from "../../lambda/domain/text.ts";
import { createZone } from "../../lambda/domain/zone.ts";
import { makeMorning } from "../../samples/morning.ts";
import { eventOf, reading } from "../support/read-raw-event.ts";
import { createHarness } from "../use-cases/evaluate/alerting-harness.ts";

const noon = Date.UTC(2026, 10, 18, 12) * 1000;
const nextDay = noon + 86_400_000_000;
const berlin = createZone("Europe/Berlin");

describe("the alerts of the sample morning", () => {
  let alerts: Alert[] = [];
  beforeAll(async () => {
    const harness = createHarness();
    harness.state.now = noon;
    await harness.record(...makeMorning().map((one) => eventOf(one, { ...reading, now: noon })));
    harness.pass(31);
    const { evaluateLosses } = harness.evaluatorOf();
    for (const { server, thisDN, alertId: lossId } of harness.ports.statuses.values())
      if (lossId !== undefined) await evaluateLosses(server, [{ thisDN, lossId }]);
    alerts = harness
      .published()
      .toSorted((a, b) => compareText(`${a.server} ${a.thisDN}`, `${b.server} ${b.thisDN}`));
  });
  const titles = (now: number, zone = createZone("UTC")) =>
    alerts.map((alert) => alertTitle(alert, "alert.opened", { now, zone }));

  it("read so on the same day", () => {
    expect(titles(noon)).toEqual([
      "OPEN AVAYATS1: bridge-a lost DN 21017 at 08:43 UTC: DN for association does not exist (123)",
      "OPEN AVAYATS1: bridge-a lost DN 51003 at 08:43 UTC: DN is not configured in CME (59)",
      "OPEN SIPTS750: bridge-a lost DN 7042 at 08:41 UTC: DN is not configured in CME (59)",
      "OPEN SIPTS750: bridge-a lost DN 7101 at 08:41 UTC: Device disabled by administration (212)",
      "OPEN SIPTS750: bridge-a lost DN 8007 at 08:41 UTC: Bad DN type for DN registration (128)",
    ]);
  });

  it("read so on the next day, in Berlin", () => {
    expect(titles(nextDay, berlin)).toEqual([
      "OPEN AVAYATS1: bridge-a lost DN 21017 at 2026-11-18 08:43 UTC (09:43 CET): DN for association does not exist (123)",
      "OPEN AVAYATS1: bridge-a lost DN 51003 at 2026-11-18 08:43 UTC (09:43 CET): DN is not configured in CME (59)",
      "OPEN SIPTS750: bridge-a lost DN 7042 at 2026-11-18 08:41 UTC (09:41 CET): DN is not configured in CME (59)",
      "OPEN SIPTS750: bridge-a lost DN 7101 at 2026-11-18 08:41 UTC (09:41 CET): Device disabled by administration (212)",
      "OPEN SIPTS750: bridge-a lost DN 8007 at 2026-11-18 08:41 UTC (09:41 CET): Bad DN type for DN registration (128)",
    ]);
  });

  it("say what to do", () => {
    for (const { text } of alerts)
      expect(text.advice).toBe(
        "Its calls are not reported. Ask who deleted, disabled or changed it in Configuration Manager; put it back or, if it is gone for good, retire it.",
      );
  });
});
