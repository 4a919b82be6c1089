import fc from "fast-check";
import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import { baseTime } from "./build-event.ts";

const secondMicros = 1_000_000;
const baseSecond = Math.floor(baseTime / secondMicros) * secondMicros;

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** Few values each, so that events collide: same time, whole seconds, same sequence number, same ReferenceID. */
const position = {
  time: fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(0, 0, 1, 500_000, 999_999))
    .map(([second, micros]) => baseSecond + second * secondMicros + micros),
  sequenceNumber: optional(fc.integer({ min: 1, max: 3 })),
  referenceID: optional(fc.integer({ min: 1, max: 3 })),
};

/** Starts of sessions: also times at which registrations are missed. */
const session = fc.constantFrom(baseSecond, baseSecond + 1, baseSecond + 3 * secondMicros);

// The same event may come in several sessions.
const withId = (event: Omit<RegistrationEvent, "id">): RegistrationEvent => {
  const { session: _, ...content } = event;
  return { id: JSON.stringify(content), ...event };
};

const customer = optional(fc.constantFrom("acme", "other"));

/** An event of one application for one DN. */
export const arbitraryEvent: fc.Arbitrary<RegistrationEvent> = fc
  .oneof(
    fc.record({
      ...position,
      event: fc.constant("EventRegistered" as const),
      addressType: optional(fc.constantFrom("AddressTypeDN", "AddressTypeQueue")),
      agentID: optional(fc.constantFrom("4711", "4712")),
      customerID: customer,
      session: optional(session),
    }),
    fc.record({
      ...position,
      event: fc.constant("EventUnregistered" as const),
      errorCode: optional(fc.constantFrom(59, 109, 9999)),
      errorMessage: optional(fc.constantFrom("gone", "link down")),
      customerID: customer,
    }),
    fc.record({
      event: fc.constant("EventUnregistered" as const),
      time: session,
      derived: fc.constantFrom("reconnect" as const, "disconnect" as const, "refused" as const),
      errorCode: optional(fc.constantFrom(59)),
    }),
    fc.record({ event: fc.constant("Retired" as const), time: position.time }),
  )
  .map((event) =>
    withId({ server: "SIPTS750", application: "bridge-a", thisDN: "7001", ...event }),
  );

/** A registration or an end of one application, within two seconds, in which every precision collides with every other. */
export const arbitraryEndOrReturn: fc.Arbitrary<RegistrationEvent> = fc
  .record({
    event: fc.constantFrom("EventRegistered" as const, "EventUnregistered" as const),
    time: fc
      .tuple(fc.constantFrom(0, 0, 0, 1), fc.constantFrom(0, 0, 100_000, 200_000, 300_000))
      .map(([second, micros]) => baseSecond + second * secondMicros + micros),
    sequenceNumber: optional(fc.integer({ min: 1, max: 4 })),
    referenceID: optional(fc.integer({ min: 1, max: 2 })),
    session: optional(fc.constantFrom(baseSecond, baseSecond + 100_000, baseSecond + 300_000)),
    derived: optional(fc.constantFrom("reconnect" as const, "disconnect" as const)),
  })
  .map(({ session, derived, sequenceNumber, ...event }) => {
    const common = { server: "SIPTS750", application: "bridge-a", thisDN: "7001", ...event };
    if (event.event === "EventRegistered") return withId({ ...common, sequenceNumber, session });
    // What we derive has no numbers.
    const ours = { ...common, referenceID: undefined, derived };
    return withId(derived === undefined ? { ...common, sequenceNumber } : ours);
  });

/** An event of one of two applications for one of three DNs on one of two servers. */
export const arbitraryEventOfMany: fc.Arbitrary<RegistrationEvent> = fc
  .tuple(
    arbitraryEvent,
    fc.constantFrom("SIPTS750", "AVAYATS1"),
    fc.constantFrom("bridge-a", "bridge-b"),
    fc.constantFrom("7001", "7002", "+49 89/1"),
  )
  .map(([event, server, application, thisDN]) => {
    const { id: _, ...rest } = event;
    return withId({ ...rest, server, application, thisDN });
  });

/** One event or more, some of which come again in another session. */
export const arbitraryHistory = (
  event: fc.Arbitrary<RegistrationEvent>,
  maxLength: number,
): fc.Arbitrary<RegistrationEvent[]> =>
  fc
    .array(fc.tuple(event, optional(session)), { minLength: 1, maxLength })
    .map((pairs) =>
      pairs.flatMap(([one, again]) =>
        again === undefined || one.event !== "EventRegistered"
          ? [one]
          : [one, { ...one, session: again }],
      ),
    );
