import type { Topic } from "../../ports/publishing.ts";
import type { Metric } from "../../ports/telemetry.ts";
import type { PublishOutcome } from "./publish-writes.ts";

const toldNames: Readonly<Record<Topic, string>> = {
  changes: "ChangesPublished",
  alerts: "AlertsTold",
};

const nameOf = (telling: PublishOutcome): string[] => {
  switch (telling.kind) {
    case "failed":
      return [];
    case "refused":
      return ["ChangesRefused"];
    case "told":
      return [toldNames[telling.topic]];
  }
};

/** Counts what became of writes: changes and alerts told, and those refused. */
export const publishMetrics = (tellings: readonly PublishOutcome[]): Metric[] =>
  [...Map.groupBy(tellings.flatMap(nameOf), (name) => name)].map(([name, all]) => ({
    name,
    value: all.length,
    unit: "Count",
  }));
