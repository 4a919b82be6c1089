import type { ReceiveRecords } from "../event-sources/queue-batch.ts";
import { compileQueueFilter } from "../event-sources/queue-filter.ts";
import { runQueueMapping } from "../event-sources/queue-mapping.ts";
import { readQueueMappingSettings } from "../event-sources/queue-mapping-settings.ts";
import { type QueueRecord, toQueueRecord } from "../event-sources/queue-record.ts";
import { createQueueReader } from "../queues/queue-reader.ts";
import { untilItWorks } from "../until-it-works.ts";
import type { EventSource } from "./event-source.ts";
import type { Surroundings } from "./surroundings.ts";

/** Starts the event source mapping of a queue. */
export function startQueueMapping(
  { logicalId, properties, invoke }: EventSource,
  queueUrl: string,
  { clients, region, clock, timeLapse, stop, endsWith }: Surroundings,
): void {
  const settings = readQueueMappingSettings(properties, timeLapse);
  const reader = createQueueReader(clients.sqs, queueUrl, stop);
  const passes = compileQueueFilter(settings.filterPatterns);
  const remove = (records: readonly QueueRecord[]) => {
    const handles = records.map(({ receiptHandle }) => receiptHandle);
    return untilItWorks(() => reader.remove(handles), clock.wait);
  };
  const receive: ReceiveRecords = async (maximum, waitSeconds) => {
    const messages = await untilItWorks(() => reader.receive(maximum, waitSeconds), clock.wait);
    const records = messages.map((one) => toQueueRecord(one, settings.sourceArn, region));
    // Lambda deletes what the filter stops.
    await remove(records.filter((record) => !passes(record)));
    return records.filter(passes);
  };
  const onFailure = endsWith(`the poller of ${logicalId}`);
  runQueueMapping(settings, { receive, remove, invoke, clock, onFailure }).catch(onFailure);
}
