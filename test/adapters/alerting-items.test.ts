import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromAlertItem, toAlertItem } from "../../lambda/adapters/alert-item.ts";
import { fromConnectionItem, toConnectionItem } from "../../lambda/adapters/connection-item.ts";
import { fromLossItem, toLossItem } from "../../lambda/adapters/loss-item.ts";
import { fromWindowItem, toWindowItem } from "../../lambda/adapters/window-item.ts";
import type { Alert } from "../../lambda/domain/alerting/alert.ts";
import type { Loss, LossIn, LossRecord } from "../../lambda/domain/alerting/loss.ts";
import type { MaintenanceWindow } from "../../lambda/domain/alerting/maintenance-window.ts";
import type { Connection } from "../../lambda/domain/connection/connection.ts";
import { buildAlert } from "../support/build-alert.ts";
import { buildConnection } from "../support/build-connection.ts";
import {
  buildFormerMember,
  buildHeld,
  buildHeldToTheEnd,
  buildLoss,
  buildMissing,
  buildWaiting,
} from "../support/build-loss.ts";

const text = fc.string({ unit: "binary" });
const name = fc.string({ unit: "grapheme", minLength: 1 });
const time = fc.integer({ min: 0, max: 9_000_000_000_000_000 });

/** An object with all these members. */
const all = <Members>(arbitraries: { [Key in keyof Members]: fc.Arbitrary<Members[Key]> }) =>
  fc.record<Members>(arbitraries, { noNullPrototype: true });
const occurrence = all({ at: time, heardAt: time });

/** Members that may be absent, and are then not there at all. */
const some = <Members extends object>(
  arbitraries: {
    [Key in keyof Members]: fc.Arbitrary<Members[Key]>;
  },
) => fc.record(arbitraries, { requiredKeys: [], noNullPrototype: true });

const references = all({ subject: text, number: fc.nat(), alertId: name });
const ends = all({
  endedAt: time,
  endedBy: fc.constantFrom<LossIn<"over">["endedBy"][]>("registered", "requested", "retired"),
});
// Any inhibitor except the name under which a waiting loss is stored.
const inhibitors = text.filter((heldBy) => heldBy !== "hold-down");

const records: fc.Arbitrary<Partial<LossRecord>> = fc
  .tuple(
    all({
      thisDN: name,
      server: name,
      lossId: fc.base64String({ minLength: 1 }),
      revision: fc.nat(),
      lostAt: time,
      applications: fc.array(name),
      trail: fc.array(all({ at: time, words: text })),
    }),
    some({ customerID: text, cause: text }),
  )
  .map(([required, optional]) => ({ ...required, ...optional }));

const losses: fc.Arbitrary<Loss> = fc
  .tuple(records, references, ends, inhibitors)
  .chain(([record, alert, end, heldBy]) =>
    fc.constantFrom<Loss[]>(
      buildWaiting(record),
      buildHeld(heldBy, record),
      buildMissing(alert.alertId, { ...record, alert }),
      buildLoss({ ...record, ...end }),
      buildHeldToTheEnd(heldBy, { ...record, ...end }),
      buildFormerMember(alert.alertId, { ...record, ...end, alert }),
    ),
  );

const acknowledgements = fc
  .tuple(all({ author: text, note: text }), some({ onBehalfOf: text }))
  .map(([required, optional]) => ({ ...required, ...optional }));

const alerts: fc.Arbitrary<Alert> = fc
  .tuple(
    all({
      subject: text,
      number: fc.integer({ min: 1, max: 9_999_999 }),
      revision: fc.nat(),
      server: name,
      status: fc.constantFrom<Alert["status"][]>("open", "acknowledged", "resolved"),
      openedAt: time,
      customers: fc.array(text),
      flapping: fc.boolean(),
    }),
    some({
      application: name,
      acknowledgement: acknowledgements,
      resolvedAt: time,
      resolution: text,
      untoldSince: time,
    }),
    fc.boolean(),
  )
  .map(([required, optional, isDone]) => {
    const { dueAt: _due, notice: _notice, ...quiet } = buildAlert();
    return { ...(isDone ? quiet : buildAlert()), ...required, ...optional };
  });

const connections: fc.Arbitrary<Connection> = fc
  .tuple(
    all({ server: name, application: name, revision: fc.nat(), seenAt: time }),
    some({
      closedAt: time,
      session: all({ id: text, startedAt: time, heardAt: time }),
      serverDown: occurrence,
      linkUp: occurrence,
      registered: all({ count: fc.nat(), heardAt: time }),
      retiredAt: time,
    }),
  )
  .map(([required, optional]) => ({ ...buildConnection(), ...required, ...optional }));

const windows: fc.Arbitrary<MaintenanceWindow> = fc
  .tuple(
    all({ id: name, start: time, end: time, reason: text, author: text, createdAt: time }),
    some({
      server: name,
      thisDNs: fc.array(name),
      prefix: text,
      everything: fc.constant(true as const),
      onBehalfOf: text,
      tokenId: text,
    }),
  )
  .map(([required, optional]) => ({ ...required, ...optional }));

describe("an item reads back as what was written, and nothing else", () => {
  it("of a loss", () => {
    fc.assert(
      fc.property(losses, (loss) => {
        expect(fromLossItem(toLossItem(loss, 400))).toStrictEqual(loss);
      }),
    );
  });

  it("of an alert", () => {
    fc.assert(
      fc.property(alerts, (alert) => {
        expect(fromAlertItem(toAlertItem(alert, 400))).toStrictEqual(alert);
      }),
    );
  });

  it("of a connection", () => {
    fc.assert(
      fc.property(connections, (connection) => {
        expect(fromConnectionItem(toConnectionItem(connection))).toStrictEqual(connection);
      }),
    );
  });

  it("of a maintenance window", () => {
    fc.assert(
      fc.property(windows, (window) => {
        expect(fromWindowItem(toWindowItem(window, 400))).toStrictEqual(window);
      }),
    );
  });
});
