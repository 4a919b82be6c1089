import { setTimeout as wait } from "node:timers/promises";
import { expect } from "vitest";
import { eventTimeIn } from "../../../bridge/event-times.ts";
import { followFile } from "../../../bridge/following/follow-file.ts";
import type { Kept } from "./following-kept.ts";

/** A follower in the background. What is kept when it is stopped or killed is what the next one begins with. */
export const startFollowing = (file: string, kept: Kept, pollMs = 2) => {
  const controller = new AbortController();
  const notes: string[] = [];
  let isKilled = false;
  const deps = {
    sleep: () => wait(pollMs),
    onNote: (text: string) => notes.push(text),
    timeOf: eventTimeIn,
    now: () => new Date("2030-01-01T00:00:00Z"),
  };
  const run = async (): Promise<void> => {
    for await (const grown of followFile(file, kept.read(), deps, controller.signal)) {
      // A kill may come between reading and keeping.
      if (isKilled) return;
      const read = grown.lines.map(({ bytes }) => bytes.toString());
      kept.write(grown.changes, read, grown.gaps);
    }
  };
  const ended = run();
  return {
    notes,
    seen: (...expected: string[]) =>
      expect.poll(() => kept.lines, { interval: 2, timeout: 6_000 }).toEqual(expected),
    stop: (): Promise<void> => {
      controller.abort();
      return ended;
    },
    kill: (): Promise<void> => {
      isKilled = true;
      controller.abort();
      return ended;
    },
  };
};

/** A follower in the background. */
export type Following = ReturnType<typeof startFollowing>;
