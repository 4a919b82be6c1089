import * as v from "valibot";
import { StartFailure } from "../command/start-failure.ts";
import type { LocalServices } from "../stack/local-services.ts";
import { createQueueFinder } from "../templates/queue-finder.ts";
import type { ResolvedTemplates } from "../templates/resolved-templates.ts";
import { unreadProperties } from "../templates/unread-properties.ts";
import type { EventSource } from "./event-source.ts";
import { startQueueMapping } from "./queues/start-queue-mapping.ts";
import { startStreamMapping } from "./streams/start-stream-mapping.ts";

const MappingSchema = v.object({
  EventSourceArn: v.optional(v.string(), "another kind"),
  FunctionName: v.string(),
  Enabled: v.optional(v.boolean(), true),
});
const known = [
  ...Object.keys(MappingSchema.entries),
  "BatchSize",
  "FilterCriteria",
  "FunctionResponseTypes",
  "MaximumBatchingWindowInSeconds",
  // How filters are encrypted and what is counted changes nothing here.
  "KmsKeyArn",
  "MetricsConfig",
  "Tags",
];
const knownOf = {
  queue: [...known, "ScalingConfig"],
  stream: [
    ...known,
    "BisectBatchOnFunctionError",
    "DestinationConfig",
    "MaximumRecordAgeInSeconds",
    "MaximumRetryAttempts",
    // A matter of speed alone: the order of an item is kept either way.
    "ParallelizationFactor",
    "StartingPosition",
  ],
};

/** Starts every event source mapping; returns what is not run, one line each. */
export const startEventSources = (
  templates: ResolvedTemplates,
  services: LocalServices,
): readonly string[] => {
  const findQueue = createQueueFinder(templates);
  const mappings = templates.ofType("AWS::Lambda::EventSourceMapping");
  return mappings.flatMap(({ logicalId, properties }) => {
    const given = properties();
    const { EventSourceArn, FunctionName, Enabled } = v.parse(MappingSchema, given);
    const invoke = services.findFunction(FunctionName);
    const queueUrl = findQueue(EventSourceArn);
    if (!Enabled) return [`${logicalId}: the event source is disabled`];
    if (queueUrl === undefined && !EventSourceArn.includes("/stream/")) {
      return [`${logicalId}: an event source of ${EventSourceArn}`];
    }
    if (invoke === undefined) {
      throw new StartFailure(`${logicalId} invokes a function that is not in the templates.`);
    }
    const source: EventSource = { logicalId, properties: given, invoke };
    if (queueUrl === undefined) startStreamMapping(source, services);
    else startQueueMapping(source, queueUrl, services);
    return unreadProperties(
      `${logicalId}: its`,
      given,
      queueUrl === undefined ? knownOf.stream : knownOf.queue,
    );
  });
};
