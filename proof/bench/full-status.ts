import { hashText } from "../../lambda/adapters/hash-text.ts";
import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import { advance } from "../../lambda/domain/status/advance.ts";
import type { RegistrationStatus } from "../../lambda/domain/status/registration-status.ts";

const realistic = {
  server: "SIP_Frankfurt_1",
  thisDN: "+4969123457001",
  customerID: "Environment",
};
/** The applications of a redundant pair of bridges, named at length. */
export const applications = ["bridge-frankfurt-a", "bridge-frankfurt-b"] as const;

const hour = 3_600_000_000;
const start = Date.parse("2026-11-20T02:58:00Z") * 1000 + 123_456;

/** What happened to each application, in this order, an hour apart. */
export type MarkStep = "registered" | "lost" | "cleaned-up" | "renewed" | "missed";

/** An event with everything that its mark may have. */
const eventOf = (step: MarkStep, application: string, time: number): RegistrationEvent => {
  const common = { ...realistic, application, time, id: hashText(`${step} ${application}`) };
  const numbers = { sequenceNumber: 4_000_000_000, referenceID: 4_294_967_295 };
  const details = {
    addressType: "AddressTypePosition",
    agentID: "a.lindqvist@example",
    extensions: {},
  };
  switch (step) {
    case "registered":
      return { ...common, ...numbers, ...details, event: "EventRegistered" };
    case "lost":
      return {
        ...common,
        ...numbers,
        referenceID: undefined,
        event: "EventUnregistered",
        errorCode: 1151,
      };
    case "cleaned-up":
      return { ...common, ...numbers, event: "EventUnregistered" };
    case "renewed":
      return {
        ...common,
        ...numbers,
        ...details,
        event: "EventRegistered",
        session: time - 5_000_001,
      };
    case "missed":
      return { ...common, customerID: undefined, event: "EventUnregistered", derived: "reconnect" };
  }
};

/** A status with names as long as real ones are, after the same steps of both applications. */
export const bothAfter = (steps: readonly MarkStep[], errorMessage: string): RegistrationStatus => {
  const events = applications.flatMap((application, index) =>
    steps
      .map((step, number) => eventOf(step, application, start + index + number * hour))
      .map((event) => (event.errorCode === undefined ? event : { ...event, errorMessage })),
  );
  const status = events.reduce<RegistrationStatus | undefined>(
    (before, event) => advance(before, [event], start),
    undefined,
  );
  if (status === undefined) throw new Error("no steps, no status");
  return { ...status, revision: 123_456 };
};
