import type { Figure, Topic } from "../ports.ts";
import type { Telling } from "./fan-out.ts";

const toldNames: Readonly<Record<Topic, string>> = {
  changes: "ChangesPublished",
  alerts: "AlertsTold",
};

const nameOf = (telling: Telling): string[] => {
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
export const fanOutFigures = (tellings: readonly Telling[]): Figure[] =>
  [...Map.groupBy(tellings.flatMap(nameOf), (name) => name)].map(([name, all]) => ({
    name,
    value: all.length,
    unit: "Count",
  }));
