import { describe, expect, it } from "vitest";
import { hashText } from "../../../lambda/adapters/hash-text.ts";
import { createRecentRequests } from "../../../lambda/use-cases/ingest/recent-requests.ts";
import {
  createRecordReport,
  maxRemembered,
} from "../../../lambda/use-cases/ingest/record-report.ts";
import { createReportStale } from "../../../lambda/use-cases/ingest/report-stale.ts";
import { bridgeKey } from "../../support/build-event.ts";
import { defaultRules } from "../../support/ingest-harness.ts";
import { baseSeconds, createTroubleHarness } from "../../support/trouble-harness.ts";

const ahead = (id: string) => ({ id, timestamp: baseSeconds + 900 });

const setUp = async (...given: Parameters<typeof createTroubleHarness>) => {
  const harness = await createTroubleHarness(...given);
  return {
    ...harness,
    reportStale: createReportStale(harness.ports, harness),
    // With how many requests there are as evidence.
    blind: () =>
      harness
        .blind()
        .map(
          ({ application, server, blind }) =>
            `${application} ${server} ${blind?.cause} ${(blind?.ids ?? "").length / 6}`,
        ),
  };
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
    const taken = { id: "first-SIPTS750", timestamp: baseSeconds + 900 };
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

  it("is nothing where it was taken here and meanwhile another one was recorded", async () => {
    const { reportStale, recent, blind, wait } = await setUp();
    const taken = { id: "taken", timestamp: baseSeconds + 100 };
    recent.note("bridge-a", taken);
    await reportStale(bridgeKey(), ahead("1"));
    wait(10);
    expect(await reportStale(bridgeKey(), taken)).toBe("unproven");
    expect(blind()[0]).toBe("bridge-a SIPTS750 clock 1");
    expect(recent.of("bridge-a")).toMatchObject({ newestAt: baseSeconds + 100 });
  });

  it("is judged by the proofs that are stored, in an environment that has just begun too", async () => {
    const { reportStale, ports, alerting, wait } = await setUp();
    for (const id of ["1", "2", "3"]) {
      await reportStale(bridgeKey(), ahead(id));
      wait(10);
    }
    const recent = createRecentRequests({ hash: hashText });
    const recordReport = createRecordReport({ ...alerting, rules: defaultRules }, recent);
    const elsewhere = createReportStale(ports, { recordReport, recent });
    expect(await elsewhere(bridgeKey(), ahead("4"))).toBe("clock-off");
  });

  it("is repeated only where the same bridge sent it before", async () => {
    const { reportStale } = await setUp();
    expect(await reportStale(bridgeKey(), ahead("1"))).toBe("unproven");
    expect(await reportStale(bridgeKey({ name: "bridge-b" }), ahead("1"))).toBe("unproven");
    expect(await reportStale(bridgeKey(), ahead("1"))).toBe("repeated");
  });

  it("proves that the clock is off where the bridge was never heard, and makes no connection", async () => {
    const { reportStale, blind, alerting } = await setUp();
    for (const id of ["1", "2"]) await reportStale(bridgeKey({ name: "bridge-c" }), ahead(id));
    expect(await reportStale(bridgeKey({ name: "bridge-c" }), ahead("3"))).toBe("clock-off");
    expect([blind(), alerting.connections.size]).toEqual([[], 3]);
  });

  it("costs a read and a record in ten seconds; all are judged, and the first proof is recorded", async () => {
    const { reportStale, readAllConnections, blind, wait } = await setUp();
    const old = { id: "first-SIPTS750", timestamp: baseSeconds - 900 };
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
    recent.note("bridge-a", { id: "verified", timestamp: baseSeconds });
    expect(await reportStale(bridgeKey(), ahead("3"))).toBe("unproven");
  });

  it("remembers a bounded number of what was repeated", async () => {
    const { reportStale } = await setUp();
    const lateness = Array.from({ length: maxRemembered + 1 }, (_, index) => ({
      id: `old-${index}`,
      timestamp: baseSeconds,
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
