import type { Topic } from "../../ports/publishing.ts";
import type { Metric } from "../../ports/telemetry.ts";
import type { PublishOutcome } from "./publish-writes.ts";

const publishedNames: Readonly<Record<Topic, string>> = {
  changes: "ChangesPublished",
  alerts: "AlertsTold",
  alertTexts: "AlertsTold",
};

const nameOf = (outcome: PublishOutcome): string[] => {
  switch (outcome.kind) {
    case "failed":
      return [];
    case "refused":
      return ["ChangesRefused"];
    case "published":
      return [
        publishedNames[outcome.topic],
        ...(outcome.refusedText === undefined ? [] : ["AlertTextsRefused"]),
      ];
  }
};

/** Counts the outcomes of writes: changes and alerts published, those refused, and texts of alerts refused. */
export const publishMetrics = (outcomes: readonly PublishOutcome[]): Metric[] =>
  [...Map.groupBy(outcomes.flatMap(nameOf), (name) => name)].map(([name, all]) => ({
    name,
    value: all.length,
    unit: "Count",
  }));
