import { toSubject } from "../text.ts";
import { formatTime } from "../time.ts";

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

/**
 * The attributes that subscribers' filter policies match. One of several values must match; absent ones are left out.
 */
export type MessageAttributes = Record<string, string | readonly string[] | undefined>;

/** Several values as an attribute: each once, a single one as it is. */
export const oneOrAll = (values: readonly string[]): string | readonly string[] | undefined => {
  const distinct = [...new Set(values)];
  return distinct.length > 1 ? distinct : distinct[0];
};

/** One message for a topic. */
export type OutgoingMessage = {
  subject: string;
  attributes: MessageAttributes;
  event: CloudEvent;
};

/** A message for people: the text of an e-mail, and that of an SMS. */
export type OutgoingText = {
  subject: string;
  attributes: MessageAttributes;
  text: string;
  sms: string;
};

/** What distinguishes one message from another; `time` by our clock in microseconds, `title` for people. */
export type MessageContent = Pick<CloudEvent, "id" | "type" | "subject" | "sequence" | "data"> & {
  server: string;
  time: number;
  title: string;
  attributes: MessageAttributes;
};

/** Makes a message: the event, and the subject and attributes that SNS carries beside it. */
export const toOutgoingMessage = (content: MessageContent): OutgoingMessage => {
  const { id, server, type, subject, time, sequence, title, attributes, data } = content;
  return {
    subject: toSubject(title),
    attributes: { type, server, ...attributes },
    event: {
      specversion: "1.0",
      id,
      source: `/servers/${encodeURIComponent(server)}`,
      type,
      subject,
      time: formatTime(time),
      sequence,
      datacontenttype: "application/json",
      data,
    },
  };
};
