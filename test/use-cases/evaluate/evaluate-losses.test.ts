import { describe, expect, it } from "vitest";
import { subjects } from "../../../lambda/domain/alerting/alert.ts";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { createHarness } from "./alerting-harness.ts";

const server = "SIPTS750";
const b = { application: "bridge-b" };
const many = ["7001", "7002", "7003", "7004", "7005", "7006"];
const loss = (changes: Partial<RegistrationEvent> = {}) =>
  unregistered({ errorCode: 59, ...changes });
const named = (...events: RegistrationEvent[]) =>
  events.map(({ thisDN, id }) => ({ thisDN, lossId: `alert-${id}` }));
const single = { subject: subjects.dn(server, "7001"), number: 1 };
const together = { subject: subjects.incident(server), number: 1 };

const lose = async (harness: ReturnType<typeof createHarness>, ...events: RegistrationEvent[]) => {
  await harness.record(...events);
  harness.pass(30);
  await harness.evaluatorOf().evaluateLosses(server, named(...events));
};

describe("a single DN", () => {
  it("has an alert of its own, which says where else it is registered now", async () => {
    const harness = createHarness();
    await harness.record(registered({ server: "SIPTS2", time: baseTime + 1 }));
    await lose(harness, loss({ customerID: "acme" }));
    expect(harness.published()).toMatchObject([
      {
        ...single,
        alertId: `alert-${loss().id}`,
        dns: [{ thisDN: "7001", registeredOn: ["SIPTS2"] }],
        customers: ["acme"],
        timeline: [{ at: harness.state.now, what: "opened" }],
      },
    ]);
    expect(harness.titles()).toEqual([
      "OPEN SIPTS750: bridge-a lost DN 7001 at 02:58 UTC, now on SIPTS2: DN is not configured in CME (59)",
    ]);
    expect(harness.metrics.map(({ name }) => name)).toEqual(["LossesAlerted", "AlertsOpened"]);
    expect(harness.ports.requests).toEqual([
      { message: { kind: "losses", server, losses: named(loss()) }, delaySeconds: 60 },
      { message: { kind: "alert", ...single }, delaySeconds: 300 },
    ]);
  });

  it("is published again when no application sees it any more, and once more as a configured reminder", async () => {
    const harness = createHarness({ remindSeconds: 600 });
    await harness.record(registered(b));
    await lose(harness, loss());
    await harness.record(loss({ ...b, time: baseTime + 9 }));
    await harness.evaluatorOf().evaluateLosses(server, named(loss()));
    expect(harness.published()).toHaveLength(1);
    harness.pass(30);
    await harness.evaluatorOf().evaluateLosses(server, named(loss()));
    harness.pass(600);
    await harness.evaluatorOf().settle(single);
    const severities = harness.published().map(({ severity }) => severity);
    expect(severities).toEqual(["warning", "critical", "critical"]);
    const byBoth = expect.stringContaining("bridge-a and bridge-b lost DN 7001");
    const stillSeen = expect.stringContaining("still seen by bridge-b");
    expect(harness.titles()).toEqual([stillSeen, byBoth, byBoth]);
  });

  it("is evaluated again where its hold-down is not over", async () => {
    const harness = createHarness();
    await harness.record(loss());
    harness.pass(10);
    await harness.evaluatorOf().evaluateLosses(server, named(loss()));
    expect(harness.ports.requests).toEqual([
      { message: { kind: "losses", server, losses: named(loss()) }, delaySeconds: 20 },
    ]);
    expect(harness.published()).toEqual([]);
  });

  it("has an alert that one of several evaluators opens", async () => {
    const harness = createHarness();
    await harness.record(loss());
    harness.pass(30);
    const { evaluateLosses } = harness.evaluatorOf();
    await Promise.all([1, 2, 3].map(() => evaluateLosses(server, named(loss()))));
    expect(harness.published()).toHaveLength(1);
  });

  it("has its claim carried through where an evaluator has died between claim and alert", async () => {
    const harness = createHarness();
    await harness.record(loss());
    harness.pass(30);
    const dying = harness.evaluatorOf({ writeAlert: () => Promise.reject(new Error("died")) });
    await expect(dying.evaluateLosses(server, named(loss()))).rejects.toThrow("died");
    harness.pass(60);
    await harness.evaluatorOf().findUndecided(true);
    expect(harness.published()).toMatchObject([{ ...single, notice: "alert.opened" }]);
  });

  it("is found when its message is lost, however long its own hold-down is", async () => {
    const holdDowns = [{ server, seconds: 3_600 }];
    const harness = createHarness({ holdDowns });
    await harness.record(loss());
    harness.pass(3_600 + harness.ports.rules.undecidedSeconds);
    await harness.evaluatorOf().findUndecided(false);
    expect(harness.published()).toMatchObject([{ ...single, notice: "alert.opened" }]);
  });

  it("is given up for now when other writers always come first", async () => {
    const harness = createHarness();
    await harness.record(loss());
    harness.pass(30);
    const { evaluateLosses } = harness.evaluatorOf({ writeLoss: async () => "conflict" });
    await expect(evaluateLosses(server, named(loss()))).rejects.toThrow("20 times in a row");
  });

  it("is alerted when another writer comes first once", async () => {
    const harness = createHarness();
    await harness.record(loss());
    harness.pass(30);
    let isFirst = true;
    const { evaluateLosses } = harness.evaluatorOf({
      writeAlert: async (alert) => {
        if (!isFirst) return harness.ports.writeAlert(alert);
        isFirst = false;
        return "conflict";
      },
    });
    await evaluateLosses(server, named(loss()));
    expect(harness.published()).toMatchObject([{ ...single, notice: "alert.opened" }]);
  });

  it("is resolved although the message of its return is lost", async () => {
    const harness = createHarness();
    await lose(harness, loss());
    await harness.record(registered({ time: baseTime + 9 }));
    harness.pass(300);
    await harness.evaluatorOf().settle(single);
    harness.pass(300);
    await harness.evaluatorOf().settle(single);
    const resolved = { notice: "alert.resolved", resolution: "registered" };
    expect(harness.published().at(-1)).toMatchObject(resolved);
    const title = "RESOLVED SIPTS750: DN 7001 seen again by bridge-a since 02:58 UTC";
    expect(harness.titles().at(-1)).toBe(title);
  });

  it("has an alert with another name where an alert with its own name is over", async () => {
    const harness = createHarness();
    await lose(harness, loss());
    const [alert] = harness.published();
    if (alert === undefined) throw new Error("no alert");
    await harness.ports.writeAlert({
      ...alert,
      revision: 2,
      status: "resolved",
      notice: undefined,
    });
    harness.pass(60);
    await harness.evaluatorOf().findUndecided(false);
    expect(harness.published().at(-1)).toMatchObject({ number: 2, alertId: `${alert.alertId}-2` });
  });

  it("keeps what its alert says where no loss is part of it any more", async () => {
    const harness = createHarness({ holdOpenSeconds: 0 });
    await lose(harness, loss());
    harness.ports.losses.clear();
    harness.pass(300);
    await harness.evaluatorOf().settle(single);
    expect(harness.published().at(-1)).toMatchObject({ notice: "alert.resolved", count: 1 });
  });
});

