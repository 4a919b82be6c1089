import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import * as v from "valibot";

/** How far each shard was delivered: the sequence number of its last done record. */
export interface Checkpoints {
  readonly read: (streamId: string, shardId: string) => string | undefined;
  readonly write: (streamId: string, shardId: string, sequenceNumber: string) => void;
}
const FileSchema = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.string()));

/** Checkpoints that live as long as the process. */
export function memoryCheckpoints(): Checkpoints {
  return checkpointsOf(new Map(), () => undefined);
}

/** Checkpoints in a file, replaced as a whole at each write: a kill leaves the old or the new one. */
export function fileCheckpoints(path: string): Checkpoints {
  const known = existsSync(path) ? v.parse(FileSchema, readFileSync(path, "utf8")) : {};
  return checkpointsOf(new Map(Object.entries(known)), (all) => {
    writeFileSync(`${path}.new`, JSON.stringify(Object.fromEntries(all)), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  });
}

function checkpointsOf(
  all: Map<string, string>,
  save: (all: ReadonlyMap<string, string>) => void,
): Checkpoints {
  return {
    read: (streamId, shardId) => all.get(`${streamId} ${shardId}`),
    write: (streamId, shardId, sequenceNumber) => {
      all.set(`${streamId} ${shardId}`, sequenceNumber);
      save(all);
    },
  };
}
