import * as v from "valibot";
import { actorEntries } from "../access/actor.ts";
import { RequestMemorySchema } from "./request-memory.ts";
import { ServerClockSchema } from "./server-clock.ts";

// When something happened by the bridge's or T-Server's clock, when we heard of it by ours (microseconds), and the id of
// the key that said so; older versions kept none.
const by = v.optional(v.string());
const SaidSchema = v.object({ at: v.number(), heardAt: v.number(), by });
/** `past`: of one that lay far ahead of our clock, the newest that did not. */
const OccurrenceSchema = v.object({ ...SaidSchema.entries, past: v.optional(SaidSchema) });
export type Occurrence = v.InferOutput<typeof OccurrenceSchema>;

/** Why an application's registrations must be renewed: it has reconnected, or has lost its connection. */
export const StaleCauseSchema = v.picklist(["reconnect", "disconnect"]);
export type StaleCause = v.InferOutput<typeof StaleCauseSchema>;

/** A pass over all registrations of an application on a server. Several may be waiting; one runs. */
export const SweepSchema = v.object({
  id: v.string(),
  purpose: v.variant("kind", [
    /** Registrations older than this (microseconds) are lost as of then. */
    v.object({ kind: v.literal("lose"), since: v.number(), cause: StaleCauseSchema }),
    /** The T-Server unregistered everything, with this event. */
    v.object({ kind: v.literal("empty"), event: v.string() }),
    /** Registrations read `stale` from now on, or no longer do. */
    v.object({ kind: v.literal("mark"), stale: v.boolean() }),
    /** Registrations are retired for good. */
    v.object({ kind: v.literal("retire"), at: v.number(), ...actorEntries, note: v.string() }),
  ]),
  /** When it last made progress, by our clock: the scheduled run starts it again when that is long ago. */
  progressAt: v.number(),
});
export type Sweep = v.InferOutput<typeof SweepSchema>;

/**
 * What is known of one bridge's (application's) connection to one T-Server. Times in microseconds: `…At` of occurrences
 * by the bridge's or T-Server's clock, all others by ours.
 */
export const ConnectionSchema = v.object({
  server: v.string(),
  application: v.string(),
  revision: v.number(),
  /** The newest verified request. */
  seenAt: v.number(),
  /** The bridge has sent a heartbeat: its silence means something. */
  watched: v.boolean(),
  /** No registration has ever come over it: the server's name may be invented. Absent: one has. */
  unproven: v.optional(v.literal(true)),
  /** The bridge said that it stops on purpose, and the id of the key that said so. */
  closedAt: v.optional(v.number()),
  closedBy: by,
  session: v.optional(v.object({ id: v.string(), startedAt: v.number(), heardAt: v.number(), by })),
  serverDown: v.optional(OccurrenceSchema),
  serverUp: v.optional(OccurrenceSchema),
  linkDown: v.optional(OccurrenceSchema),
  linkUp: v.optional(OccurrenceSchema),
  /** The newest EventUnregisteredAll. */
  emptied: v.optional(OccurrenceSchema),
  /**
   * Registrations older than `since` are stale, and lost unless renewed by `renewBy`; `done`: that was handled. `by`: the
   * id of the key whose statement it follows from.
   */
  stale: v.optional(
    v.object({
      since: v.number(),
      cause: StaleCauseSchema,
      renewBy: v.number(),
      done: v.boolean(),
      by,
    }),
  ),
  /** How many DNs the bridge says it holds, and since when that differs from our count. */
  registered: v.optional(v.object({ count: v.number(), heardAt: v.number() })),
  mismatchSince: v.optional(v.number()),
  /** How many DNs we counted in the last comparison. */
  counted: v.optional(v.object({ count: v.number(), at: v.number() })),
  /** Why nothing that the bridge sends gets through: its clock is off, or its events are rejected. */
  blind: v.optional(
    v.object({
      cause: v.picklist(["clock", "rejected"]),
      since: v.number(),
      /** When such trouble was last noted again; absent after the first time. */
      lastAt: v.optional(v.number()),
      detail: v.string(),
      /** The short ids of up to three different requests that prove a wrong clock; absent before they were kept. */
      ids: v.optional(v.string()),
    }),
  ),
  /** Which requests of the bridge were taken, those that named other servers too. */
  requests: v.optional(RequestMemorySchema),
  /** How far the T-Server's clock has come, as this bridge's events say. */
  serverClock: v.optional(ServerClockSchema),
  /** Since when the bridge has been silent, as the evaluator found. */
  silentSince: v.optional(v.number()),
  retiredAt: v.optional(v.number()),
  sweeps: v.array(SweepSchema),
});
export type Connection = v.InferOutput<typeof ConnectionSchema>;

/** What names a connection. */
export type ConnectionKey = Pick<Connection, "server" | "application">;

/** A connection's key as text, for maps. */
export const connectionKeyText = ({ server, application }: ConnectionKey): string =>
  JSON.stringify([server, application]);
