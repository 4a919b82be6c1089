import type { Loss } from "./loss.ts";

const maxSteps = 20;

/** A loss's trail with one more step in words: the first and the newest are kept. `at` by our clock in microseconds. */
export const addToTrail = (trail: Loss["trail"], at: number, words: string): Loss["trail"] => {
  const steps = [...trail, { at, words }];
  return steps.length <= maxSteps ? steps : [...steps.slice(0, 1), ...steps.slice(1 - maxSteps)];
};
