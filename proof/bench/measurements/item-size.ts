import { toStatusItem } from "../../../lambda/adapters/status-item.ts";
import type { Measurement } from "../../results/measurement.ts";
import { bothAfter, type MarkStep } from "../full-status.ts";
import { itemBytes } from "../item-bytes.ts";

// What leaves most behind: marks of every kind, and a loss with its cause.
const longest: readonly (readonly MarkStep[])[] = [
  ["registered", "lost"],
  ["registered", "lost", "cleaned-up"],
  ["registered", "lost", "renewed", "missed"],
];

/** What a status item weighs: over 1,024 bytes each write of it would cost a second unit. */
export const itemSize: readonly Measurement[] = [
  {
    name: "status-item",
    what: "status item of two applications with all that may be kept: bytes",
    goal: { atMost: 1024 },
    measure: async () => [
      {
        figure: Math.max(
          ...longest.map((steps) =>
            itemBytes(toStatusItem(bothAfter(steps, "DN is not configured in CME"))),
          ),
        ),
      },
    ],
  },
];
