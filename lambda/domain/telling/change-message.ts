import { type Registration, toRegistration } from "../status/registration.ts";
import { coverageOf, type RegistrationStatus } from "../status/registration-status.ts";
import { type Message, toMessage } from "./cloud-event.ts";

const describe = (type: string, { thisDN, server, status }: Registration, by: string): string => {
  const updated = type === "registration.updated" ? " (updated)" : "";
  return `DN ${thisDN} on ${server} is ${status}${updated}: ${by}`;
};

/** The message for subscribers about a published change, from the two images of its write. */
export const toChangeMessage = (
  before: RegistrationStatus | undefined,
  after: RegistrationStatus,
): Message => {
  const registration = toRegistration(after);
  const previousStatus = before && coverageOf(before).status;
  const turned = previousStatus !== registration.status;
  const type = `registration.${turned ? registration.status : "updated"}`;
  return toMessage(after, {
    type,
    about: "change",
    subject: describe(type, registration, after.changedBy),
    attributes: {
      application: after.changedBy,
      thisDN: after.thisDN,
      verdict: registration.verdict,
      customerID: registration.customerID,
    },
    data: {
      ...registration,
      ...(previousStatus === undefined ? {} : { previousStatus }),
      application: after.changedBy,
    },
  });
};
