import { describe, expect, it, vi } from "vitest";
import { hashText } from "../../../lambda/adapters/hash-text.ts";
import type { RequestEvaluation } from "../../../lambda/ports/evaluation.ts";
import { newestOf } from "../../../lambda/use-cases/ingest/connection-evaluations.ts";
import { createRecentRequests } from "../../../lambda/use-cases/ingest/recent-requests.ts";
import { createRecordReport } from "../../../lambda/use-cases/ingest/record-report.ts";
import { buildConnection } from "../../support/build-connection.ts";
import { baseTime } from "../../support/build-event.ts";
import { buildReport, connectionEvent } from "../../support/build-report.ts";
import { createInMemoryAlerting, type InMemoryAlerting } from "../../support/in-memory-alerting.ts";
import { defaultRules } from "../../support/ingest-harness.ts";

const second = 1_000_000;
const setUp = (changes: Partial<InMemoryAlerting> = {}, rules = defaultRules) => {
  const alerting = { ...createInMemoryAlerting(), ...changes };
  const ports = {
    ...alerting,
    readConnection: vi.fn(alerting.readConnection),
    writeConnection: vi.fn(alerting.writeConnection),
  };
  const recent = createRecentRequests({ hash: hashText });
  const createNote = (requests = createRecentRequests({ hash: hashText })) =>
    createRecordReport({ ...ports, rules }, requests);
  const delays = () => alerting.requests.splice(0).map(({ delaySeconds }) => delaySeconds);
  return { ...ports, recent, createNote, note: createNote(recent), delays };
};
const at = (seconds: number) => baseTime + seconds * second;
const down = connectionEvent("EventLinkDisconnected");

