import { dirname } from "node:path";
import * as v from "valibot";
import { hasSpace, isNoSpaceError } from "../../disk/disk-space.ts";
import { watchDisk } from "../../disk/disk-watch.ts";
import { readKept } from "../../disk/read-kept.ts";
import { replaceKept } from "../../disk/replace-kept.ts";
import type { StackClock } from "../../processes/stack-clock.ts";

/** How far each shard is delivered: the sequence number of the last record that is done. */
export type Checkpoints = {
  readonly read: (streamId: string, shardId: string) => string | undefined;
  /** The sequence numbers of all its shards. */
  readonly readAll: (streamId: string) => readonly string[];
  readonly write: (streamId: string, shardId: string, sequenceNumber: string) => void;
};
/** Checkpoints that outlive the process. */
export type KeptCheckpoints = Checkpoints & {
  /** Writes what did not fit on the disk. False when there is still no space. */
  readonly catchUp: () => boolean;
};
const FileSchema = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.string()));

const checkpointsOf = (all: Map<string, string>, save: () => void): Checkpoints => ({
  read: (streamId, shardId) => all.get(`${streamId} ${shardId}`),
  readAll: (streamId) =>
    [...all].flatMap(([key, sequenceNumber]) =>
      key.startsWith(`${streamId} `) ? [sequenceNumber] : [],
    ),
  write: (streamId, shardId, sequenceNumber) => {
    all.set(`${streamId} ${shardId}`, sequenceNumber);
    save();
  },
});

const lostCheckpoints =
  "Put back a copy of it, or remove it: then the changes that the tables still have are delivered again.";

/** Checkpoints that live as long as the process. */
export const memoryCheckpoints = (): Checkpoints => checkpointsOf(new Map(), () => undefined);

/**
 * Checkpoints in a file that each write replaces as a whole, so that a kill leaves the old or the new one. On a full disk
 * the old one stays until there is space: a start from it delivers some records again and loses none.
 */
export const fileCheckpoints = (
  path: string,
  write: (path: string, text: string) => void = replaceKept,
): KeptCheckpoints => {
  const known = readKept(path, FileSchema, lostCheckpoints) ?? {};
  const all = new Map(Object.entries(known));
  let isBehind = false;
  const save = () => {
    try {
      write(path, JSON.stringify(Object.fromEntries(all)));
      isBehind = false;
    } catch (error) {
      if (!isNoSpaceError(error)) throw error;
      isBehind = true;
    }
  };
  const catchUp = () => {
    if (isBehind) save();
    return !isBehind;
  };
  return { ...checkpointsOf(all, save), catchUp };
};

/** How to report on the disk that has the checkpoints and the tables. */
type CheckpointContext = {
  readonly say: (line: string) => void;
  readonly clock: Pick<StackClock, "wait">;
  readonly onFailure: (error: unknown) => void;
};

/** Makes checkpoints in a file and watches its disk until the stack stops. */
export const keepCheckpoints = (
  path: string,
  { say, clock, onFailure }: CheckpointContext,
): Checkpoints => {
  const checkpoints = fileCheckpoints(path);
  const directory = dirname(path);
  watchDisk({
    directory,
    hasSpace: () => hasSpace(directory) && checkpoints.catchUp(),
    say,
    wait: clock.wait,
  }).catch(onFailure);
  return checkpoints;
};
