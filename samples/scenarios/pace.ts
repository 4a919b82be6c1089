import { CommandError } from "../../bridge/terminal/command-error.ts";
import type { Scenario } from "./scenario.ts";

/** How long a scenario takes at a time-lapse, for people; what sending takes comes on top. */
export const durationText = (
  { endsAtSeconds }: Pick<Scenario, "endsAtSeconds">,
  timeLapse: number,
): string => {
  const seconds = Math.round(endsAtSeconds / timeLapse);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

const startCall = (timeLapse: number): string => `npm start -- --time-lapse ${timeLapse}`;

/**
 * Checks that the scenario comes out at the pace of the stack, which was given that pace when it started. `wanted` is what
 * the person asks for. Throws CommandError where the stack runs at another pace, or at one that is too fast.
 */
export const checkPace = (
  { name, fastest }: Pick<Scenario, "name" | "fastest">,
  wanted: string | undefined,
  running: number,
): void => {
  if (running > fastest)
    throw new CommandError(
      `the stack runs at a time-lapse of ${running}; ${name} is tested up to ${fastest}: end the stack and start it with ${startCall(fastest)}`,
    );
  if (wanted !== undefined && Number(wanted) !== running)
    throw new CommandError(
      `the stack runs at a time-lapse of ${running}, not of ${wanted}: leave --time-lapse out, or end the stack and start it with another one, of at most ${fastest}: ${startCall(fastest)}`,
    );
};
