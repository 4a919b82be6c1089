import { formatTime } from "../event-time.ts";
import type { RegistrationStatus } from "../status/registration-status.ts";
import { toSubject } from "../text.ts";

/** A CloudEvents 1.0 event in structured JSON: the body of every message that we send. */
export type CloudEvent = {
  specversion: "1.0";
  id: string;
  source: string;
  type: string;
  subject: string;
  time: string;
  sequence: string;
  datacontenttype: "application/json";
  data: object;
};

/** One message for a topic. Attributes are for the subscribers' filter policies; absent ones are left out. */
export type Message = {
  subject: string;
  attributes: Record<string, string | undefined>;
  event: CloudEvent;
};

/** What distinguishes one kind of message from another. `about` is part of the id where two topics tell of one write. */
export type Content = {
  type: string;
  about: "change" | "alert";
  subject: string;
  attributes: Record<string, string | undefined>;
  data: object;
};

/** Makes the message about one write of a status: the same write gives the same id, however often it is told. */
export const toMessage = (status: RegistrationStatus, content: Content): Message => {
  const server = encodeURIComponent(status.server);
  // Zero-padded, the revision sorts as text.
  const sequence = String(status.revision).padStart(12, "0");
  return {
    subject: toSubject(content.subject),
    attributes: { type: content.type, server: status.server, ...content.attributes },
    event: {
      specversion: "1.0",
      id: `${content.about}/${server}/${encodeURIComponent(status.thisDN)}/${sequence}`,
      source: `/servers/${server}`,
      type: content.type,
      subject: status.thisDN,
      time: formatTime(status.changedAt),
      sequence,
      datacontenttype: "application/json",
      data: content.data,
    },
  };
};
