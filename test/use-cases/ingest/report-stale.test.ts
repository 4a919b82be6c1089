import { describe, expect, it, vi } from "vitest";
import { hashText } from "../../../lambda/adapters/hash-text.ts";
import { createRecentRequests } from "../../../lambda/use-cases/ingest/recent-requests.ts";
import {
  createRecordReport,
  maxRemembered,
} from "../../../lambda/use-cases/ingest/record-report.ts";
import { createReportStale } from "../../../lambda/use-cases/ingest/report-stale.ts";
import { baseTime, bridgeKey } from "../../support/build-event.ts";
import { buildReport } from "../../support/build-report.ts";
import { createInMemoryAlerting } from "../../support/in-memory-alerting.ts";
import { defaultRules } from "../../support/ingest-harness.ts";

const seconds = Math.floor(baseTime / 1_000_000);
const ahead = (id: string) => ({ id, timestamp: seconds + 900 });

const setUp = async (
  changes: Partial<ReturnType<typeof createInMemoryAlerting>> = {},
  rules = defaultRules,
) => {
  const alerting = { ...createInMemoryAlerting(), ...changes };
  let now = baseTime;
  const log = vi.fn();
  const recent = createRecentRequests({ hash: hashText });
  const recordReport = createRecordReport({ ...alerting, rules }, recent);
  const readAllConnections = vi.fn(alerting.readAllConnections);
  const ports = { ...alerting, readAllConnections, rules, log, now: () => now };
  for (const place of [{}, { server: "AVAYATS1" }, { application: "bridge-b" }]) {
    const report = buildReport(place);
    recent.note(report.application, { id: `first-${report.server}`, timestamp: seconds });
    await recordReport(report);
  }
  const blind = () =>
    [...alerting.connections.values()].flatMap(({ server, application, blind }) =>
      blind ? [`${application} ${server} ${blind.cause} ${(blind.ids ?? "").length / 6}`] : [],
    );
  const wait = (micros: number) => {
    now += micros * 1_000_000;
  };
  const reportStale = createReportStale(ports, { recordReport, recent });
  return { reportStale, readAllConnections, blind, wait, log, recent, alerting };
};

describe("a request with a right signature and a wrong time", () => {
  it("is recorded on all connections of its bridge, each different one", async () => {
    const { reportStale, blind, wait } = await setUp();
    expect(await reportStale(bridgeKey(), ahead("1"))).toBe("unproven");
    expect(blind()).toEqual(["bridge-a SIPTS750 clock 1", "bridge-a AVAYATS1 clock 1"]);
    const verdicts: string[] = [];
    for (const id of ["1", "2", "2", "3", "4"]) {
      wait(10);
      verdicts.push(await reportStale(bridgeKey(), ahead(id)));
    }
    expect(verdicts).toEqual(["repeated", "unproven", "repeated", "clock-off", "clock-off"]);
    expect(blind()).toEqual(["bridge-a SIPTS750 clock 3", "bridge-a AVAYATS1 clock 3"]);
  });

  it("is recorded on the one to its key's server, but judged by all", async () => {
    const { reportStale, blind } = await setUp();
    const key = bridgeKey({ serverName: "AVAYATS1" });
    const taken = { id: "first-SIPTS750", timestamp: seconds + 900 };
    expect(await reportStale(key, taken)).toBe("unproven");
    expect(blind()).toEqual([]);
    await reportStale(key, ahead("1"));
    expect(blind()).toEqual(["bridge-a AVAYATS1 clock 1"]);
  });

  it("is recorded only on servers that its key may name", async () => {
    const { reportStale, blind } = await setUp();
    await reportStale(bridgeKey({ servers: ["AVAYATS1"] }), ahead("1"));
    expect(blind()).toEqual(["bridge-a AVAYATS1 clock 1"]);
  });

  it("is nothing where it was taken here and is not written yet", async () => {
    const { reportStale, recent, blind } = await setUp();
    recent.note("bridge-a", ahead("1"));
    expect(await reportStale(bridgeKey(), ahead("1"))).toBe("unproven");
    expect(blind()).toEqual([]);
  });

  it("proves that the clock is off where the bridge was never heard, and makes no connection", async () => {
    const { reportStale, blind, alerting } = await setUp();
    for (const id of ["1", "2"]) await reportStale(bridgeKey({ name: "bridge-c" }), ahead(id));
    expect(await reportStale(bridgeKey({ name: "bridge-c" }), ahead("3"))).toBe("clock-off");
    expect([blind(), alerting.connections.size]).toEqual([[], 3]);
  });

  it("costs a read and a record in ten seconds; all are judged, and the first proof is recorded", async () => {
    const { reportStale, readAllConnections, blind, wait } = await setUp();
    const old = { id: "first-SIPTS750", timestamp: seconds - 900 };
    expect(await reportStale(bridgeKey(), old)).toBe("unproven");
    wait(9);
    await reportStale(bridgeKey(), ahead("1"));
    await reportStale(bridgeKey(), ahead("2"));
    expect(await reportStale(bridgeKey(), old)).toBe("repeated");
    expect(blind()[0]).toBe("bridge-a SIPTS750 clock 1");
    expect(readAllConnections).toHaveBeenCalledTimes(1);
    await reportStale(bridgeKey({ name: "bridge-b" }), ahead("3"));
    expect(readAllConnections).toHaveBeenCalledTimes(2);
    wait(1);
    await reportStale(bridgeKey(), ahead("2"));
    expect(blind()[0]).toBe("bridge-a SIPTS750 clock 2");
    expect(readAllConnections).toHaveBeenCalledTimes(3);
  });

  it("begins to count again where a request was verified in between", async () => {
    const { reportStale, recent } = await setUp();
    for (const id of ["1", "2"]) await reportStale(bridgeKey(), ahead(id));
    recent.note("bridge-a", { id: "verified", timestamp: seconds });
    expect(await reportStale(bridgeKey(), ahead("3"))).toBe("unproven");
  });

  it("remembers a bounded number of what was repeated", async () => {
    const { reportStale } = await setUp();
    const lateness = Array.from({ length: maxRemembered + 1 }, (_, index) => ({
      id: `old-${index}`,
      timestamp: seconds,
    }));
    for (const request of lateness) await reportStale(bridgeKey(), request);
    const [first = ahead("1")] = lateness;
    expect(await reportStale(bridgeKey(), first)).toBe("unproven");
  });

  it("is looked at more often where silence is judged sooner", async () => {
    const { reportStale, readAllConnections, wait } = await setUp(
      {},
      { ...defaultRules, silenceSeconds: 6 },
    );
    await reportStale(bridgeKey(), ahead("1"));
    wait(1);
    await reportStale(bridgeKey(), ahead("1"));
    expect(readAllConnections).toHaveBeenCalledTimes(2);
  });

  it("proves nothing where the connections cannot be read, and breaks nothing: it is logged", async () => {
    const { reportStale, log } = await setUp({
      readAllConnections: async () => Promise.reject(new Error("down")),
    });
    expect(await reportStale(bridgeKey(), ahead("1"))).toBe("unproven");
    expect(log).toHaveBeenCalledWith("warn", expect.any(String), {
      bridge: "bridge-a",
      error: expect.any(Error),
    });
  });
});
