import { longestChain } from "../../functions/lineage.ts";
import { retryUntilSuccess } from "../../processes/retry-until-success.ts";
import type { LocalServices } from "../../stack/local-services.ts";
import type { EventSource } from "../event-source.ts";
import type { ReceiveRecords } from "./queue-batch.ts";
import { compileQueueFilter } from "./queue-filter.ts";
import { runQueueMapping } from "./queue-mapping.ts";
import { readQueueMappingSettings } from "./queue-mapping-settings.ts";
import { createQueueReader } from "./queue-reader.ts";
import { type SqsRecord, toSqsRecord } from "./sqs-record.ts";

/** Starts the event source mapping of a queue. */
export const startQueueMapping = (
  { logicalId, properties, invoke }: EventSource,
  queueUrl: string,
  { clients, region, clock, timeLapse, stop, say, onFailureOf }: LocalServices,
): void => {
  const settings = readQueueMappingSettings(properties, timeLapse);
  const reader = createQueueReader(clients.sqs, queueUrl, stop);
  const passes = compileQueueFilter(settings.filterPatterns);
  const remove = (records: readonly SqsRecord[]) => {
    const handles = records.map(({ receiptHandle }) => receiptHandle);
    return retryUntilSuccess(() => reader.remove(handles), clock.wait);
  };
  const receive: ReceiveRecords = async (maximum, waitSeconds) => {
    const messages = await retryUntilSuccess(
      () => reader.receive(maximum, waitSeconds),
      clock.wait,
    );
    const records = messages.map((one) => toSqsRecord(one, settings.sourceArn, region));
    // Lambda deletes what does not pass the filter.
    await remove(records.filter((record) => !passes(record)));
    return records.filter(passes);
  };
  const onLoop = ({ messageId, attributes }: SqsRecord) => {
    // SQS delivers it again until the queue's redrive policy ends that.
    if (attributes["ApproximateReceiveCount"] !== "1") return;
    say(
      `${logicalId}: the message ${messageId} is not delivered, because its chain has invoked the function ${longestChain} times: Lambda takes that for a loop, unless the function says RecursiveLoop: Allow`,
    );
  };
  const onFailure = onFailureOf(`the poller of ${logicalId}`);
  const ports = { receive, remove, invoke, onLoop, clock, onFailure };
  runQueueMapping(settings, ports).catch(onFailure);
};
