import type { TrimStream } from "../../emulators/dynamodb-engine.ts";
import type { StackClock } from "../../processes/stack-clock.ts";
import type { Checkpoints } from "./checkpoints.ts";

/** A reader of a stream, by the id of the stream in its checkpoints. */
export type StreamReader = {
  readonly streamArn: string;
  readonly checkpointId: string;
};
/** Trims streams of the records that all of their readers have taken. */
export type StreamTrimmer = {
  /** Trims the reader's stream from now on, and nothing of it that this reader has not taken. */
  readonly watch: (reader: StreamReader) => void;
};
type TrimmerPorts = {
  readonly checkpoints: Pick<Checkpoints, "readAll">;
  readonly clock: Pick<StackClock, "wait">;
  /** Called when the stack stops. */
  readonly onFailure: (error: unknown) => void;
};

const trimMilliseconds = 5_000;
// The engine must get at its tables between two steps.
const stepMilliseconds = 20;

const tableOf = (streamArn: string): string => streamArn.split("/")[1] ?? "";

/** The number up to which all of these readers have taken the stream; undefined when one of them has taken nothing. */
const takenByAll = (
  readers: readonly StreamReader[],
  { readAll }: TrimmerPorts["checkpoints"],
): number | undefined => {
  const taken = readers.map(({ checkpointId }) => readAll(checkpointId));
  if (taken.some((shards) => shards.length === 0)) return undefined;
  return Math.min(...taken.flat().map(Number));
};

/** Starts to trim the streams of the readers that are given to it, until the stack stops. */
export const startStreamTrimmer = (
  trim: TrimStream,
  { checkpoints, clock, onFailure }: TrimmerPorts,
): StreamTrimmer => {
  const readers: StreamReader[] = [];
  const findTaken = () =>
    [...Map.groupBy(readers, ({ streamArn }) => streamArn)].flatMap(([streamArn, all]) => {
      const through = takenByAll(all, checkpoints);
      return through === undefined ? [] : [{ table: tableOf(streamArn), through }];
    });
  const run = async (): Promise<never> => {
    for (;;) {
      await clock.wait(trimMilliseconds);
      for (let left = findTaken(); left.length > 0; ) {
        left = left.filter(({ table, through }) => !trim(table, through));
        if (left.length > 0) await clock.wait(stepMilliseconds);
      }
    }
  };
  run().catch(onFailure);
  return { watch: (reader) => void readers.push(reader) };
};
