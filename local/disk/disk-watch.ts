import type { StackClock } from "../processes/stack-clock.ts";

/** The disk to watch and how to report on it. */
export type DiskWatch = {
  readonly directory: string;
  /** Whether there is space for more. */
  readonly hasSpace: () => boolean;
  readonly say: (line: string) => void;
  readonly wait: StackClock["wait"];
};

const lookMilliseconds = 1000;

const fullText = (directory: string): string =>
  `There is no space left on the disk of ${directory}. Requests that cannot be stored are answered 503, and bridges send them again. Everything answered 200 is stored. Free some space there: nothing has to be restarted.`;

/** Reports when the disk of a directory is full, and when it has space again. Rejects when the stack stops. */
export const watchDisk = async ({ directory, hasSpace, say, wait }: DiskWatch): Promise<never> => {
  for (let wasFull = false; ; await wait(lookMilliseconds)) {
    const isFull = !hasSpace();
    if (isFull && !wasFull) say(fullText(directory));
    if (wasFull && !isFull) say(`There is space again on the disk of ${directory}.`);
    wasFull = isFull;
  }
};
