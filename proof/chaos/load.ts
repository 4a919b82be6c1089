import { between, createRandom } from "../../samples/random.ts";

/** An event as a bridge sends it, with what the oracle goes by. */
export type LoadEvent = {
  readonly application: string;
  readonly server: string;
  readonly thisDN: string;
  readonly event: "EventRegistered" | "EventUnregistered";
  /** Microseconds since 1970; no two events have the same, and none a whole second. */
  readonly time: number;
  /** Whether an EventUnregistered was asked for. */
  readonly isAsked: boolean;
  /** The event as JSON. */
  readonly text: string;
};
/** What two bridges send. */
export type EventLoad = {
  readonly events: readonly LoadEvent[];
  /** What each sends in the order in which it does: with repeats, and out of order. */
  readonly deliveries: Readonly<Record<"bridge-a" | "bridge-b", readonly LoadEvent[]>>;
};
/** How much of a load, and which. */
export type LoadOptions = {
  readonly seed: number;
  readonly count: number;
  /** Microseconds since 1970: the newest event is a little older. */
  readonly now: number;
};

const applications = ["bridge-a", "bridge-b"] as const;
const causes = [59, 123, 128, 212];
const eventsPerNumber = 12;
const microsBetween = 997;
const repeatRate = 0.15;
const reach = 40;

const pick = <T>(random: () => number, [first, ...rest]: readonly [T, ...T[]]): T =>
  rest[between(random, 0, rest.length) - 1] ?? first;

// A T-Server with many DNs, where losses come in storms, and one with few.
const placeOf = (random: () => number, count: number) => {
  const numbers = Math.max(20, Math.floor(count / eventsPerNumber));
  return random() < 0.9
    ? { server: "SIPTS750", thisDN: String(7000 + between(random, 0, numbers)) }
    : { server: "AVAYATS1", thisDN: String(21_000 + between(random, 0, numbers)) };
};

const reasonOf = (random: () => number, isAsked: boolean, index: number) => {
  if (isAsked) return { ReferenceID: index + 1 };
  return { ErrorCode: pick(random, [59, ...causes]) };
};

const makeEvent = (random: () => number, index: number, options: LoadOptions): LoadEvent => {
  const { server, thisDN } = placeOf(random, options.count);
  const event = random() < 0.6 ? "EventRegistered" : "EventUnregistered";
  const isAsked = random() < 0.4;
  const about = options.now - (options.count - index) * microsBetween;
  const time = about % 1_000_000 === 0 ? about + 1 : about;
  const common = {
    Event: event,
    Server: 65_200,
    ServerName: server,
    ThisDN: thisDN,
    time: { sec: Math.floor(time / 1_000_000), usec: time % 1_000_000 },
    CustomerID: "Retail",
  };
  const more =
    event === "EventRegistered"
      ? { ReferenceID: index + 1, InfoType: "AddressInfoAddressType", Extensions: {} }
      : reasonOf(random, isAsked, index);
  const text = JSON.stringify({ ...common, ...more });
  return { application: pick(random, applications), server, thisDN, event, time, isAsked, text };
};

/** The same events with some twice, each up to some dozens of places from where it belongs. */
const disturb = (random: () => number, events: readonly LoadEvent[]): LoadEvent[] =>
  events
    .flatMap((event, index) => {
      const place = () => index + random() * reach;
      const once = { event, place: place() };
      return random() < repeatRate ? [once, { event, place: place() + reach }] : [once];
    })
    .sort((a, b) => a.place - b.place)
    .map(({ event }) => event);

/** Makes a load: the same for the same seed, but for the time. */
export const makeLoad = (options: LoadOptions): EventLoad => {
  const random = createRandom(options.seed);
  const events = Array.from({ length: options.count }, (_, index) =>
    makeEvent(random, index, options),
  );
  const deliveryOf = (name: string) =>
    disturb(
      random,
      events.filter(({ application }) => application === name),
    );
  return {
    events,
    deliveries: { "bridge-a": deliveryOf("bridge-a"), "bridge-b": deliveryOf("bridge-b") },
  };
};
