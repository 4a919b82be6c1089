import type { ScenarioEnvelope, ScenarioStep } from "./scenario.ts";

const eventsPerRequest = 500;

const time = (micros: number) => ({
  sec: Math.floor(micros / 1_000_000),
  usec: micros % 1_000_000,
});

/** A T-Server's name with DNs on it. */
export type Numbers = {
  readonly server: string;
  readonly first: number;
  readonly count: number;
};

/** The DNs are registered, each a microsecond after the one before. */
export const registered = ({ server, first, count }: Numbers, now: number): object[] =>
  Array.from({ length: count }, (_, index) => ({
    Event: "EventRegistered",
    ServerName: server,
    ThisDN: String(first + index),
    time: time(now + index),
    ReferenceID: index + 1,
    InfoType: "AddressInfoAddressType",
    InfoStatus: { AddressType: "AddressTypeDN" },
    Extensions: {},
  }));

/** The DNs are taken away by a change of the configuration: no application asked for it. */
export const takenAway = ({ server, first, count }: Numbers, now: number): object[] =>
  Array.from({ length: count }, (_, index) => ({
    Event: "EventUnregistered",
    ServerName: server,
    ThisDN: String(first + index),
    time: time(now + index),
    ErrorCode: 59,
    ErrorMessage: "DN is not configured in CME",
  }));

/** The connection to the T-Server is lost or back: the bridge notices it and stamps the time. */
export const connection = (
  event: "EventServerDisconnected" | "EventServerConnected",
  server: string,
  now: number,
): object => ({ Event: event, ServerName: server, time: time(now) });

/** A new connection to the T-Server, as the envelopes of all that comes over it name it. */
export const sessionAt = (now: number): NonNullable<ScenarioEnvelope["session"]> => ({
  id: `session-${now}`,
  startedAt: new Date(Math.floor(now / 1000)).toISOString(),
});

/** Packs events as a bridge does, 500 a request. */
export const envelopes = (
  serverName: string,
  events: readonly object[],
  session?: ScenarioEnvelope["session"],
): ScenarioEnvelope[] =>
  Array.from({ length: Math.ceil(events.length / eventsPerRequest) }, (_, index) => ({
    serverName,
    ...(session && { session }),
    events: events.slice(index * eventsPerRequest, (index + 1) * eventsPerRequest),
  }));

/** A request without events: the bridge is alive. */
export const heartbeat = (
  serverName: string,
  session?: ScenarioEnvelope["session"],
): ScenarioEnvelope => ({
  serverName,
  ...(session && { session }),
  events: [],
});

/** The bridge stops on purpose. */
export const closing = (serverName: string, atSeconds: number): ScenarioStep => ({
  atSeconds,
  says: `the bridge to ${serverName} stops`,
  send: () => [{ serverName, closing: true, events: [] }],
});

/** Heartbeats once a minute, first and last included; they name no session, so that the present one goes on. */
export const heartbeats = (
  serverName: string,
  fromSeconds: number,
  toSeconds: number,
): ScenarioStep[] =>
  Array.from({ length: Math.floor((toSeconds - fromSeconds) / 60) + 1 }, (_, index) => ({
    atSeconds: fromSeconds + index * 60,
    says: `the bridge to ${serverName} is alive`,
    send: () => [heartbeat(serverName)],
  }));
