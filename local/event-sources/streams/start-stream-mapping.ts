import { createHash } from "node:crypto";
import type { Surroundings } from "../../stack/local-services.ts";
import type { EventSource } from "../event-source.ts";
import { compileFilters } from "../filter-pattern.ts";
import { createBatchDelivery } from "./batch-delivery.ts";
import { dynamoDbStreamSource } from "./dynamodb-stream-source.ts";
import { keepGivenUp } from "./failure-destination.ts";
import { runStreamMapping } from "./stream-mapping.ts";
import { type MappingSettings, readMappingSettings } from "./stream-mapping-settings.ts";

/** How often a stream at rest is looked at: AWS does so four times a second; more often than this costs a laptop's battery. */
export const pollMilliseconds = 100;

/** Starts the event source mapping of a DynamoDB stream. */
export function startStreamMapping(mapping: EventSource, surroundings: Surroundings): void {
  const { logicalId } = mapping;
  const settings = readMappingSettings(mapping.properties);
  const { clients, region, checkpoints, clock, endsWith } = surroundings;
  const source = dynamoDbStreamSource(clients.streams, settings.sourceArn, region);
  const onFailure = endsWith(`the poller of ${logicalId}`);
  runStreamMapping({
    // A new table has a new stream, whose sequence numbers begin anew.
    checkpointId: `${logicalId} ${settings.sourceArn}`,
    startsAt: settings.startsAt,
    checkpoints,
    discoverMilliseconds: 1000,
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
    deliveryOf: (shardId) => deliveryOf(shardId, mapping, settings, surroundings),
  }).catch(onFailure);
}

function deliveryOf(
  shardId: string,
  { logicalId, invoke }: EventSource,
  settings: MappingSettings,
  { clients, clock, say }: Surroundings,
) {
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
}

/** AWS gives every mapping a UUID. */
function uuidOf(logicalId: string): string {
  const hex = createHash("sha256").update(logicalId).digest("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}
