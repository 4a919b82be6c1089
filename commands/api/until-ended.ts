import { CommandError } from "../../bridge/terminal/command-error.ts";

/** Waits for some work, or until the person ends the command; then it throws, and what was begun may still be done. */
export const untilEnded = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = (): void =>
    reject(new CommandError("ended early: what was asked for may still have been carried out"));
  if (signal.aborted) end();
  signal.addEventListener("abort", end);
  try {
    return await Promise.race([work, ended]);
  } finally {
    signal.removeEventListener("abort", end);
  }
};
