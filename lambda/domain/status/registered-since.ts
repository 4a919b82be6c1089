import { isSurelyOut, type Step } from "./past-application.ts";
import { standingOf } from "./standing.ts";

/**
 * Since when a DN is registered after all of its steps, which are in their order: as `turnedWhen` of one event after the
 * other. Infinity: it is not.
 */
export const registeredSince = (steps: readonly Step[]): number => {
  const known = new Set<string>();
  const present = new Set<string>();
  let since = Number.POSITIVE_INFINITY;
  for (const { event, after } of steps) {
    known.add(event.application);
    if (standingOf(after).status === "registered") {
      since = known.size > 1 ? Math.min(since, after.statusSince) : after.statusSince;
      present.add(event.application);
    } else {
      present.delete(event.application);
      if (present.size === 0) since = Number.POSITIVE_INFINITY;
    }
  }
  return since;
};

/**
 * When the first of some applications (their number: `count`) came after a time at which all were out for certain, whatever
 * came before the steps, which are in their order. Undefined: at no time were all out for certain.
 */
export const cameWhen = (steps: readonly Step[], count: number): number | undefined => {
  const out = new Set<string>();
  let came: number | undefined;
  for (const step of steps) {
    const wasEmpty = out.size === count;
    if (isSurelyOut(step)) out.add(step.event.application);
    else out.delete(step.event.application);
    if (wasEmpty && out.size < count) came = step.event.time;
  }
  return came;
};
