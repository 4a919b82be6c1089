import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKept } from "./following-kept.ts";
import { type SteppedFollowing, startStepped } from "./stepped-following.ts";

// As many as it takes to be sure that something is gone, or that a file is no longer written.
const enough = 16;

/** A folder with a file to follow, and a follower that looks when the test says so. */
export const createFollowScene = (name = "events.ndjson", released?: string) => {
  const folder = mkdtempSync(join(tmpdir(), "follow-"));
  const kept = createKept(released);
  const file = join(folder, name);
  let follower: SteppedFollowing | undefined;
  return {
    folder,
    file,
    kept,
    at: (other: string): string => join(folder, other),
    has: (path: string): boolean => existsSync(path),
    notes: (): readonly string[] => follower?.notes ?? [],
    /** Looks until all is read; begins where the last run ended. */
    read: async (times = enough): Promise<readonly string[]> => {
      follower ??= startStepped(file, kept);
      await follower.look(times);
      return kept.lines;
    },
    stop: async (): Promise<void> => {
      await follower?.stop();
      follower = undefined;
    },
    end: async (): Promise<void> => {
      await follower?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** A folder with a file to follow. */
export type FollowScene = ReturnType<typeof createFollowScene>;
