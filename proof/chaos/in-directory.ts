import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createShutdown, type Shutdown } from "../../local/processes/shutdown.ts";
import type { Check } from "./check.ts";
import { NotPossible } from "./not-possible.ts";
import { findSurvivors } from "./survivors.ts";

/** Who runs something: where progress goes, and the signal that ends it. */
export type Audience = {
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
};
/** What is checked, in a directory of its own; what it starts, it adds to the shutdown at once. */
export type Work = (directory: string, shutdown: Shutdown) => Promise<readonly Check[]>;

const interruption = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const end = () => reject(new Error("interrupted"));
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });

/**
 * Does a work in a directory of its own, ends whatever it started, however it came to its end, and looks whether a process is
 * left. The directory stays where something is wrong.
 */
export const inDirectory = async ({ say, signal }: Audience, work: Work): Promise<Check[]> => {
  const directory = mkdtempSync(join(tmpdir(), "chaos-"));
  const shutdown = createShutdown();
  let isKept = true;
  try {
    const checks = await Promise.race([work(directory, shutdown), interruption(signal)]);
    await shutdown.run();
    const all = [...checks, await findSurvivors(directory)];
    isKept = all.some(({ isGood }) => !isGood);
    return all;
  } catch (error) {
    isKept = !signal.aborted && !(error instanceof NotPossible);
    throw error;
  } finally {
    await shutdown.run();
    if (isKept) say(`the directory is kept: ${directory}`);
    else rmSync(directory, { recursive: true, force: true });
  }
};
