import type { StreamRecord } from "../../local/event-sources/streams/stream-source.ts";

/** The sequence numbers of records. */
export const sequenceNumbers = (records: readonly StreamRecord[]): readonly string[] =>
  records.map(({ dynamodb }) => dynamodb.SequenceNumber);

/** Stream records with these sequence numbers, created at one second since 1970. */
export const streamRecords = (
  sequenceNumbers: readonly string[],
  createdAtSeconds = 0,
): readonly StreamRecord[] =>
  sequenceNumbers.map((SequenceNumber) => ({
    eventID: SequenceNumber,
    eventName: "MODIFY",
    dynamodb: { SequenceNumber, ApproximateCreationDateTime: createdAtSeconds },
  }));

/** The sequence numbers in the payload of an invocation. */
export const invokedWith = (payload: string): readonly string[] => {
  const event: { Records: readonly StreamRecord[] } = JSON.parse(payload);
  return sequenceNumbers(event.Records);
};
