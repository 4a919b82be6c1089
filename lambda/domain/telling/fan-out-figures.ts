import type { Figure } from "../ports.ts";
import type { Telling } from "./fan-out.ts";

const alertNames: Readonly<Record<string, string>> = {
  "alert.opened": "AlertsOpened",
  "alert.resolved": "AlertsResolved",
};

const nameOf = (telling: Telling): string[] => {
  switch (telling.kind) {
    case "failed":
      return [];
    case "refused":
      return ["ChangesRefused"];
    case "told":
      return ["ChangesPublished", alertNames[telling.alert ?? ""] ?? []].flat();
  }
};

/** Counts what became of writes: changes published or refused, alerts opened and resolved. */
export const fanOutFigures = (tellings: readonly Telling[]): Figure[] =>
  [...Map.groupBy(tellings.flatMap(nameOf), (name) => name)].map(([name, all]) => ({
    name,
    value: all.length,
    unit: "Count",
  }));
