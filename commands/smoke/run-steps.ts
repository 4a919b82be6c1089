import { CommandError } from "../../bridge/terminal/command-error.ts";
import { explainError } from "../../bridge/terminal/explain-error.ts";
import { printable } from "../../bridge/terminal/printable.ts";
import type { Terminal } from "../../bridge/terminal/terminal.ts";

/** A step went wrong; its line is printed already. */
export class StepFailedError extends Error {
  override readonly name = "StepFailedError";
}

/** Does one step and prints one line about it. Throws StepFailedError when it went wrong. */
export type RunStep = <T>(what: string, step: () => Promise<T>) => Promise<T>;

// Never resolves; rejects when the person ends the command, also while a step waits.
const endOf = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_, reject) => {
    const end = (): void => reject(new CommandError("ended early"));
    if (signal?.aborted) end();
    signal?.addEventListener("abort", end, { once: true });
  });

/** A `RunStep` that measures with the clock, in milliseconds. With a signal, its end fails the step that is under way. */
export const createRunStep = (
  terminal: Terminal,
  nowMs: () => number,
  signal?: AbortSignal,
): RunStep => {
  const ended = endOf(signal);
  // Between steps no reader waits for it.
  ended.catch(() => undefined);
  return async (what, step) => {
    const start = nowMs();
    const took = (): string => `(${Math.round(nowMs() - start)} ms)`;
    try {
      const result = await Promise.race([ended, signal?.aborted ? ended : step()]);
      terminal.print(`ok      ${what} ${took()}`);
      return result;
    } catch (error) {
      terminal.print(printable(`FAILED  ${what}: ${explainError(error)} ${took()}`));
      throw new StepFailedError(what, { cause: error });
    }
  };
};
