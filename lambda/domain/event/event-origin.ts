import type { Problem } from "../problem.ts";
import { pathOf } from "./attribute-problem.ts";
import { checkClock } from "./clock-check.ts";
import type { Hash } from "./event-id.ts";
import { findServerName, type GivenServerName } from "./server-name.ts";
import type { SpelledEvent } from "./spell-out.ts";

/** What we know beside the event: who sent it, and our clock in microseconds. */
export type ReadingContext = {
  application: string;
  keyServerName: string | undefined;
  requestServerName: GivenServerName | undefined;
  /** The session in which it came, and which server that is a session with, if it says so. In microseconds. */
  session?: { startedAt: number; server: string | undefined } | undefined;
  /** What came round the event and is kept with it. */
  kept?: object | undefined;
  now: number;
  hash: Hash;
};

/** What every event that we use says of where and when it happened. */
export type OriginAttributes = {
  readonly Server?: number | string | undefined;
  readonly ServerName?: string | undefined;
  readonly time: number;
};

/** The stable name of an event's T-Server and what its clock is warned of, or what is wrong with either. */
export type Origin = { server: string; warnings: Problem[] };

/** Finds where an event comes from, and holds its time against our clock. `at` is the event's place in the body. */
export const findOrigin = (
  known: OriginAttributes,
  { paths, at }: Pick<SpelledEvent, "paths"> & { at: string },
  reading: ReadingContext,
): Origin | Problem => {
  const server = findServerName({
    serverName: known.ServerName,
    server: known.Server,
    serverPointer: at + pathOf(paths, "Server"),
    request: reading.requestServerName,
    key: reading.keyServerName,
  });
  if (typeof server === "object") return server;
  const clock = checkClock(known.time, reading.now, at + pathOf(paths, "time"));
  switch (clock.kind) {
    case "refused":
      return clock.problem;
    case "ahead":
      return { server, warnings: [clock.problem] };
    case "plausible":
      return { server, warnings: [] };
  }
};
