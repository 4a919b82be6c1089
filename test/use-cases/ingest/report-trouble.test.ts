import { describe, expect, it, vi } from "vitest";
import { createRecordReport } from "../../../lambda/use-cases/ingest/record-report.ts";
import { createReportTrouble } from "../../../lambda/use-cases/ingest/report-trouble.ts";
import { baseTime, bridgeKey } from "../../support/build-event.ts";
import { observation } from "../../support/build-report.ts";
import { createInMemoryAlerting } from "../../support/in-memory-alerting.ts";
import { defaultRules } from "../../support/ingest-harness.ts";

const clock = { kind: "clock", detail: "off" } as const;
const rejected = { kind: "rejected", detail: "missing" } as const;

const setUp = async (
  changes: Partial<ReturnType<typeof createInMemoryAlerting>> = {},
  rules = defaultRules,
) => {
  const alerting = { ...createInMemoryAlerting(), ...changes };
  let now = baseTime;
  const log = vi.fn();
  const noteObservation = createRecordReport({ ...alerting, rules });
  const readAllConnections = vi.fn(alerting.readAllConnections);
  const ports = { ...alerting, readAllConnections, noteObservation, rules, log, now: () => now };
  await noteObservation(observation());
  await noteObservation(observation({ server: "AVAYATS1" }));
  await noteObservation(observation({ application: "bridge-b" }));
  const blind = () =>
    [...alerting.connections.values()].flatMap(({ server, application, blind }) =>
      blind ? [`${application} ${server} ${blind.cause}`] : [],
    );
  const wait = (seconds: number) => {
    now += seconds * 1_000_000;
  };
  return {
    noteTrouble: createReportTrouble(ports),
    readAllConnections,
    blind,
    wait,
    log,
    alerting,
  };
};

describe("noting that a bridge does not get through", () => {
  it("is done on all its connections when no server is known", async () => {
    const { noteTrouble, blind } = await setUp();
    await noteTrouble(bridgeKey(), clock);
    expect(blind()).toEqual(["bridge-a SIPTS750 clock", "bridge-a AVAYATS1 clock"]);
  });

  it("is not laid on several servers where a body does not tell which one it was about", async () => {
    const { noteTrouble, blind, log } = await setUp();
    await noteTrouble(bridgeKey(), rejected);
    expect(blind()).toEqual([]);
    expect(log).not.toHaveBeenCalled();
    await noteTrouble(bridgeKey({ name: "bridge-b" }), rejected);
    expect(blind()).toEqual(["bridge-b SIPTS750 rejected"]);
  });

  it("is done on the one to its key's server", async () => {
    const { noteTrouble, blind } = await setUp();
    await noteTrouble(bridgeKey({ serverName: "AVAYATS1" }), clock);
    expect(blind()).toEqual(["bridge-a AVAYATS1 clock"]);
  });

  it("is done on those that were observed, and makes none known", async () => {
    const { noteTrouble, blind, alerting } = await setUp();
    const health = rejected;
    await noteTrouble(bridgeKey(), rejected, [
      observation({ health }),
      observation({ health, server: "NEW" }),
    ]);
    expect(blind()).toEqual(["bridge-a SIPTS750 rejected"]);
    expect(alerting.connections.size).toBe(3);
  });

  it("is done once in ten seconds for a bridge", async () => {
    const { noteTrouble, readAllConnections, wait } = await setUp();
    await noteTrouble(bridgeKey(), clock);
    wait(9);
    await noteTrouble(bridgeKey(), clock);
    expect(readAllConnections).toHaveBeenCalledTimes(1);
    await noteTrouble(bridgeKey({ name: "bridge-b" }), clock);
    await noteTrouble(bridgeKey(), clock);
    expect(readAllConnections).toHaveBeenCalledTimes(2);
    wait(1);
    await noteTrouble(bridgeKey(), clock);
    expect(readAllConnections).toHaveBeenCalledTimes(3);
  });

  it("is done more often where silence is judged sooner", async () => {
    const { noteTrouble, readAllConnections, wait } = await setUp(
      {},
      { ...defaultRules, silenceSeconds: 6 },
    );
    await noteTrouble(bridgeKey(), clock);
    wait(1);
    await noteTrouble(bridgeKey(), clock);
    expect(readAllConnections).toHaveBeenCalledTimes(2);
  });

  it("remembers no more than a thousand, so that invented names do not fill the memory", async () => {
    const { noteTrouble, readAllConnections } = await setUp();
    await noteTrouble(bridgeKey(), clock);
    for (let number = 0; number < 1000; number += 1)
      await noteTrouble(bridgeKey(), rejected, [observation({ server: `S${number}` })]);
    await noteTrouble(bridgeKey(), clock);
    expect(readAllConnections).toHaveBeenCalledTimes(2);
  });

  it("spoils nothing when it fails: it is logged", async () => {
    const { noteTrouble, log } = await setUp({
      readAllConnections: async () => Promise.reject(new Error("down")),
    });
    await noteTrouble(bridgeKey(), clock);
    expect(log).toHaveBeenCalledWith("warn", expect.any(String), {
      bridge: "bridge-a",
      error: expect.any(Error),
    });
  });
});
