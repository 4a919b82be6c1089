import { describe, expect, it } from "vitest";
import { createReportTrouble } from "../../../lambda/use-cases/ingest/report-trouble.ts";
import { bridgeKey } from "../../support/build-event.ts";
import { buildReport } from "../../support/build-report.ts";
import { defaultRules } from "../../support/ingest-harness.ts";
import { createTroubleHarness } from "../../support/trouble-harness.ts";

const rejected = { kind: "rejected", detail: "missing" } as const;

const setUp = async (...given: Parameters<typeof createTroubleHarness>) => {
  const harness = await createTroubleHarness(...given);
  return {
    ...harness,
    reportTrouble: createReportTrouble(harness.ports, harness.recordReport),
    blind: () =>
      harness
        .blind()
        .map(({ application, server, blind }) => `${application} ${server} ${blind?.cause}`),
  };
};

describe("recording that a bridge does not get through", () => {
  it("is not done on several servers where a body does not say which one it was about", async () => {
    const { reportTrouble, blind, log } = await setUp();
    await reportTrouble(bridgeKey(), rejected);
    expect(blind()).toEqual([]);
    expect(log).not.toHaveBeenCalled();
    await reportTrouble(bridgeKey({ name: "bridge-b" }), rejected);
    expect(blind()).toEqual(["bridge-b SIPTS750 rejected"]);
  });

  it("is done on the one to its key's server", async () => {
    const { reportTrouble, blind } = await setUp();
    await reportTrouble(bridgeKey({ serverName: "AVAYATS1" }), rejected);
    expect(blind()).toEqual(["bridge-a AVAYATS1 rejected"]);
  });

  it("is done on those that were reported, and creates none", async () => {
    const { reportTrouble, blind, alerting } = await setUp();
    const health = rejected;
    await reportTrouble(bridgeKey(), rejected, [
      buildReport({ health }),
      buildReport({ health, server: "NEW" }),
    ]);
    expect(blind()).toEqual(["bridge-a SIPTS750 rejected"]);
    expect(alerting.connections.size).toBe(3);
  });

  it("is done once in ten seconds for a bridge", async () => {
    const { reportTrouble, readAllConnections, wait } = await setUp();
    await reportTrouble(bridgeKey(), rejected);
    wait(9);
    await reportTrouble(bridgeKey(), rejected);
    expect(readAllConnections).toHaveBeenCalledTimes(1);
    await reportTrouble(bridgeKey({ name: "bridge-b" }), rejected);
    await reportTrouble(bridgeKey(), rejected);
    expect(readAllConnections).toHaveBeenCalledTimes(2);
    wait(1);
    await reportTrouble(bridgeKey(), rejected);
    expect(readAllConnections).toHaveBeenCalledTimes(3);
  });

  it("is done more often where silence is judged sooner", async () => {
    const { reportTrouble, readAllConnections, wait } = await setUp(
      {},
      { ...defaultRules, silenceSeconds: 6 },
    );
    await reportTrouble(bridgeKey(), rejected);
    wait(1);
    await reportTrouble(bridgeKey(), rejected);
    expect(readAllConnections).toHaveBeenCalledTimes(2);
  });

  it("remembers no more than a thousand, so that invented names do not fill the memory", async () => {
    const { reportTrouble, readAllConnections } = await setUp();
    await reportTrouble(bridgeKey(), rejected);
    for (let number = 0; number < 1000; number += 1)
      await reportTrouble(bridgeKey(), rejected, [buildReport({ server: `S${number}` })]);
    await reportTrouble(bridgeKey(), rejected);
    expect(readAllConnections).toHaveBeenCalledTimes(2);
  });

  it("breaks nothing when it fails: it is logged", async () => {
    const { reportTrouble, log } = await setUp({
      readAllConnections: async () => Promise.reject(new Error("down")),
    });
    await reportTrouble(bridgeKey(), rejected);
    expect(log).toHaveBeenCalledWith("warn", expect.any(String), {
      bridge: "bridge-a",
      error: expect.any(Error),
    });
  });
});
