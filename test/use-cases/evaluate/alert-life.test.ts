import { describe, expect, it } from "vitest";
import { subjects } from "../../../lambda/domain/alerting/alert.ts";
import { alertOf } from "../../../lambda/domain/alerting/loss.ts";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { createHarness } from "./alerting-harness.ts";

const server = "SIPTS750";
const many = ["7001", "7002", "7003", "7004", "7005", "7006"];
const at = (seconds: number) => ({ time: baseTime + seconds * 1_000_000 });
const loss = (changes: Partial<RegistrationEvent> = {}) =>
  unregistered({ errorCode: 59, ...changes });
const losses = (dns: readonly string[]) => dns.map((thisDN) => loss({ thisDN }));
const named = (...events: RegistrationEvent[]) =>
  events.map(({ thisDN, id }) => ({ thisDN, lossId: `alert-${id}` }));
const single = { subject: subjects.dn(server, "7001"), number: 1 };
const together = { subject: subjects.incident(server), number: 1 };

type Harness = ReturnType<typeof createHarness>;
const lose = async (harness: Harness, ...events: RegistrationEvent[]) => {
  await harness.record(...events);
  harness.pass(30);
  await harness.evaluatorOf().evaluateLosses(server, named(...events));
};
const give = async (harness: Harness, over: RegistrationEvent, ...events: RegistrationEvent[]) => {
  await harness.record(...events);
  await harness.evaluatorOf().evaluateLosses(server, named(over));
};

describe("the life of an alert", () => {
  it("continues when its DN is lost again while it is held open", async () => {
    const harness = createHarness();
    await lose(harness, loss());
    await give(harness, loss(), registered(at(40)));
    await lose(harness, loss(at(50)));
    harness.pass(300);
    await harness.evaluatorOf().settle(single);
    expect(harness.published()).toHaveLength(1);
    expect([...harness.ports.alerts.values()]).toMatchObject([
      { ...single, relapses: 1, status: "open" },
    ]);
    expect([...harness.ports.losses.values()].map((one) => alertOf(one)?.alertId)).toEqual(
      Array(2).fill(`alert-${loss().id}`),
    );
    const trails = [...harness.ports.losses.values()].map(({ trail }) =>
      trail.map(({ words }) => words),
    );
    const own = `alert-${loss().id}`;
    expect(trails).toEqual([
      expect.arrayContaining([`lost alone: alert ${own}`]),
      expect.arrayContaining([`lost again while alert ${own} about it is open`]),
    ]);
  });

  it("says once in a message that its DN comes and goes", async () => {
    const harness = createHarness();
    await lose(harness, loss());
    for (let time = 1; time <= 5; time += 1) {
      await give(harness, loss(), registered(at(40 * time)));
      await lose(harness, loss(at(40 * time + 5)));
    }
    expect(harness.titles()).toEqual([
      expect.stringContaining("bridge-a lost DN 7001"),
      "UPDATE SIPTS750: bridge-a lost DN 7001 4 times since 02:58 UTC (flapping): DN is not configured in CME (59)",
    ]);
  });

  it("is not opened twice when a second evaluator comes late with a DN that is back in its alert", async () => {
    const harness = createHarness();
    await lose(harness, loss());
    await give(harness, loss(), registered(at(40)));
    await harness.record(loss(at(50)));
    harness.pass(30);
    const { evaluateLosses } = harness.evaluatorOf();
    await Promise.all([1, 2].map(() => evaluateLosses(server, named(loss(at(50))))));
    expect(harness.published()).toHaveLength(1);
  });

  it("of an incident: it takes back its DNs when it accepts no others any more", async () => {
    const harness = createHarness();
    await lose(harness, ...losses(many));
    harness.pass(400);
    await give(harness, loss(), registered(at(500)));
    await lose(harness, loss(at(510)), loss({ thisDN: "7007", ...at(510) }));
    const openings = harness.published().filter(({ notice }) => notice === "alert.opened");
    expect(openings.map(({ thisDN }) => thisDN)).toEqual([undefined, "7007"]);
  });

  it("of an incident: one of several evaluators opens it", async () => {
    const harness = createHarness();
    await harness.record(...losses(many));
    harness.pass(30);
    const { evaluateLosses } = harness.evaluatorOf();
    await Promise.all([1, 2, 3].map(() => evaluateLosses(server, named(...losses(many)))));
    expect(harness.published()).toMatchObject([{ ...together, count: 6 }]);
  });

  it("of an incident: it ends with the way in which most of its DNs are back", async () => {
    const harness = createHarness({ holdOpenSeconds: 0 });
    await lose(harness, ...losses(many));
    const back = many.slice(1).map((thisDN) => registered({ thisDN, ...at(60) }));
    const retired: RegistrationEvent = { ...registered(at(60)), id: "retired", event: "Retired" };
    await harness.record(retired, ...back);
    await harness.evaluatorOf().evaluateLosses(server, named(...losses(many)));
    expect(harness.published().at(-1)).toMatchObject({
      notice: "alert.resolved",
      resolution: "registered",
    });
    expect(harness.titles().at(-1)).toBe(
      "RESOLVED SIPTS750: no DN of bridge-a is missing any more: 6 DNs lost since 02:58 UTC, registered again or retired",
    );
  });

  it("of an incident: it continues while one of its DNs is missing, whenever it is checked", async () => {
    const harness = createHarness();
    await lose(harness, ...losses(many));
    const [first = "", ...others] = many;
    await harness.record(...others.map((thisDN) => registered({ thisDN, ...at(40) })));
    harness.pass(600);
    await harness.evaluatorOf().settle(together);
    expect([...harness.ports.alerts.values()]).toMatchObject([{ quietSince: undefined }]);
    await harness.record(registered({ thisDN: first, ...at(50) }));
    harness.pass(600);
    await harness.evaluatorOf().settle(together);
    expect([...harness.ports.alerts.values()]).toMatchObject([{ quietSince: harness.state.now }]);
  });

  it("of an incident: it continues while some of its DNs are missing, or hundreds", async () => {
    const harness = createHarness();
    const hundreds = Array.from({ length: 120 }, (_, index) => String(71_000 + index));
    await lose(harness, ...losses(hundreds));
    const [first = "", second = "", ...others] = hundreds;
    await give(harness, loss({ thisDN: first }), registered({ thisDN: first, ...at(40) }));
    await harness.record(...others.map((thisDN) => registered({ thisDN, ...at(40) })));
    await harness.evaluatorOf().evaluateLosses(server, named(...losses(others)));
    expect([...harness.ports.alerts.values()][0]?.quietSince).toBeUndefined();
    await give(harness, loss({ thisDN: second }), registered({ thisDN: second, ...at(40) }));
    expect([...harness.ports.alerts.values()]).toMatchObject([{ quietSince: harness.state.now }]);
  });
});

