import type { Shutdown } from "../processes/shutdown.ts";

/**
 * Removes some of the oldest records of a table's stream, up to the one with this sequence number, which every reader has
 * taken. False when there may be more to remove, or when it could not be done now.
 */
export type TrimStream = (tableName: string, through: number) => boolean;

/** Where an engine is to listen, and the directory of its tables; without one they are in memory. */
export type EnginePlace = {
  readonly host: string;
  readonly port: number;
  readonly directory: string | undefined;
};

/** A way to get a DynamoDB: a process to start, or the address of one that the user runs. */
export type DynamoDbEngine =
  | {
      readonly kind: "process";
      readonly name: string;
      /** A security warning, printed at the start. */
      readonly warning: string | undefined;
      /** Whether it listens only on the host that it is given; else it listens on every interface. */
      readonly takesHost: boolean;
      readonly command: string;
      readonly args: (place: EnginePlace) => readonly string[];
      readonly workingDirectory: string | undefined;
      /** Variables that it gets besides ours. */
      readonly environment?: Readonly<Record<string, string>>;
      /**
       * For an engine whose tables are always in a directory, also those that nobody wants to keep: called when it runs, with
       * that directory.
       */
      readonly openStreams?: (directory: string, shutdown: Shutdown) => TrimStream;
    }
  | { readonly kind: "endpoint"; readonly url: string };
/** A DynamoDB that runs. */
export type RunningDynamoDb = {
  readonly url: string;
  /** Undefined for an engine that trims its streams itself, or whose owner does. */
  readonly trimStream: TrimStream | undefined;
  /** The directory whose disk its tables fill, unless they are kept in one that the user gave. */
  readonly scratchParent?: string | undefined;
};
/** Either the engine, or why it cannot run here. */
export type EngineSearch = DynamoDbEngine | { readonly kind: "missing"; readonly reason: string };
