import { toHistoryItem } from "../../lambda/adapters/history-item.ts";
import { type Item, toStatusItem } from "../../lambda/adapters/status-item.ts";
import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import { advance } from "../../lambda/domain/status/advance.ts";

const retentionDays = 400;

/** What one request makes the store do, ready made: the keys that are read, the statuses and the rows that are written. */
export type BareRequest = {
  readonly keys: readonly Item[];
  readonly statuses: readonly Item[];
  readonly rows: readonly Item[];
};

const toEvent = (thisDN: string, micros: number): RegistrationEvent => ({
  id: `bench${thisDN}`.padEnd(22, "x"),
  event: "EventRegistered",
  server: "SIPTS750",
  application: "bridge-a",
  thisDN,
  time: micros,
  sequenceNumber: 125_733,
  referenceID: 88,
  addressType: "AddressTypeDN",
  agentID: "4711",
  customerID: "Retail",
  extensions: { "conn-1": "0079028f1c2b5001", "ps-1": 2 },
});

/** Makes the calls' contents of a request for some new DNs. */
export const bareRequest = (numbers: readonly string[], micros: number): BareRequest => {
  const events = numbers.map((thisDN) => toEvent(thisDN, micros));
  return {
    keys: numbers.map((thisDN) => ({ ThisDN: { S: thisDN }, server: { S: "SIPTS750" } })),
    statuses: events.map((event) => toStatusItem(advance(undefined, [event], micros))),
    rows: events.map((event) =>
      toHistoryItem(
        { ...event, receivedAt: micros, outcome: "applied", keyId: "key_00000000" },
        retentionDays,
      ),
    ),
  };
};
