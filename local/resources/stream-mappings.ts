import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createBatchDelivery } from "../event-sources/batch-delivery.ts";
import type { Checkpoints } from "../event-sources/checkpoints.ts";
import { dynamoDbStreamSource } from "../event-sources/dynamodb-stream-source.ts";
import { keepGivenUp } from "../event-sources/failure-destination.ts";
import { compileFilters } from "../event-sources/filter-pattern.ts";
import { type MappingSettings, readMappingSettings } from "../event-sources/mapping-settings.ts";
import type { ShardReaderPorts } from "../event-sources/shard-reader.ts";
import { runStreamMapping } from "../event-sources/stream-mapping.ts";
import type { Invoke } from "../functions/invocation.ts";
import { StartFailure } from "../start-failure.ts";
import type { Deployment } from "../template/deployment.ts";
import type { FindFunction } from "./api.ts";
import type { LocalClients } from "./local-clients.ts";

/** What the stream mappings need from the runner. */
export interface MappingSurroundings {
  readonly find: FindFunction;
  readonly clients: LocalClients;
  readonly region: string;
  readonly checkpoints: Checkpoints;
  readonly stop: AbortSignal;
  readonly say: (line: string) => void;
  readonly onDeath: (what: string) => void;
}
interface Mapping {
  readonly logicalId: string;
  readonly settings: MappingSettings;
  readonly invoke: Invoke;
}
// AWS looks four times a second; more often than this costs a laptop's battery.
const pollMilliseconds = 100;

/** Starts every event source mapping of a DynamoDB stream; answers, one line each, those that cannot be run. */
export function startStreamMappings(
  deployment: Deployment,
  surroundings: MappingSurroundings,
): readonly string[] {
  const notRun: string[] = [];
  for (const { logicalId, properties } of deployment.ofType("AWS::Lambda::EventSourceMapping")) {
    const settings = readMappingSettings(properties());
    const invoke = surroundings.find(settings.functionName);
    if (!settings.enabled) {
      notRun.push(`${logicalId}: the event source is disabled`);
    } else if (!settings.sourceArn.includes("/stream/")) {
      notRun.push(`${logicalId}: an event source of ${settings.sourceArn}`);
    } else if (invoke === undefined) {
      throw new StartFailure(`${logicalId} feeds a function that is not there.`);
    } else {
      startMapping({ logicalId, settings, invoke }, surroundings);
    }
  }
  return notRun;
}

function startMapping(mapping: Mapping, surroundings: MappingSurroundings): void {
  const { logicalId, settings } = mapping;
  const { clients, region, checkpoints, stop, onDeath } = surroundings;
  const source = dynamoDbStreamSource(clients.streams, settings.sourceArn, region);
  const wait = (milliseconds: number) => sleep(milliseconds, undefined, { signal: stop });
  const onFailure = (error: unknown) => {
    if (!stop.aborted) onDeath(`the poller of ${logicalId} (${String(error)})`);
  };
  runStreamMapping({
    // A new table has a new stream, whose sequence numbers begin anew.
    checkpointId: `${logicalId} ${settings.sourceArn}`,
    startsAt: settings.startsAt,
    checkpoints,
    discoverMilliseconds: 1000,
    listShards: source.listShards,
    wait,
    onFailure,
    shared: {
      source,
      wait,
      pollMilliseconds,
      passes: compileFilters(settings.filterPatterns),
      now: Date.now,
      batchSize: settings.batchSize,
      windowMilliseconds: settings.windowSeconds * 1000,
    },
    deliveryOf: (shardId) => deliveryOf(shardId, mapping, surroundings, wait),
  }).catch(onFailure);
}

function deliveryOf(
  shardId: string,
  { logicalId, settings, invoke }: Mapping,
  { clients, say }: MappingSurroundings,
  wait: ShardReaderPorts["wait"],
) {
  const destination = {
    arn: settings.failureDestination,
    mappingId: uuidOf(logicalId),
    shardId,
    streamArn: settings.sourceArn,
    functionArn: settings.functionName,
    s3: clients.s3,
    say,
    wait,
  };
  return createBatchDelivery(settings, {
    invoke,
    wait,
    now: Date.now,
    giveUp: (batch) => keepGivenUp(batch, destination),
  });
}

/** AWS gives every mapping a UUID. */
function uuidOf(logicalId: string): string {
  const hex = createHash("sha256").update(logicalId).digest("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}