describe("DNs that are lost together", () => {
  it("are one incident, which says that some of them are worse off", async () => {
    const harness = createHarness();
    await harness.record(...many.map((thisDN) => registered({ ...b, thisDN })));
    await lose(harness, ...many.map((thisDN) => loss({ thisDN })));
    const worse = many.map((thisDN) => loss({ ...b, thisDN, time: baseTime + 1 }));
    await harness.record(...worse);
    harness.pass(30);
    await harness
      .evaluatorOf()
      .evaluateLosses(server, named(...many.map((thisDN) => loss({ thisDN }))));
    harness.pass(30);
    await harness.evaluatorOf().settle(together);
    expect(
      harness.published().map(({ notice, severity, count }) => [notice, severity, count]),
    ).toEqual([
      ["alert.opened", "warning", 6],
      ["alert.updated", "critical", 6],
    ]);
    expect(harness.published()[1]?.toldSeverities).toEqual(["warning", "critical"]);
  });

  it("say that they flap", async () => {
    const harness = createHarness();
    await lose(harness, ...many.map((thisDN) => loss({ thisDN })));
    for (let time = 1; time <= 3; time += 1) {
      await harness.record(registered({ time: baseTime + time * 10 }));
      await lose(harness, loss({ time: baseTime + time * 10 + 5 }));
    }
    expect(harness.published().at(-1)).toMatchObject({ flapping: true, count: 6 });
    const title = /^UPDATE SIPTS750: bridge-a lost 6 DNs at 02:58 UTC \(flapping\)/;
    expect(harness.titles().at(-1)).toMatch(title);
  });

  it("have an alert that ends where no loss is part of it any more", async () => {
    const harness = createHarness({ holdOpenSeconds: 0 });
    await lose(harness, ...many.map((thisDN) => loss({ thisDN })));
    harness.ports.losses.clear();
    await harness.evaluatorOf().settle(together);
    expect(harness.published().at(-1)).toMatchObject({
      status: "resolved",
      resolution: "registered",
    });
  });

  it("have their claims carried through together where an evaluator has died before it alerted them", async () => {
    const harness = createHarness();
    const events = many.map((thisDN) => loss({ thisDN }));
    await harness.record(...events);
    harness.pass(30);
    const dying = harness.evaluatorOf({ writeAlert: () => Promise.reject(new Error("died")) });
    await expect(dying.evaluateLosses(server, named(...events))).rejects.toThrow("died");
    await harness.evaluatorOf().evaluateLosses(server, named(...events));
    expect(harness.published()).toMatchObject([{ ...together, count: 6 }]);
  });

  it("are given up for now when other writers of their incident always come first", async () => {
    const harness = createHarness();
    await lose(harness, ...many.map((thisDN) => loss({ thisDN })));
    const other = loss({ thisDN: "7007" });
    await harness.record(other);
    harness.pass(30);
    const { evaluateLosses } = harness.evaluatorOf({ writeAlert: async () => "conflict" });
    await expect(evaluateLosses(server, named(other))).rejects.toThrow("20 times in a row");
  });

  it("are alerted again where their incident is resolved as they join it", async () => {
    const harness = createHarness();
    await lose(harness, ...many.map((thisDN) => loss({ thisDN })));
    const other = loss({ thisDN: "7007" });
    await harness.record(other);
    harness.pass(30);
    let isFirst = true;
    const { evaluateLosses } = harness.evaluatorOf({
      writeAlert: async (alert) => {
        const stored = await harness.ports.readAlert(together);
        if (isFirst && stored !== undefined)
          await harness.ports.writeAlert({
            ...stored,
            revision: alert.revision,
            status: "resolved",
          });
        isFirst = false;
        return harness.ports.writeAlert(alert);
      },
    });
    await evaluateLosses(server, named(other));
    expect(harness.published().at(-1)).toMatchObject({
      notice: "alert.opened",
      number: 2,
      count: 7,
    });
  });

  it("do not count a DN that a maintenance window explains", async () => {
    const harness = createHarness();
    const window = { id: "w1", server, thisDNs: many, reason: "work", author: "me" };
    await harness.ports.putWindow({
      ...window,
      start: baseTime,
      end: baseTime + 9e9,
      createdAt: 0,
    });
    await lose(harness, ...many.map((thisDN) => loss({ thisDN })), loss({ thisDN: "7007" }));
    expect(harness.published()).toMatchObject([{ thisDN: "7007" }]);
    expect(harness.metrics[0]).toEqual({ name: "LossesHeld", value: 6, unit: "Count" });
  });
});

describe("held losses", () => {
  it("are evaluated as they are when nothing holds them any more", async () => {
    const harness = createHarness();
    const window = { id: "w1", server, reason: "work", author: "me" };
    await harness.ports.putWindow({
      ...window,
      start: baseTime,
      end: baseTime + 60e6,
      createdAt: 0,
    });
    await lose(harness, ...many.map((thisDN) => loss({ thisDN })));
    expect(harness.published()).toEqual([]);
    harness.pass(600);
    await harness.evaluatorOf().releaseHeld(undefined);
    expect(harness.published()).toMatchObject([{ ...together, count: 6 }]);
  });
});

it("no losses at all need no decision", async () => {
  const { evaluatorOf, ports } = createHarness();
  await evaluatorOf().evaluateLosses(server, []);
  expect(ports.requests).toEqual([]);
});
