import type { StreamRecord } from "../../local/event-sources/streams/stream-source.ts";

/** Stream records with these sequence numbers, created at one second since 1970. */
export function streamRecords(
  sequenceNumbers: readonly string[],
  createdAtSeconds = 0,
): readonly StreamRecord[] {
  return sequenceNumbers.map((SequenceNumber) => ({
    eventID: SequenceNumber,
    eventName: "MODIFY",
    dynamodb: { SequenceNumber, ApproximateCreationDateTime: createdAtSeconds },
  }));
}

/** The sequence numbers of records. */
export function sequenceNumbers(records: readonly StreamRecord[]): readonly string[] {
  return records.map(({ dynamodb }) => dynamodb.SequenceNumber);
}

/** The sequence numbers in the payload of an invocation. */
export function invokedWith(payload: string): readonly string[] {
  const event: { Records: readonly StreamRecord[] } = JSON.parse(payload);
  return sequenceNumbers(event.Records);
}
