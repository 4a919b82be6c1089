import { createHash } from "node:crypto";
import type { LocalServices } from "../../stack/local-services.ts";
import type { EventSource } from "../event-source.ts";
import { compileFilters } from "../filter-pattern.ts";
import { createBatchDelivery } from "./batch-delivery.ts";
import { dynamoDbStreamSource } from "./dynamodb-stream-source.ts";
import { keepGivenUp } from "./failure-destination.ts";
import { runStreamMapping } from "./stream-mapping.ts";
import {
  readStreamMappingSettings,
  type StreamMappingSettings,
} from "./stream-mapping-settings.ts";

/** How often an idle stream is polled. AWS polls four times a second; polling more often than this drains a laptop's battery. */
export const pollMilliseconds = 100;

/** How often new shards are looked for, to which an engine may read all that it has of a stream. */
const discoverMilliseconds = 5_000;

/** AWS gives every mapping a UUID. */
const uuidOf = (logicalId: string): string => {
  const hex = createHash("sha256").update(logicalId).digest("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
};

const deliveryOf = (
  shardId: string,
  { logicalId, invoke }: EventSource,
  settings: StreamMappingSettings,
  { clients, clock, say }: LocalServices,
) => {
  const destination = {
    arn: settings.failureDestination,
    mappingId: uuidOf(logicalId),
    shardId,
    streamArn: settings.sourceArn,
    functionArn: settings.functionName,
    s3: clients.s3,
    say,
    wait: clock.wait,
  };
  return createBatchDelivery(settings, {
    ...clock,
    invoke,
    giveUp: (batch) => keepGivenUp(batch, destination),
  });
};

/** Starts the event source mapping of a DynamoDB stream. */
export const startStreamMapping = (mapping: EventSource, services: LocalServices): void => {
  const { logicalId } = mapping;
  const settings = readStreamMappingSettings(mapping.properties);
  const { clients, region, checkpoints, trimmer, clock, onFailureOf } = services;
  const source = dynamoDbStreamSource(clients, settings.sourceArn, region);
  const onFailure = onFailureOf(`the poller of ${logicalId}`);
  // A new table has a new stream, whose sequence numbers start over.
  const checkpointId = `${logicalId} ${source.arn}`;
  trimmer?.watch({ streamArn: source.arn, checkpointId });
  runStreamMapping({
    checkpointId,
    startsAt: settings.startsAt,
    checkpoints,
    discoverMilliseconds,
    listShards: source.listShards,
    wait: clock.wait,
    onFailure,
    shared: {
      ...clock,
      source,
      pollMilliseconds,
      passes: compileFilters(settings.filterPatterns),
      batchSize: settings.batchSize,
      windowMilliseconds: settings.windowSeconds * 1000,
    },
    deliveryOf: (shardId) => deliveryOf(shardId, mapping, settings, services),
  }).catch(onFailure);
};
