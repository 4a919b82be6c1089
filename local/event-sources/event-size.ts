/**
 * How many bytes an event has at most, all in all: a batch is as large as the payload of an invocation allows. See BatchSize
 * in https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html
 */
export const maxEventBytes = 6 * 1024 * 1024;

const frameBytes = Buffer.byteLength(JSON.stringify({ Records: [] }));
const bytesOf = (record: object): number => Buffer.byteLength(JSON.stringify(record)) + 1;

/** How many bytes records take in an event. */
export const bytesOfRecords = (records: readonly object[]): number =>
  records.reduce((bytes, record) => bytes + bytesOf(record), 0);

/** Splits records into events, in order: each of so many records at most, and as large as Lambda allows. */
export const splitIntoEvents = <R extends object>(
  records: readonly R[],
  batchSize: number,
): readonly (readonly R[])[] => {
  const events: R[][] = [];
  let bytes = 0;
  for (const record of records) {
    const event = events.at(-1);
    const size = bytesOf(record);
    if (event === undefined || event.length === batchSize || bytes + size > maxEventBytes) {
      events.push([record]);
      bytes = frameBytes + size;
    } else {
      event.push(record);
      bytes += size;
    }
  }
  return events;
};
