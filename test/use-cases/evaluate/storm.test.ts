import * as v from "valibot";
import { describe, expect, it } from "vitest";
import type { Alert } from "../../../lambda/domain/alerting/alert.ts";
import { alertOf, isMissing } from "../../../lambda/domain/alerting/loss.ts";
import { AlertRulesSchema, micros } from "../../../lambda/domain/rules.ts";
import type { ReadMembers } from "../../../lambda/ports/losses.ts";
import { createEvaluateLosses } from "../../../lambda/use-cases/evaluate/evaluate-losses.ts";
import { createSettleAlert } from "../../../lambda/use-cases/evaluate/settle-alert.ts";
import { createRecordEvents } from "../../../lambda/use-cases/record-events.ts";
import { titleOf } from "../../support/alert-texts.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { createInMemoryAlerting } from "../../support/in-memory-alerting.ts";
import { createInMemoryStore } from "../../support/in-memory-store.ts";

const server = "SIPTS750";
const thisDNs = Array.from({ length: 10_000 }, (_, index) => String(70_000 + index));

const inParts = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );

/** An evaluator that gets losses by the hundreds; the index of members is read without sorting it each time. */
const createStorm = () => {
  const rules = v.parse(AlertRulesSchema, {});
  const store = createInMemoryStore();
  const tables = createInMemoryAlerting();
  const published: Alert[] = [];
  let clock = baseTime;
  const readMembers: ReadMembers = async (alertId, { missing, limit, from = "0" }) => {
    const members = [...tables.losses.values()].filter(
      (loss) => alertOf(loss)?.alertId === alertId && (!missing || isMissing(loss)),
    );
    const end = Number(from) + limit;
    const next = end < members.length ? String(end) : undefined;
    return { items: members.slice(Number(from), end), next };
  };
  const ports = {
    ...store,
    ...tables,
    readMembers,
    writeAlert: async (alert: Alert) => {
      const result = await tables.writeAlert(alert);
      if (result === "written" && alert.notice !== undefined) published.push(alert);
      return result;
    },
    rules,
    emitMetrics: () => undefined,
    hash: (text: string) => text,
    now: () => clock,
  };
  const settle = createSettleAlert(ports);
  return {
    ...ports,
    published,
    record: createRecordEvents(ports),
    evaluate: createEvaluateLosses(ports),
    pass: async (seconds: number): Promise<void> => {
      const end = clock + micros(seconds);
      for (;;) {
        const due = [...tables.alerts.values()].flatMap(({ dueAt }) => dueAt ?? []);
        const next = due.reduce((a, b) => Math.min(a, b), end);
        clock = Math.max(clock, next);
        for (const key of await tables.readDueAlerts(clock, 10)) await settle(key);
        if (clock >= end) return;
      }
    },
  };
};

describe("a storm of 10,000 DNs within 60 s", () => {
  it("is published three times, and misses no DN", async () => {
    const { record, evaluate, pass, published, losses, now, readMembers } = createStorm();
    const parts = inParts(thisDNs, 500);
    const keys: { thisDN: string; lossId: string }[][] = [];
    for (const part of parts) {
      const events = part.map((thisDN) => unregistered({ thisDN, errorCode: 59, time: now() }));
      await record(events, "key_1");
      keys.push(events.map(({ thisDN, id }) => ({ thisDN, lossId: `alert-${id}` })));
      await pass(3);
      if (keys.length > 10) await evaluate(server, keys[keys.length - 11] ?? []);
    }
    for (const late of keys.slice(-10)) {
      await evaluate(server, late);
      await pass(3);
    }
    await pass(600);
    const [first] = published;
    expect(first && titleOf(first)).toMatch(
      /^OPEN SIPTS750: bridge-a lost 5,500 DNs at 02:58 UTC: DN is/,
    );
    for (const [index, part] of parts.entries()) {
      await record(
        part.map((thisDN) => registered({ thisDN, time: now() })),
        "key_1",
      );
      await evaluate(server, keys[index] ?? []);
    }
    await pass(600);
    expect(published.map(({ notice }) => notice)).toEqual([
      "alert.opened",
      "alert.updated",
      "alert.resolved",
    ]);
    expect(published.map(({ count }) => count)).toEqual([5500, 10_000, 10_000]);
    const { items } = await readMembers(first?.alertId ?? "", { missing: false, limit: 20_000 });
    expect(new Set(items.map(({ thisDN }) => thisDN))).toEqual(new Set(thisDNs));
    expect([...losses.values()].filter(isMissing)).toEqual([]);
  });
});
