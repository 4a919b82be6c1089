import * as v from "valibot";
import { type ConnectionEvent, KeptEventSchema } from "../event/connection-event.ts";
import { verdictOf } from "../status/verdict.ts";
import { compareText } from "../text.ts";
import type { Sweep } from "./connection.ts";

const eventOf = ({ purpose }: Sweep): ConnectionEvent | undefined =>
  purpose.kind === "empty" ? v.parse(KeptEventSchema, purpose.event) : undefined;

const isNewer = (a: ConnectionEvent, b: ConnectionEvent): boolean =>
  (a.time - b.time || compareText(a.id, b.id)) > 0;

/**
 * Queues the sweep that an EventUnregisteredAll causes. Of several that wait, the newest expected one and the newest
 * unexpected one are enough: only they end up in a status. Returns the same list when the event changes nothing.
 */
export const queueUnregisterAll = (sweeps: readonly Sweep[], event: ConnectionEvent): Sweep[] => {
  const rival = sweeps.find((sweep) => {
    const waiting = eventOf(sweep);
    return waiting !== undefined && verdictOf(waiting) === verdictOf(event);
  });
  const waiting = rival && eventOf(rival);
  if (waiting !== undefined && !isNewer(event, waiting)) return [...sweeps];
  // It has not begun: the evaluator starts a sweep that has made no progress for long.
  const purpose = { kind: "empty" as const, event: JSON.stringify(event) };
  const sweep = { id: `empty-${event.id}`, purpose, progressAt: 0 };
  return [...sweeps.filter((one) => one !== rival), sweep];
};
