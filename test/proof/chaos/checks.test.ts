import { describe, expect, it } from "vitest";
import { checkChanges, checkIds, checkSubscriber } from "../../../proof/chaos/change-checks.ts";
import { alarmOf, checkLeftovers } from "../../../proof/chaos/checks.ts";
import { type EvaluationRecord, lossKeyOf } from "../../../proof/chaos/evaluations.ts";
import { checkLosses } from "../../../proof/chaos/loss-checks.ts";
import { checkHistory, checkState } from "../../../proof/chaos/state-checks.ts";
import { synthesize } from "../../infra/support/synthesize.ts";

const second = 1_000_000;
const start = Date.UTC(2026, 10, 22) * 1000;
const event = {
  application: "bridge-a",
  server: "SIPTS750",
  thisDN: "7001",
  event: "EventUnregistered",
  time: start + 1,
  isAsked: false,
  text: "{}",
} as const;
const registration = {
  thisDN: "7001",
  server: "SIPTS750",
  status: "unregistered",
  verdict: "unexpected",
  confirmedAt: "2026-11-22T00:00:00.000001Z",
  applications: [
    {
      name: "bridge-a",
      status: "unregistered",
      verdict: "unexpected",
      confirmedAt: "2026-11-22T00:00:00.000001Z",
    },
  ],
};
const row = { ...event, ThisDN: event.thisDN };
const keyAt = (time: number) =>
  `${new Date(time / 1000).toISOString().slice(0, 19)}.000000Z#SIPTS750`;
const image = {
  ThisDN: "7001",
  server: "SIPTS750",
  revision: 3,
  changed: true,
  alertId: "x",
  changedKey: keyAt(start),
};
const told = {
  id: "change/SIPTS750/7001/1",
  source: "/servers/SIPTS750",
  subject: "7001",
  sequence: "000000000003",
  type: "registration.unregistered",
  data: {},
};
const loss = {
  ThisDN: "7001",
  lossKey: "SIPTS750#alert-x",
  state: "alerted",
  alert: { alertId: "alert-x" },
};
const opening = { ...told, type: "alert.opened", data: { alertId: "alert-x" } };
const over = { ...image, revision: 4, alertId: undefined, changedKey: keyAt(start + second) };

describe("the check of the end state", () => {
  it.each([
    ["finds it good", [registration], true],
    ["misses a DN", [], false],
    ["sees another verdict", [{ ...registration, verdict: "expected" }], false],
    ["sees a DN that no bridge sent", [registration, { ...registration, server: "X" }], false],
  ])("%s", async (_, registrations, isGood) => {
    const reader = { readRegistrations: () => Promise.resolve(registrations) };
    expect(await checkState(reader, { events: [event] })).toMatchObject({ isGood });
  });
});

describe("the check of the history", () => {
  it.each([
    ["finds it good", [row], true],
    ["misses an event", [], false],
    ["sees an event twice", [row, row], false],
    ["sees an event that no bridge sent", [row, { ...row, time: 1 }], false],
  ])("%s", async (_, rows, isGood) => {
    const reader = { readHistory: () => Promise.resolve(rows) };
    expect(await checkHistory(reader, { events: [event] })).toMatchObject({ isGood });
  });
});

describe("the checks of the changes", () => {
  it("misses a change that the topic never took, and takes a repeat for good", () => {
    expect(checkChanges([image], { changes: [] }).isGood).toBe(false);
    expect(checkChanges([image], { changes: [told, told] }).isGood).toBe(true);
    expect(checkChanges([{ ...image, changed: false }], { changes: [] }).isGood).toBe(true);
  });

  it("sees an id of two changes, and a change of two ids", () => {
    expect(checkIds({ changes: [told, told] }).isGood).toBe(true);
    expect(checkIds({ changes: [told, { ...told, sequence: "000000000004" }] }).isGood).toBe(false);
    expect(checkIds({ changes: [told, { ...told, id: "other" }] }).isGood).toBe(false);
  });

  it("misses what did not come to the subscriber", () => {
    expect(checkSubscriber({ demanded: [told], received: new Set() }).isGood).toBe(false);
    expect(checkSubscriber({ demanded: [told], received: new Set([told.id]) }).isGood).toBe(true);
  });
});

