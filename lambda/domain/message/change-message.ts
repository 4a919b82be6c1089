import { type Registration, toRegistration } from "../status/registration.ts";
import {
  coverageOf,
  customerOf,
  isAllRetired,
  type RegistrationStatus,
} from "../status/registration-status.ts";
import { type OutgoingMessage, oneOrAll, toOutgoingMessage } from "./outgoing-message.ts";

const typeOf = (before: RegistrationStatus | undefined, after: RegistrationStatus): string => {
  const { status } = coverageOf(after);
  if (isAllRetired(after)) return "retired";
  return before === undefined || coverageOf(before).status !== status ? status : "updated";
};

const describe = (type: string, { thisDN, server, status }: Registration, by: string): string => {
  const what = type === "updated" ? `${status} (updated)` : type;
  return `DN ${thisDN} on ${server} is ${what}: ${by}`;
};

// The same change has the same id, however often it is published and whatever was refreshed since (ADR 0014).
const idOf = ({ thisDN, server, changedAt }: RegistrationStatus): string => {
  const names = [server, thisDN].map(encodeURIComponent).join("/");
  return `change/${names}/${String(changedAt).padStart(16, "0")}`;
};

/** The message for subscribers about a published change, from the two images of its write. */
export const toChangeMessage = (
  before: RegistrationStatus | undefined,
  after: RegistrationStatus,
): OutgoingMessage => {
  const registration = toRegistration(after);
  const previousStatus = before && coverageOf(before).status;
  const type = typeOf(before, after);
  const { customerID } = registration;
  const known = before && customerOf(before);
  const previousCustomerID = known === customerID ? undefined : known;
  return toOutgoingMessage({
    id: idOf(after),
    // Zero-padded, the revision sorts as text.
    sequence: String(after.revision).padStart(12, "0"),
    server: after.server,
    type: `registration.${type}`,
    subject: after.thisDN,
    time: after.changedAt,
    title: describe(type, registration, after.changedBy),
    attributes: {
      application: after.changedBy,
      thisDN: after.thisDN,
      verdict: registration.verdict,
      // The customer before hears of it, too.
      customerID: oneOrAll([previousCustomerID, customerID].filter((one) => one !== undefined)),
    },
    data: {
      ...registration,
      ...(previousStatus === undefined ? {} : { previousStatus }),
      ...(previousCustomerID === undefined ? {} : { previousCustomerID }),
      application: after.changedBy,
    },
  });
};
