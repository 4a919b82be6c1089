import { dirname } from "node:path";
import { hasSpace } from "../../disk/disk-space.ts";
import { watchDisk } from "../../disk/disk-watch.ts";
import type { Clock } from "../../processes/stack-clock.ts";
import { type Checkpoints, fileCheckpoints } from "./checkpoints.ts";

/** Who hears of the disk that checkpoints, and the tables beside them, are kept on. */
export interface CheckpointSurroundings {
  readonly say: (line: string) => void;
  readonly clock: Pick<Clock, "wait">;
  readonly onFailure: (error: unknown) => void;
}

/** Keeps checkpoints in a file and watches its disk, until the stack stops. */
export function keepCheckpoints(
  path: string,
  { say, clock, onFailure }: CheckpointSurroundings,
): Checkpoints {
  const checkpoints = fileCheckpoints(path);
  const directory = dirname(path);
  watchDisk({
    directory,
    hasSpace: () => hasSpace(directory) && checkpoints.catchUp(),
    say,
    wait: clock.wait,
  }).catch(onFailure);
  return checkpoints;
}