describe("the checks of the losses", () => {
  const nothingEvaluated: readonly EvaluationRecord[] = [];
  const check = async (
    losses: readonly (typeof loss)[],
    {
      images = [image],
      alerts = [opening],
      outages = [{ from: 0, to: 0 }],
      evaluations = nothingEvaluated,
    } = {},
  ) => {
    const reader = { readLosses: () => Promise.resolve([...losses]) };
    const checks = await checkLosses(reader, images, { alerts, outages, evaluations });
    return checks.map(({ isGood }) => isGood);
  };

  it("want a decision about each loss and the opening of each alert", async () => {
    expect(await check([loss])).toEqual([true, true]);
    expect(await check([])).toEqual([false, true]);
    expect(await check([loss], { alerts: [] })).toEqual([true, false]);
    expect(await check([{ ...loss, state: "passed" }], { alerts: [] })).toEqual([true, true]);
  });

  describe("forgive a loss whose last message died with the queue", () => {
    const other = [{ ...loss, lossKey: "SIPTS750#alert-y" }];
    const images = [image, { ...over, alertId: "y" }];
    const ended = start + second;
    const death = { from: ended + 2 * second, to: ended + 3 * second };
    const key = lossKeyOf("7001", "SIPTS750#alert-x");
    const asked = (offset: number) => ({ kind: "asked" as const, key, at: ended + offset });
    const seen = (offset: number) => ({ kind: "seen" as const, key, at: ended + offset });

    it.each<[string, boolean, { evaluations: EvaluationRecord[]; outages?: (typeof death)[] }]>([
      ["asked for before the death, never handled", true, { evaluations: [asked(-1)] }],
      [
        "asked for and handled while it lasted, asked for again",
        true,
        { evaluations: [asked(-2), seen(-1), asked(1)] },
      ],
      [
        "not one that was handled when it was over",
        false,
        { evaluations: [asked(-1), asked(0), seen(1)] },
      ],
      ["not one that was never asked for", false, { evaluations: [] }],
      [
        "not one that was asked for in a life that did not end",
        false,
        { evaluations: [asked(-1), asked(4 * second)] },
      ],
      [
        "not one that was not over when the stack that took the message died",
        false,
        {
          evaluations: [asked(-0.6 * second)],
          outages: [{ from: ended - 0.5 * second, to: ended - 1 }, death],
        },
      ],
      ["not one where the stack did not die", false, { evaluations: [asked(-1)], outages: [] }],
    ])("%s", async (_, isGood, { evaluations, outages = [death] }) => {
      expect(await check(other, { images, outages, evaluations })).toEqual([isGood, true]);
    });

    it("not one that still is", async () => {
      const evidence = { outages: [death], evaluations: [asked(-1)] };
      expect(await check([], evidence)).toEqual([false, true]);
    });
  });
});

describe("the check of what is left over", () => {
  const left = {
    rejectedEvents: 0,
    failedChanges: 0,
    evaluationDeadLetters: 0,
    failedStreamBatches: 0,
  };
  const check = (found: object, leftovers = {}) =>
    checkLeftovers({ readLeftovers: () => Promise.resolve({ ...left, ...found }) }, { leftovers });

  it("wants nothing but what is expected, and names the alarm", async () => {
    expect(await check({})).toMatchObject({ isGood: true });
    expect(await check({ rejectedEvents: 1 })).toMatchObject({ isGood: false });
    expect(await check({}, { failedChanges: 1 })).toMatchObject({ isGood: false });
    expect(await check({ failedChanges: 1 }, { failedChanges: 1 })).toMatchObject({ isGood: true });
    expect((await check({ evaluationDeadLetters: 1 })).found).toContain(
      "alarm evaluation-dead-letters-waiting",
    );
  });

  it("names alarms that the stack has", () => {
    const names = synthesize()
      .all("AWS::CloudWatch::Alarm")
      .map(({ name }) => name.slice("dn-registration-dev-".length));
    expect(names).toEqual(expect.arrayContaining(Object.values(alarmOf)));
  });
});
