import type { Terminal } from "../../bridge/terminal/terminal.ts";
import type { HandToFanout } from "./hand-to-fanout.ts";

/** What every way back needs. */
export type RedriveContext = {
  readonly handToFanout: HandToFanout;
  readonly terminal: Terminal;
};

/** How many went back their way, and how many stay where they were. */
export type Redriven = {
  readonly back: number;
  readonly stay: number;
};

/** The sum of two counts. */
export const addRedriven = (a: Redriven, b: Redriven): Redriven => ({
  back: a.back + b.back,
  stay: a.stay + b.stay,
});

/** The count in a sentence. */
export const redrivenLine = (what: string, { back, stay }: Redriven): string =>
  back + stay === 0 ? `${what}: none` : `${what}: ${back} back in their way, ${stay} stay`;
