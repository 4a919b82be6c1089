import type { AlertRules } from "../rules.ts";
import { micros } from "../rules.ts";

/** Which losses count as one storm, and how many there are. */
export type Storm = { isPart: (time: number) => boolean; count: number };

/**
 * Finds a storm: the times (microseconds, one for each DN) of which more than `incidentLosses` lie within some
 * `incidentSeconds`.
 */
export const findStorm = (
  times: readonly number[],
  { incidentLosses, incidentSeconds }: Pick<AlertRules, "incidentLosses" | "incidentSeconds">,
): Storm => {
  const sorted = times.toSorted((a, b) => a - b);
  const span = micros(incidentSeconds);
  const part = new Set<number>();
  let count = 0;
  let end = 0;
  let counted = 0;
  for (const [start, time] of sorted.entries()) {
    for (let at = sorted[end]; at !== undefined && at - time <= span; at = sorted[end]) end += 1;
    if (end - start <= incidentLosses) continue;
    const from = Math.max(start, counted);
    for (const one of sorted.slice(from, end)) part.add(one);
    count += end - from;
    counted = end;
  }
  return { isPart: (time) => part.has(time), count };
};
