import type { BridgeKey } from "../../lambda/domain/access/bridge-key.ts";
import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";

/** 2026-11-20T02:58:00.123456Z in microseconds: the moment around which tests happen. */
export const baseTime = Date.parse("2026-11-20T02:58:00Z") * 1000 + 123_456;

/** A checked EventRegistered of bridge-a for DN 7001 on SIPTS750, with what the test changes. */
export const registered = (changes: Partial<RegistrationEvent> = {}): RegistrationEvent => {
  const event = {
    event: "EventRegistered" as const,
    server: "SIPTS750",
    application: "bridge-a",
    thisDN: "7001",
    time: baseTime,
    referenceID: 88,
    addressType: "AddressTypeDN",
    extensions: {},
    ...changes,
  };
  return { id: idOf(event), ...event };
};

/** A checked EventUnregistered of the same, without ReferenceID or ErrorCode: unexpected, cause unknown. */
export const unregistered = (changes: Partial<RegistrationEvent> = {}): RegistrationEvent => {
  const event = {
    event: "EventUnregistered" as const,
    server: "SIPTS750",
    application: "bridge-a",
    thisDN: "7001",
    time: baseTime,
    ...changes,
  };
  return { id: idOf(event), ...event };
};

/** An operator's retirement of the same registration. */
export const retired = (changes: Partial<RegistrationEvent> = {}): RegistrationEvent => {
  const event = {
    event: "Retired" as const,
    server: "SIPTS750",
    application: "bridge-a",
    thisDN: "7001",
    time: baseTime,
    ...changes,
  };
  return { id: idOf(event), ...event };
};

/** What we derive where bridge-a did not register DN 7001 again in the session that began at `baseTime`. */
export const missed = (changes: Partial<RegistrationEvent> = {}): RegistrationEvent => {
  const { id, ...event } = unregistered({ derived: "reconnect", ...changes });
  return { id: `${event.derived}|${id}`, ...event };
};

const idOf = (event: Omit<RegistrationEvent, "id">): string => {
  const { server, application, thisDN, time, referenceID = "" } = event;
  return [event.event, server, application, thisDN, time, referenceID].join("|");
};

/** An EventRegistered as a bridge sends it, in the reference's spelling. */
export const rawRegistered = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  Event: "EventRegistered",
  Server: 65_200,
  ServerName: "SIPTS750",
  ThisDN: "7001",
  time: { sec: 1_795_143_480, usec: 123_456 },
  ReferenceID: 88,
  InfoType: "AddressInfoAddressType",
  InfoStatus: { AddressType: "AddressTypeDN" },
  Extensions: {},
  ...changes,
});

/** An EventUnregistered as a bridge sends it: a DN deleted in Configuration Manager. */
export const rawUnregistered = (
  changes: Record<string, unknown> = {},
): Record<string, unknown> => ({
  Event: "EventUnregistered",
  Server: 65_200,
  ServerName: "SIPTS750",
  ThisDN: "7001",
  time: { sec: 1_795_143_540, usec: 1 },
  ErrorCode: 59,
  ErrorMessage: "DN is not configured in CME",
  ...changes,
});

/** A live key of bridge-a. */
export const bridgeKey = (changes: Partial<BridgeKey> = {}): BridgeKey => ({
  id: "key_00000001",
  name: "bridge-a",
  key: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  createdAt: "2026-11-20T00:00:00Z",
  ...changes,
});
