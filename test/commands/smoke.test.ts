import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRunStep, StepFailedError } from "../../commands/smoke/run-steps.ts";
import type { SmokeApi } from "../../commands/smoke/smoke-api.ts";
import { createInbox } from "../../commands/smoke/smoke-inbox.ts";
import { type Journey, travel } from "../../commands/smoke/smoke-journey.ts";
import { type Messaging, startMessaging } from "../support/emulated-messaging.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";

const thisDN = "smoke-1";

// A stack that works, as far as the journey looks: what it is sent decides what it shows.
const createStack = (broken: Partial<SmokeApi> = {}) => {
  const told: string[] = [];
  let shown = { server: "smoke-test", status: "none" };
  let count = 0;
  const tell = (event: unknown): void => {
    const text = JSON.stringify(event);
    count += 1;
    if (text.includes("EventRegistered")) {
      if (shown.status === "unregistered") told.push("alert.resolved");
      shown = { server: "smoke-test", status: "registered" };
    } else {
      const verdict = text.includes("ReferenceID") ? "expected" : "unexpected";
      if (verdict === "unexpected") told.push("alert.opened");
      shown = { server: "smoke-test", status: "unregistered", ...{ verdict } };
    }
    told.push(`registration.${shown.status}`);
  };
  const api: SmokeApi = {
    health: async () => undefined,
    send: async (events) => events.forEach(tell),
    registrations: async () => [shown],
    historyCount: async () => count,
    ...broken,
  };
  const terminal = createRecordingTerminal();
  const journey: Journey = {
    api,
    thisDN,
    credentialsPatience: { forMs: 0, everyMs: 1 },
    step: createRunStep(terminal, () => 0),
    awaitMessage: async (type) => {
      const found = told.indexOf(type);
      if (found < 0) throw new Error(`no ${type} came`);
      told.splice(found, 1);
      return { type, subject: thisDN, data: {} };
    },
  };
  return { journey, terminal, told };
};

describe("the smoke test", () => {
  it("goes through a DN's life, a line for each step", async () => {
    const { journey, terminal, told } = createStack();
    await travel(journey);
    expect(terminal.printed.every((line) => /^ok {6}.+ \(0 ms\)$/.test(line))).toBe(true);
    expect(terminal.printed).toContain("ok      the message alert.opened arrives (0 ms)");
    expect(told).toEqual([]);
  });

  it.each<[string, Partial<SmokeApi>, string]>([
    [
      "health",
      { health: () => Promise.reject(new Error("answered 503")) },
      "FAILED  the API is there: Error: answered 503 (0 ms)",
    ],
    [
      "a registration that reads wrong",
      { registrations: async () => [{ server: "s", status: "unregistered" }] },
      'FAILED  reads: registered: it reads "unregistered" (0 ms)',
    ],
    [
      "a history that lacks an event",
      { historyCount: async () => 3 },
      "FAILED  reads: a history of 4 events: it has 3 (0 ms)",
    ],
  ])("stops at %s and says what is wrong", async (_, broken, line) => {
    const { journey, terminal } = createStack(broken);
    await expect(travel(journey)).rejects.toThrow(StepFailedError);
    expect(terminal.printed.at(-1)).toBe(line);
  });

  it("does not begin a step after Ctrl-C", async () => {
    const terminal = createRecordingTerminal();
    const step = createRunStep(terminal, () => 0, AbortSignal.abort());
    await expect(step("x", async () => terminal.print("begun"))).rejects.toThrow(StepFailedError);
    expect(terminal.printed).toEqual(["FAILED  x: ended early (0 ms)"]);
  });

  it("ends a step that waits at Ctrl-C", async () => {
    const terminal = createRecordingTerminal();
    const step = createRunStep(terminal, () => 0, AbortSignal.timeout(20));
    await expect(step("x", () => new Promise(() => undefined))).rejects.toThrow(StepFailedError);
    expect(terminal.printed).toEqual(["FAILED  x: ended early (0 ms)"]);
  });
});

describe("the smoke test's inbox", () => {
  let messaging: Messaging;
  beforeAll(async () => {
    messaging = await startMessaging();
  });
  afterAll(() => messaging.stop());

  it("waits for messages about its DN, in any order, and passes over the others", async () => {
    const { url: queueUrl } = await messaging.makeQueue("inbox");
    await messaging.put(queueUrl, { type: "a", subject: "7001", data: {} });
    await messaging.put(queueUrl, { type: "alert", data: { dns: [{ thisDN }] } });
    await messaging.put(queueUrl, { type: "a", subject: thisDN, data: {} });
    await messaging.put(queueUrl, "oops");
    const awaitMessage = createInbox(messaging.sqs, { queueUrl, thisDN, patienceMsOf: () => 100 });
    expect(await awaitMessage("a")).toMatchObject({ subject: thisDN });
    expect(await awaitMessage("alert")).toMatchObject({ type: "alert" });
    await expect(awaitMessage("a")).rejects.toThrow("no a came in 0.1 s");
  });
});
