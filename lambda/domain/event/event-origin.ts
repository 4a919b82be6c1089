import type { Problem } from "../problem.ts";
import { pathOf } from "./attribute-problem.ts";
import { checkClock } from "./clock-check.ts";
import type { Hash } from "./event-id.ts";
import { findServerName, type GivenServerName } from "./server-name.ts";
import type { ServerRefusal } from "./server-refusal.ts";
import type { SpelledEvent } from "./spell-out.ts";

/** What is known beside the event: who sent it, and our clock in microseconds. */
export type ReadingContext = {
  application: string;
  keyServerName: string | undefined;
  requestServerName: GivenServerName | undefined;
  /** The session in which the event came: its start in microseconds and, if known, the server that it is a session with. */
  session?: { startedAt: number; server: string | undefined } | undefined;
  /** What surrounded the event and is kept with it. */
  kept?: object | undefined;
  /** Why a server's name is refused; without it, none is. */
  refusalOf?: (server: string) => ServerRefusal | undefined;
  now: number;
  hash: Hash;
};

/** What every event that we use says about where and when it happened. */
export type OriginAttributes = {
  readonly Server?: number | string | undefined;
  readonly ServerName?: string | undefined;
  readonly time: number;
};

/** The stable name of an event's T-Server, and warnings about its clock. */
export type Origin = { server: string; warnings: Problem[] };

/** Finds where an event comes from, and compares its time with our clock. `at` is the event's place in the body. A problem: the event is refused. */
export const findOrigin = (
  known: OriginAttributes,
  { paths, values, at }: Pick<SpelledEvent, "paths" | "values"> & { at: string },
  context: ReadingContext,
): Origin | Problem => {
  const found = findServerName({
    serverName: known.ServerName,
    serverNamePointer: at + pathOf(paths, "ServerName"),
    server: known.Server,
    serverPointer: at + pathOf(paths, "Server"),
    request: context.requestServerName,
    key: context.keyServerName,
    eventPointer: at,
  });
  if ("code" in found) return found;
  const { pointer, name: server } = found;
  const refusal = context.refusalOf?.(server);
  if (refusal !== undefined) return { pointer, ...refusal };
  const clock = checkClock(known.time, context.now, at + pathOf(paths, "time"), values.time);
  switch (clock.kind) {
    case "refused":
      return clock.problem;
    case "ahead":
      return { server, warnings: [clock.problem] };
    case "plausible":
      return { server, warnings: [] };
  }
};
