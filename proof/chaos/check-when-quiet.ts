import { setTimeout as wait } from "node:timers/promises";
import { createReader } from "../stack/end-state.ts";
import type { Check } from "./check.ts";
import { runChecks } from "./checks.ts";
import type { Evidence } from "./evidence.ts";
import type { Lives } from "./lives.ts";

const patienceSeconds = 90;
const pauseMilliseconds = 2000;

/** Turns the faults off and looks again and again, until everything is as it must be or time is up. */
export const checkWhenQuiet = async (
  lives: Lives,
  expected: Pick<Evidence, "events" | "leftovers">,
): Promise<Check[]> => {
  await lives.calm();
  const reader = createReader(lives.current().description);
  // What was sent last may be worked on for longer where there was more.
  const seconds = patienceSeconds + expected.events.length / 100;
  for (const until = Date.now() + seconds * 1000; ; await wait(pauseMilliseconds)) {
    const checks = await runChecks(reader, {
      ...expected,
      ...lives.heard(),
      outages: lives.outages,
      evaluations: lives.evaluations(),
      changes: lives.published("changes"),
      alerts: lives.published("alerts"),
    });
    if (checks.every(({ isGood }) => isGood) || Date.now() > until) return checks;
  }
};
