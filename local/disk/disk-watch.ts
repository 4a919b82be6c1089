import type { StackClock } from "../processes/stack-clock.ts";

/** What is watched, and who hears of it. */
export type DiskWatch = {
  readonly directory: string;
  /** Whether there is space for more. */
  readonly hasSpace: () => boolean;
  readonly say: (line: string) => void;
  readonly wait: StackClock["wait"];
};

const lookMilliseconds = 1000;

const fullText = (directory: string): string =>
  `There is no space left on the disk of ${directory}. What cannot be stored is answered 503, and a bridge sends it again; what was answered 200 is stored. Make room there: nothing has to be started again.`;

/** Says when the disk of a directory is full, and when there is space again. Rejects when the stack stops. */
export const watchDisk = async ({ directory, hasSpace, say, wait }: DiskWatch): Promise<never> => {
  for (let wasFull = false; ; await wait(lookMilliseconds)) {
    const isFull = !hasSpace();
    if (isFull && !wasFull) say(fullText(directory));
    if (wasFull && !isFull) say(`There is space again on the disk of ${directory}.`);
    wasFull = isFull;
  }
};
