import { between } from "../../samples/random.ts";
import { registeredEvent } from "../bench/sample-events.ts";

/** A bridge that sends: its application's name and its T-Server. */
export type Bridge = {
  readonly name: string;
  readonly server: string;
};
/** What was sent of an event, as far as it is compared with what is stored and published. */
export type SentEvent = {
  readonly application: string;
  readonly server: string;
  readonly thisDN: string;
  readonly status: "registered" | "unregistered";
  /** Microseconds since 1970; no two events of a run have the same. */
  readonly time: number;
};
/** Events that go in one request, and its body. */
export type TrafficBatch = {
  readonly events: readonly SentEvent[];
  readonly body: string;
};
/** What traffic is made with. `now` gives microseconds since 1970. */
export type TrafficOptions = {
  readonly random: () => number;
  readonly now: () => number;
  /** DNs of each T-Server. */
  readonly numbers: number;
};

/** Two bridges on each of two T-Servers, so that every DN has two applications. */
export const bridges: readonly Bridge[] = [
  { name: "bridge-a", server: "SIPTS750" },
  { name: "bridge-b", server: "SIPTS750" },
  { name: "bridge-c", server: "AVAYATS1" },
  { name: "bridge-d", server: "AVAYATS1" },
];

const firstNumber = 20_000;
const largestBatch = 200;
const unregisteredRate = 0.1;
const askedRate = 0.5;
const repeatRate = 0.05;

const unregisteredEvent = (thisDN: string, time: number, isAsked: boolean): object => ({
  Event: "EventUnregistered",
  Server: 65_200,
  ThisDN: thisDN,
  time: { sec: Math.floor(time / 1_000_000), usec: time % 1_000_000 },
  CustomerID: "Retail",
  ...(isAsked ? { ReferenceID: 89 } : { ErrorCode: 59 }),
});

/**
 * Makes the next batch of a bridge, of 1 to 200 events: of ten one takes a registration away, half of these unasked; the
 * others refresh what is mostly registered, and one of twenty is in the batch twice.
 */
export const createTraffic = ({ random, now, numbers }: TrafficOptions) => {
  let last = 0;
  let sequence = 0;
  const nextTime = (): number => {
    last = Math.max(last + 1, now());
    return last;
  };
  const makeEvent = ({ name, server }: Bridge) => {
    const thisDN = String(between(random, firstNumber, firstNumber + numbers - 1));
    const time = nextTime();
    const isRegistered = random() >= unregisteredRate;
    const status = isRegistered ? "registered" : "unregistered";
    const sent: SentEvent = { application: name, server, thisDN, status, time };
    const event = isRegistered
      ? registeredEvent(thisDN, time)
      : unregisteredEvent(thisDN, time, random() < askedRate);
    sequence += 1;
    // By the sequence number and the start of the server an event is known again.
    const identity = {
      AttributeEventSequenceNumber: sequence,
      AttributeServerStartTime: 1_794_000_000,
    };
    return { sent, text: JSON.stringify({ ...event, ServerName: server, ...identity }) };
  };
  return (bridge: Bridge): TrafficBatch => {
    const made = Array.from({ length: between(random, 1, largestBatch) }, () => makeEvent(bridge));
    const all = made.flatMap((one) => (random() < repeatRate ? [one, one] : [one]));
    return {
      events: all.map(({ sent }) => sent),
      body: `[${all.map(({ text }) => text).join(",")}]`,
    };
  };
};
/** Makes batches (see `createTraffic`). */
export type NextBatch = ReturnType<typeof createTraffic>;