describe("recording a report", () => {
  it("writes the connection and has it evaluated when it is new", async () => {
    const { note, connections, requests } = setUp();
    await note(buildReport());
    expect([...connections.values()]).toMatchObject([{ revision: 1, seenAt: baseTime }]);
    expect(requests).toEqual([
      {
        message: { kind: "connection", server: "SIPTS750", application: "bridge-a" },
        delaySeconds: 0,
      },
    ]);
  });

  it("costs one read and one write in ten seconds, however much a bridge sends", async () => {
    const { note, readConnection, writeConnection, delays } = setUp();
    for (let hundredths = 0; hundredths < 1000; hundredths += 1)
      await note(buildReport({ at: at(hundredths / 100) }));
    expect([readConnection, writeConnection].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    await note(buildReport({ at: at(10) }));
    expect([readConnection, writeConnection].map(({ mock }) => mock.calls.length)).toEqual([2, 2]);
    expect(delays()).toEqual([0]);
  });

  it("writes nothing that another environment has written just now", async () => {
    const { createNote, note, writeConnection } = setUp();
    await note(buildReport());
    await createNote()(buildReport({ at: at(5) }));
    expect(writeConnection).toHaveBeenCalledTimes(1);
  });

  it("reads again when another writer came in between", async () => {
    const { createNote, note, connections, writeConnection, readConnection } = setUp();
    await note(buildReport());
    const up = connectionEvent("EventServerConnected");
    readConnection.mockImplementationOnce(async () => {
      const before = structuredClone([...connections.values()][0]);
      await createNote()(buildReport({ events: [up] }));
      return before;
    });
    await createNote()(buildReport({ events: [down] }));
    expect(await writeConnection.mock.results[1]?.value).toBe("written");
    expect(await writeConnection.mock.results[2]?.value).toBe("conflict");
    expect([...connections.values()]).toMatchObject([
      { linkDown: { at: baseTime }, serverUp: { at: baseTime }, revision: 3 },
    ]);
  });

  it("still writes the requests that were taken when another writer came in between", async () => {
    const { note, recent, connections, writeConnection } = setUp();
    recent.note("bridge-a", { id: "msg_1", timestamp: 5 });
    writeConnection.mockImplementationOnce(async () => "conflict");
    await note(buildReport());
    expect([...connections.values()]).toMatchObject([{ requests: { newestAt: 5 } }]);
    expect(recent.of("bridge-a")).toBeUndefined();
  });

  it("gives up when other writers always come first", async () => {
    const { note } = setUp({ writeConnection: async () => "conflict" });
    await expect(note(buildReport())).rejects.toThrow("20 times");
  });

  it("does not create a connection for a bridge that does not get through", async () => {
    const { note, connections } = setUp();
    expect(
      await note(buildReport({ health: { kind: "clock", detail: "", id: "AAAAAA" } })),
    ).toBeUndefined();
    expect(connections.size).toBe(0);
    await note(buildReport({ health: { kind: "heard" } }));
    expect(connections.size).toBe(1);
  });

  it("remembers nothing that it could not complete, and a repeated event is evaluated again", async () => {
    const requestEvaluation = vi.fn<RequestEvaluation>(() =>
      Promise.reject(new Error("queue down")),
    );
    const { note, connections, writeConnection } = setUp({ requestEvaluation });
    const report = buildReport({ events: [down] });
    await expect(note(report)).rejects.toThrow("queue down");
    expect(connections.size).toBe(1);
    await expect(note(report)).rejects.toThrow("queue down");
    requestEvaluation.mockImplementationOnce(async () => undefined);
    await note(report);
    await note(report);
    expect(requestEvaluation).toHaveBeenCalledTimes(3);
    expect(writeConnection).toHaveBeenCalledTimes(1);
  });

  it("does not let invented server names fill the memory", async () => {
    const { note, readConnection } = setUp();
    for (let name = 0; name <= 1000; name += 1) await note(buildReport({ server: `S${name}` }));
    await note(buildReport({ server: "S1001" }));
    readConnection.mockClear();
    await note(buildReport({ server: "S1000" }));
    expect(readConnection).not.toHaveBeenCalled();
    await note(buildReport({ server: "S1" }));
    expect(readConnection).toHaveBeenCalledTimes(1);
  });
});

describe("what is evaluated after a report", () => {
  const session = { id: "a", startedAt: baseTime };
  it.each([
    ["a session: at once, and when registrations must be renewed", { session }, [0, 300]],
    ["a link that is down: at once, and after the hold-down", { events: [down] }, [0, 30]],
    [
      "a server connection that is down",
      { events: [connectionEvent("EventServerDisconnected")] },
      [0, 30, 300],
    ],
    [
      "a server connection that is up",
      { events: [connectionEvent("EventServerConnected")] },
      [0, 300],
    ],
    ["a link that is up", { events: [connectionEvent("EventLinkConnected")] }, [0]],
    ["everything unregistered", { events: [connectionEvent("EventUnregisteredAll")] }, [0]],
    ["an announced stop", { isClosing: true }, [0]],
    ["a bridge that is rejected", { health: { kind: "rejected", detail: "missing" } }, [0]],
    ["nothing new", { registered: 7 }, []],
  ] as const)("is %s", async (_, changes, expected) => {
    const { note, delays } = setUp();
    await note(buildReport());
    delays();
    await note(buildReport({ at: at(20), ...changes }));
    expect(delays()).toEqual(expected);
  });

  it("is a repeated event, but not one that a newer event has superseded", async () => {
    const { createNote, note, delays } = setUp();
    const up = connectionEvent("EventServerConnected", at(5));
    await note(buildReport({ events: [up] }));
    delays();
    await createNote()(buildReport({ events: [up] }));
    expect(delays()).toEqual([0]);
    await createNote()(buildReport({ events: [connectionEvent("EventServerConnected", at(4))] }));
    expect(delays()).toEqual([]);
  });

  it("is one thing at a time where there is no hold-down", async () => {
    const { note, delays } = setUp({}, { ...defaultRules, holdDownSeconds: 0 });
    await note(buildReport({ events: [down] }));
    expect(delays()).toEqual([0]);
  });

  it("is a bridge in trouble once, when that has lasted three minutes", async () => {
    const { note, delays } = setUp();
    const health = { kind: "rejected", detail: "missing" } as const;
    await note(buildReport());
    delays();
    const asked = new Map<number, number[]>();
    for (let seconds = 1; seconds <= 300; seconds += 1) {
      await note(buildReport({ at: at(seconds), health }));
      const some = delays();
      if (some.length > 0) asked.set(seconds, some);
    }
    expect([...asked]).toEqual([
      [1, [0]],
      [181, [0]],
    ]);
  });

  it("is a bridge that is heard again after its silence", async () => {
    const { createNote, note, connections, writeConnection, delays } = setUp();
    await note(buildReport());
    const [known] = connections.values();
    if (known !== undefined)
      await writeConnection({ ...known, revision: 2, silentSince: baseTime });
    delays();
    await note(buildReport({ at: at(500) }));
    expect(delays()).toEqual([0]);
    await note(buildReport({ at: at(501) }));
    await createNote()(buildReport({ at: at(502) }));
    expect(delays()).toEqual([]);
  });
});

describe("the newest event of a kind", () => {
  it.each([
    ["EventServerConnected", "serverUp"],
    ["EventServerDisconnected", "serverDown"],
    ["EventLinkConnected", "linkUp"],
    ["EventLinkDisconnected", "linkDown"],
    ["EventUnregisteredAll", "emptied"],
  ] as const)("is known by its time, if there was one: %s", (event, member) => {
    const known = buildConnection({ [member]: { at: at(3), heardAt: at(4) } });
    expect(newestOf(known, { event })).toBe(at(3));
    expect(newestOf(buildConnection(), { event })).toBeUndefined();
    expect(newestOf(undefined, { event })).toBeUndefined();
  });
});
