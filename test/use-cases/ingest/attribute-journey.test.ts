import { describe, expect, it } from "vitest";
import { fromHistoryItem, toHistoryItem } from "../../../lambda/adapters/history-item.ts";
import { fromStatusItem, toStatusItem } from "../../../lambda/adapters/status-item.ts";
import {
  type Attribute,
  attributes,
  type EventRegistered,
  type EventUnregistered,
} from "../../../lambda/domain/event/event-schema.ts";
import { toChangeMessage } from "../../../lambda/domain/message/change-message.ts";
import { parseJson } from "../../../lambda/domain/request/parse-json.ts";
import { advance } from "../../../lambda/domain/status/advance.ts";
import { toHistoryEntry } from "../../../lambda/domain/status/history-row.ts";
import { toRegistration } from "../../../lambda/domain/status/registration.ts";
import { baseTime } from "../../support/build-event.ts";
import { eventOf } from "../../support/read-raw-event.ts";

/**
 * What a bridge sends, what the history entry keeps of it, and what the registration and the change message show of it.
 */
type Journey = { sent: unknown; kept: object; shown: object };

const nothing = {};
const time = "2026-11-20T02:58:00.123456Z";
const common = {
  // A handle of the bridge's own connection: no other program can use it.
  Server: { sent: 65_200, kept: nothing, shown: nothing },
  ServerName: { sent: "SIPTS750", kept: { server: "SIPTS750" }, shown: { server: "SIPTS750" } },
  // The DN and server of a history: its entries do not repeat them.
  ThisDN: { sent: "7001", kept: nothing, shown: { thisDN: "7001" } },
  time: { sent: time, kept: { time }, shown: { confirmedAt: time } },
  CustomerID: { sent: "Retail", kept: { customerID: "Retail" }, shown: { customerID: "Retail" } },
  EventSequenceNumber: { sent: 5, kept: { other: { EventSequenceNumber: 5 } }, shown: nothing },
  ServerStartTime: { sent: 7, kept: { other: { ServerStartTime: 7 } }, shown: nothing },
  Extensions: { sent: { a: 1 }, kept: { extensions: { a: 1 } }, shown: nothing },
};

const registered: Record<keyof EventRegistered, Journey> = {
  ...common,
  Event: { sent: 53, kept: { event: "EventRegistered" }, shown: { status: "registered" } },
  ReferenceID: { sent: 88, kept: { referenceID: 88 }, shown: nothing },
  InfoType: { sent: 8, kept: nothing, shown: nothing },
  "InfoStatus.AddressType": {
    sent: 1,
    kept: { addressType: "AddressTypeDN" },
    shown: { addressType: "AddressTypeDN" },
  },
  AgentID: {
    sent: "4711",
    kept: { agentID: "4711" },
    shown: { applications: [{ agentID: "4711" }] },
  },
};

const unregistered: Record<keyof EventUnregistered, Journey> = {
  ...common,
  Event: { sent: 54, kept: { event: "EventUnregistered" }, shown: { status: "unregistered" } },
  ReferenceID: { sent: 89, kept: { referenceID: 89 }, shown: nothing },
  ErrorCode: { sent: 59, kept: { errorCode: 59 }, shown: { reason: { errorCode: 59 } } },
  ErrorMessage: {
    sent: "gone",
    kept: { errorMessage: "gone" },
    shown: { reason: { errorMessage: "gone" } },
  },
};

const isAttribute = (name: string): name is Attribute => Object.hasOwn(attributes, name);

/** All attributes of one event, one of them under another name. */
const write = (journeys: Readonly<Record<string, Journey>>, name?: string, spelling?: string) =>
  Object.fromEntries(
    Object.entries(journeys).map(([attribute, { sent }]) => [
      attribute === name ? spelling : attribute,
      sent,
    ]),
  );

/** The result of an event, by way of the items of both tables. */
const follow = (raw: object) => {
  const event = eventOf(raw);
  const status = advance(undefined, [event], baseTime);
  const row = { ...event, receivedAt: baseTime, outcome: "applied", keyId: "key_1" } as const;
  const stored = fromStatusItem(toStatusItem(status));
  return {
    status,
    stored,
    entry: toHistoryEntry(fromHistoryItem(toHistoryItem(row, 400))),
    registration: toRegistration(stored),
    message: toChangeMessage(undefined, stored).event.data,
  };
};

it("the digits of an integer beyond 2^53 come back where it is only kept", () => {
  const number = parseJson("-9223372036854775808")?.value;
  const { entry } = follow({ ...write(registered), Extensions: { list: [number] }, More: number });
  expect(JSON.stringify(entry)).toContain('"extensions":{"list":[-9223372036854775808]}');
  expect(JSON.stringify(entry)).toContain('"More":-9223372036854775808');
});

describe.each([
  ["EventRegistered", registered],
  ["EventUnregistered", unregistered],
])("an attribute of an %s", (_, journeys) => {
  const rows = Object.entries<Journey>(journeys).flatMap(([name, journey]) =>
    isAttribute(name)
      ? attributes[name].spellings.map((spelling) => ({ name, spelling, ...journey }))
      : [],
  );

  it.each(rows)("is kept and shown, sent as $spelling", ({ name, spelling, kept, shown }) => {
    const { entry, registration, message } = follow(write(journeys, name, spelling));
    expect(entry).toMatchObject(kept);
    expect(registration).toMatchObject(shown);
    expect(message).toMatchObject(shown);
  });

  it("is stored beside all the others under a name of its own", () => {
    const { status, stored } = follow(write(journeys));
    expect(stored).toEqual(status);
  });
});