describe("what other writers do meanwhile", () => {
  it("is noticed: a loss that another writer wrote is evaluated once more", async () => {
    const harness = createHarness();
    await harness.record(loss(), registered(at(5)));
    const { evaluateLosses } = harness.evaluatorOf();
    await Promise.all([1, 2].map(() => evaluateLosses(server, named(loss()))));
    expect([...harness.ports.losses.values()]).toMatchObject([
      { state: "over", as: "brief", revision: 1 },
    ]);
    expect(harness.metrics).toEqual([{ name: "LossesPassed", value: 1, unit: "Count" }]);
  });

  it("does not bring losses to a decision whose hold-down is not over", async () => {
    const harness = createHarness();
    await harness.record(loss());
    await harness.evaluatorOf().findUndecided(true);
    await harness.evaluatorOf().findUndecided(false);
    expect(harness.ports.losses.size).toBe(0);
    expect(harness.ports.requests).toEqual([]);
  });

  it("leaves no DN out: all lost DNs are part of the incident in the end", async () => {
    const harness = createHarness();
    const lost = many.map((thisDN) => loss({ thisDN }));
    await harness.record(...lost);
    harness.pass(30);
    const late = new Set(["7003"]);
    const { evaluateLosses } = harness.evaluatorOf({
      writeLoss: async (one) =>
        late.delete(one.thisDN) ? "conflict" : harness.ports.writeLoss(one),
    });
    await evaluateLosses(server, named(...lost));
    const more = ["7007", "7008"].map((thisDN) => loss({ thisDN }));
    await harness.record(...more);
    harness.pass(30);
    late.add("7008");
    await evaluateLosses(server, named(...more));
    const written = [...harness.ports.losses.values()];
    const words = (thisDN: string) =>
      written.find((one) => one.thisDN === thisDN)?.trail.at(-1)?.words;
    expect(written).toHaveLength(8);
    expect(new Set(written.map((one) => alertOf(one)?.number))).toEqual(new Set([1]));
    const { alertId } = harness.published()[0] ?? {};
    expect(words("7001")).toBe(`one of 6 DNs that were lost together: incident ${alertId}`);
    expect(words("7003")).toBe(`joined incident ${alertId}`);
    expect(words("7008")).toBe(`joined incident ${alertId}`);
  });
});
