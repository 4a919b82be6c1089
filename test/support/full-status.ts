import { hashText } from "../../lambda/adapters/hash-text.ts";
import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import type { RegistrationStatus } from "../../lambda/domain/status/registration-status.ts";
import { baseTime, missed, registered, unregistered } from "./build-event.ts";
import { statusAfter } from "./status-after.ts";

const realistic = {
  server: "SIP_Frankfurt_1",
  thisDN: "+4969123457001",
  customerID: "Environment",
};
/** The applications of a redundant pair of bridges, named at length. */
export const applications = ["bridge-frankfurt-a", "bridge-frankfurt-b"] as const;

const hour = 3_600_000_000;

/** What happened to each application, in this order, an hour apart. */
export type Step = "registered" | "lost" | "cleaned-up" | "renewed" | "missed";

/** An event with everything that its mark may have. */
const eventOf = (step: Step, application: string, time: number): RegistrationEvent => {
  const id = hashText(`${step} ${application}`);
  const numbers = { sequenceNumber: 4_000_000_000, referenceID: 4_294_967_295 };
  const common = { ...realistic, application, id, time };
  const details = { addressType: "AddressTypePosition", agentID: "a.lindqvist@example" };
  switch (step) {
    case "registered":
      return registered({ ...common, ...numbers, ...details });
    case "lost":
      return unregistered({ ...common, sequenceNumber: 4_000_000_001, errorCode: 1151 });
    case "cleaned-up":
      return unregistered({ ...common, ...numbers });
    case "renewed":
      return registered({ ...common, ...numbers, ...details, session: time - 5_000_001 });
    case "missed":
      return missed({ ...common, customerID: undefined });
  }
};

/** A status with names as long as real ones are, after the same steps of both applications. */
export const bothAfter = (steps: readonly Step[], errorMessage: string): RegistrationStatus => {
  const [first = registered(), ...more] = applications.flatMap((application, index) =>
    steps
      .map((step, number) => eventOf(step, application, baseTime + index + number * hour))
      .map((event) => (event.errorCode === undefined ? event : { ...event, errorMessage })),
  );
  return { ...statusAfter(first, ...more), revision: 123_456 };
};
