import { type SqsRecord, toSqsRecord } from "../../local/event-sources/queues/sqs-record.ts";

/** A queue's record with this body; its message id is the body too. */
export const queueRecord = (Body: string): SqsRecord =>
  toSqsRecord({ MessageId: Body, ReceiptHandle: Body, Body }, "arn:queue", "us-east-1");

/** The bodies of records, joined. */
export const bodiesOf = (records: readonly SqsRecord[]): string =>
  records.map(({ body }) => body).join("");
