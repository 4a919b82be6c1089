import { CommandError } from "../../bridge/terminal/command-error.ts";
import { UsageError } from "../../bridge/terminal/usage-error.ts";
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

const readTimeLapse = (text: string): number => {
  const timeLapse = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || timeLapse < 1)
    throw new UsageError(`--time-lapse ${text}: give a number, 1 or greater`);
  return timeLapse;
};

/**
 * Checks that the scenario comes out at the pace of the stack, which was given that pace when it started. `wanted` is what
 * the person asks for. Throws UsageError where that is no pace, CommandError where the stack has another one.
 */
export const checkPace = (
  { name, fastest }: Pick<Scenario, "name" | "fastest">,
  wanted: string | undefined,
  running: number,
): void => {
  const timeLapse = wanted === undefined ? running : readTimeLapse(wanted);
  if (timeLapse !== running)
    throw new CommandError(
      `the stack runs at a time-lapse of ${running}, not of ${timeLapse}: end it and start it with ${startCall(Math.min(timeLapse, fastest))}, or leave --time-lapse out`,
    );
  if (running > fastest)
    throw new CommandError(
      `the stack runs at a time-lapse of ${running}; ${name} is tested up to ${fastest}: end the stack and start it with ${startCall(fastest)}`,
    );
};
