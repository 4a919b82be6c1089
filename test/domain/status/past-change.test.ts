import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { advance } from "../../../lambda/domain/status/advance.ts";
import type { HistoryRow } from "../../../lambda/domain/status/history-row.ts";
import { findPastStatus } from "../../../lambda/domain/status/past-status.ts";
import type { RegistrationStatus } from "../../../lambda/domain/status/registration-status.ts";
import { arbitraryEvent } from "../../support/arbitrary-event.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";

const all = Number.NEGATIVE_INFINITY;
const hour = 3_600_000_000;
const at = (hours: number) => ({ time: baseTime + hours * hour });

const toRow = (event: RegistrationEvent, receivedAt: number): HistoryRow => ({
  ...event,
  receivedAt,
  outcome: "applied",
  keyId: "key",
});
/** What the adapter has after events that arrived in this order, a minute after each other. */
const arrive = (...events: RegistrationEvent[]) =>
  events.map((event, index) => toRow(event, baseTime + 10 * hour + index * 60_000_000));
const statusOf = (rows: readonly HistoryRow[]): RegistrationStatus | undefined =>
  rows.reduce<RegistrationStatus | undefined>(
    (before, row) => advance(before, [row], row.receivedAt),
    undefined,
  );
const find = (
  stored: readonly HistoryRow[],
  rows: readonly HistoryRow[],
  hours: number,
  from = all,
) => findPastStatus(statusOf(stored) ?? expect.unreachable(), rows, { at: at(hours).time, from });

describe("changedAt of the past", () => {
  it("is that of what had come by then, or it is left out", () => {
    let shown = 0;
    const arbitraryRows = fc
      .uniqueArray(
        fc.tuple(arbitraryEvent, fc.constantFrom("bridge-a", "bridge-b")).map(([event, name]) => ({
          ...event,
          application: name,
          id: `${name} ${event.id}`,
        })),
        { minLength: 1, maxLength: 12, selector: ({ id }) => id },
      )
      .map((events) => arrive(...events));
    fc.assert(
      fc.property(arbitraryRows, fc.nat(), fc.nat(2), (rows, index, dropped) => {
        const { time } = rows[index % rows.length] ?? expect.unreachable();
        const view = { at: time, from: all };
        const stored = statusOf(rows) ?? expect.unreachable();
        const past = findPastStatus(stored, rows.slice(dropped), view);
        if (past === undefined || past === "absent" || past.changedAt === undefined) return;
        shown += 1;
        expect(rows.map(({ receivedAt }) => receivedAt)).toContain(past.changedAt);
        const then = statusOf(rows.filter((row) => row.time <= time));
        if (dropped === 0) expect(past.changedAt).toBe(then?.changedAt);
      }),
      { numRuns: 500 },
    );
    expect(shown).toBeGreaterThan(100);
  });

  it("is that of the status, where nothing has come since", () => {
    const rows = arrive(registered(at(0)), unregistered({ ...at(1), errorCode: 59 }));
    expect(find(rows, [], 2, at(2).time)).toMatchObject({ changedAt: rows[1]?.receivedAt });
  });

  it("is when the newest change came, by the adapter's clock, whatever came later", () => {
    const rows = arrive(registered(at(0)), registered(at(1)), unregistered(at(3)));
    expect(find(rows, rows, 2)).toMatchObject({ changedAt: rows[0]?.receivedAt });
  });

  it("follows the order of arrival", () => {
    const rows = arrive(registered(at(1)), unregistered(at(0)), registered(at(3)));
    expect(find(rows, rows, 2)).toMatchObject({ changedAt: rows[0]?.receivedAt });
  });

  it("is one time for what arrived together", () => {
    const receivedAt = baseTime + 10 * hour;
    const events = [registered(at(0)), unregistered({ ...at(1), errorCode: 59 })];
    const together = events.map((event) => toRow(event, receivedAt));
    const rows = [...together, toRow(registered(at(3)), receivedAt + 1)];
    expect(find(rows, rows, 2)).toMatchObject({ changedAt: receivedAt });
  });

  it("is left out where an event that the status remembers has no row", () => {
    const rows = arrive(registered(at(0)), unregistered(at(1)), unregistered(at(3)));
    expect(find(rows, rows.slice(1), 2)).toMatchObject({ changedAt: undefined });
  });

  it("is left out where the row is that of an earlier session", () => {
    const event = registered({ ...at(0), session: baseTime });
    const rows = arrive(event, { ...event, session: baseTime + hour }, unregistered(at(3)));
    expect(find(rows, rows.slice(0, 1), 2)).toMatchObject({ changedAt: undefined });
  });

  it("is left out where the standing began before the rows", () => {
    const rows = arrive(registered(at(0)), registered(at(1)), registered(at(3)));
    expect(find(rows, rows.slice(1), 2)).toMatchObject({
      statusSince: baseTime,
      changedAt: undefined,
    });
    const none = arrive(registered(at(0)), registered(at(3)));
    expect(find(none, [], 2)).toMatchObject({ statusSince: baseTime, changedAt: undefined });
  });

  it("is left out where not everything was read", () => {
    const rows = arrive(registered(at(0)), registered(at(3)));
    expect(find(rows, rows.slice(0, 1), 2, at(-1).time)).toMatchObject({ changedAt: undefined });
  });
});
