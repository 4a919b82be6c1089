import { eventTimeIn } from "../../../bridge/event-times.ts";
import { followFile } from "../../../bridge/following/follow-file.ts";
import type { Kept } from "./following-kept.ts";

/** A follower that looks when a test says so: what happens between two looks is the test's. */
export const startStepped = (file: string, kept: Kept) => {
  const controller = new AbortController();
  const notes: string[] = [];
  let isKilled = false;
  let wake = (): void => undefined;
  let fallAsleep = (): void => undefined;
  let isAsleep = new Promise<void>((resolve) => {
    fallAsleep = resolve;
  });
  const deps = {
    sleep: () =>
      new Promise<void>((resolve) => {
        wake = () => {
          isAsleep = new Promise((done) => {
            fallAsleep = done;
          });
          resolve();
        };
        fallAsleep();
      }),
    onNote: (text: string) => notes.push(text),
    timeOf: eventTimeIn,
    now: () => new Date("2030-01-01T00:00:00Z"),
  };
  const run = async (): Promise<void> => {
    for await (const { lines, changes, gaps } of followFile(
      file,
      kept.read(),
      deps,
      controller.signal,
    )) {
      if (isKilled) return;
      kept.write(
        changes,
        lines.map(({ bytes }) => bytes.toString()),
        gaps,
      );
    }
  };
  const ended = run();
  const end = async (): Promise<void> => {
    controller.abort();
    await Promise.race([isAsleep, ended]);
    wake();
    await ended;
  };
  return {
    notes,
    /** Lets it look so many times. */
    look: async (times = 1): Promise<void> => {
      for (let look = 0; look < times; look += 1) {
        await Promise.race([isAsleep, ended]);
        wake();
        await Promise.race([isAsleep, ended]);
      }
    },
    /** Lets it look, and does not wait for it. */
    begin: async (): Promise<void> => {
      await Promise.race([isAsleep, ended]);
      wake();
    },
    stop: end,
    /** Ends it in the middle of what it does: nothing is kept from now on. */
    kill: (): Promise<void> => {
      isKilled = true;
      return end();
    },
  };
};

/** A follower that looks when a test says so. */
export type SteppedFollowing = ReturnType<typeof startStepped>;
