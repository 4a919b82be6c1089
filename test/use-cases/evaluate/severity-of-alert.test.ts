import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { alertOf, type Loss } from "../../../lambda/domain/alerting/loss.ts";
import {
  judgeSeverity,
  type Severity,
  type SeveritySnapshot,
  worst,
} from "../../../lambda/domain/alerting/severity.ts";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { createHarness } from "./alerting-harness.ts";

vi.mock(import("../../../lambda/domain/alerting/severity.ts"), async (importOriginal) => {
  const original = await importOriginal();
  return { ...original, judgeSeverity: vi.fn(original.judgeSeverity) };
});

const judge = vi.mocked(judgeSeverity);
const server = "SIPTS750";
const named = (...events: RegistrationEvent[]) =>
  events.map(({ thisDN, id }) => ({ thisDN, lossId: `alert-${id}` }));

type Harness = ReturnType<typeof createHarness>;
const evaluate = async ({ evaluatorOf }: Harness, ...events: RegistrationEvent[]) => {
  for (const [where, lost] of Map.groupBy(events, (event) => event.server))
    await evaluatorOf().evaluateLosses(where, named(...lost));
};
const lose = async (harness: Harness, ...events: RegistrationEvent[]) => {
  await harness.record(...events);
  harness.pass(30);
  await evaluate(harness, ...events);
};
/** What the judge received when a loss was about to be alerted. */
const judgedToAlert = () =>
  judge.mock.calls.flatMap(([snapshot]) => (snapshot.losses === undefined ? [] : [snapshot]));
const storedIn = ({ ports }: Harness): Loss[] => [...ports.losses.values()];

/** What the harness has stored, written and requested so far. */
const stateOf = ({ ports }: Harness) =>
  structuredClone({
    losses: ports.losses,
    alertWrites: ports.alertWrites,
    requests: ports.requests,
  });

/** Delivers losses once more, as a queue does, and returns what is written of them and of their alerts. */
const repeat = async (harness: Harness, events: readonly RegistrationEvent[]) => {
  const writeLoss = vi.fn(harness.ports.writeLoss);
  const writeAlert = vi.fn(harness.ports.writeAlert);
  await harness.evaluatorOf({ writeLoss, writeAlert }).evaluateLosses(server, named(...events));
  return [...writeLoss.mock.calls, ...writeAlert.mock.calls].flat();
};

/**
 * Judges a loss by a table when it is about to be alerted; at any other time, a loss keeps its severity, and a new one
 * may have another.
 */
const judgeBy = (judged: ReadonlyMap<string, Severity>) => (snapshot: SeveritySnapshot) => {
  const { status, loss, losses } = snapshot;
  const severity = judged.get(status.thisDN) ?? "warning";
  const another = severity === "warning" ? "critical" : "warning";
  return { severity: losses === undefined ? (loss?.severity ?? another) : severity };
};

afterEach(() => judge.mockReset());

describe("how severe a loss is", () => {
  it("is judged by all losses of the DN on its server when it is about to be alerted, and only then", async () => {
    const harness = createHarness();
    await harness.record(unregistered(), registered({ time: baseTime + 5 }));
    await evaluate(harness, unregistered());
    await lose(harness, unregistered({ server: "AVAYATS1" }));
    const [brief] = storedIn(harness);
    judge.mockClear();
    const again = unregistered({ time: baseTime + 60_000_000 });
    await lose(harness, again);
    const { rules } = harness.ports;
    expect(judgedToAlert()).toEqual([
      expect.objectContaining({ loss: undefined, losses: [brief], rules, now: harness.state.now }),
    ]);
  });

  it("is judged by the loss as it is stored, too, where it was held", async () => {
    const harness = createHarness();
    const window = { id: "w", server, reason: "work", author: "ann", createdAt: 0 };
    await harness.ports.putWindow({ ...window, start: baseTime, end: baseTime + 60_000_000 });
    await lose(harness, unregistered());
    const held = storedIn(harness);
    harness.pass(60);
    judge.mockClear();
    await harness.evaluatorOf().releaseHeld(server);
    expect(held).toMatchObject([{ state: "held" }]);
    expect(judgedToAlert()).toMatchObject([{ loss: held[0], losses: held }]);
  });

  it("is what is stored and shown, and no repeated message writes anything", async () => {
    const severities = fc.array(fc.constantFrom<Severity>("critical", "warning"), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(severities, fc.nat({ max: 200 }), async (all, seconds) => {
        const judged = new Map(all.map((severity, index) => [String(7001 + index), severity]));
        judge.mockImplementation(judgeBy(judged));
        const harness = createHarness();
        const events = [...judged.keys()].map((thisDN) => unregistered({ thisDN }));
        await lose(harness, ...events);
        const stored = storedIn(harness);
        expect(new Map(stored.map(({ thisDN, severity }) => [thisDN, severity]))).toEqual(judged);
        const published = harness.published();
        expect(published).toHaveLength(all.length > 5 ? 1 : all.length);
        for (const { alertId, severity, toldSeverities } of published) {
          const members = stored.filter((loss) => alertOf(loss)?.alertId === alertId);
          expect(severity).toBe(worst(members.map((loss) => loss.severity)));
          expect(toldSeverities).toEqual([severity]);
        }
        const before = stateOf(harness);
        harness.pass(seconds);
        expect(await repeat(harness, events)).toEqual([]);
        expect(stateOf(harness)).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });

  it.each<Severity>(["critical", "warning"])(
    "stays as it was when its alert is checked again: %s",
    async (severity) => {
      judge.mockImplementation(judgeBy(new Map([["7001", severity]])));
      const harness = createHarness({ remindSeconds: 600 });
      await lose(harness, unregistered());
      harness.pass(600);
      for (const alert of harness.published()) await harness.evaluatorOf().settle(alert);
      expect(harness.published().map((alert) => alert.severity)).toEqual([severity, severity]);
      expect(storedIn(harness)).toMatchObject([{ severity }]);
      expect(judgedToAlert()).toHaveLength(1);
    },
  );

  it.each<Severity>(["critical", "warning"])(
    "is what its claim says where another evaluator carries that through: %s",
    async (severity) => {
      judge.mockImplementation(judgeBy(new Map([["7001", severity]])));
      const harness = createHarness();
      await harness.record(unregistered());
      harness.pass(30);
      const dying = harness.evaluatorOf({ writeAlert: () => Promise.reject(new Error("died")) });
      const dead = dying.evaluateLosses(server, named(unregistered()));
      await expect(dead).rejects.toThrow("died");
      await evaluate(harness, unregistered());
      expect(harness.published()).toMatchObject([{ notice: "alert.opened", severity }]);
      expect(storedIn(harness)).toMatchObject([{ severity }]);
    },
  );
});
