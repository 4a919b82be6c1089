import { randomUUID } from "node:crypto";
import type { EventAnswer } from "./answer.ts";
import { defaultLimits, makeBatch } from "./batches.ts";
import type { Deliver } from "./deliver.ts";
import type { Rejects } from "./rejects.ts";
import type { Report } from "./report.ts";
import type { SourceEvent } from "./source-event.ts";
import type { SpooledEvent } from "./spool/event-row.ts";
import type { HeardServers, Spool } from "./spool/spool.ts";
import type { WithSpace } from "./with-space.ts";

/** What emptying the spool needs. */
export type SendSpoolDependencies = {
  readonly spool: Spool;
  readonly deliver: Deliver;
  readonly rejects: Rejects;
  readonly withSpace: WithSpace;
  readonly report: Pick<Report, "outcome" | "refused">;
  readonly count: (outcome: string) => void;
  /** Waits until what was reported has been taken by who reads it. */
  readonly flush: (signal: AbortSignal) => Promise<void>;
  /** Shown each event with its outcome, in order. */
  readonly learn: (event: SourceEvent, outcome: string) => void;
  /** Shown the events of a request that the adapter took; gives what is known of T-Servers after them. */
  readonly hear: (events: readonly SpooledEvent[]) => HeardServers | undefined;
  /** Whether more may still come into the spool. */
  readonly isReading: () => boolean;
  /** Waits a moment for more, and says that the bridge lives where it has been silent for long. */
  readonly idle: (signal: AbortSignal) => Promise<void>;
};

type Events = readonly [SpooledEvent, ...SpooledEvent[]];

const isSome = (events: readonly SpooledEvent[]): events is Events => events.length > 0;

const keepRejected = (
  event: SpooledEvent,
  { why, problems }: { why: string; problems: EventAnswer["problems"] },
  rejects: Rejects,
): void => {
  const { where, serverName, session, text } = event;
  rejects.keep({ where, why, problems, serverName, session, event: text });
};

/**
 * Sends what is in the spool, request by request in the order in which it was read, so that the events of a DN keep
 * theirs: what has no final answer holds up what is behind it. Ends when nothing more can come, or when it is asked to.
 */
export const createSendSpool = (deps: SendSpoolDependencies) => {
  const { spool, deliver, rejects, withSpace, report, count, learn } = deps;

  /** Notes results in the rejects file, then takes the events out of the spool: killed between, it sends again. */
  const settle = async (events: Events, results: readonly EventAnswer[], signal: AbortSignal) => {
    for (const result of results) {
      const event = events[result.index];
      if (event === undefined) continue;
      const { outcome, problems } = result;
      const keep = (): void => keepRejected(event, { why: "rejected", problems }, rejects);
      if (outcome === "rejected" && !(await withSpace(keep, signal, spool.releaseReserve)))
        return false;
      report.outcome(event, result);
      count(outcome);
      learn(event, outcome);
    }
    await deps.flush(signal);
    return forget(events, deps.hear(events), signal);
  };
  const forget = (events: Events, heard: HeardServers | undefined, signal: AbortSignal) => {
    const through = events.at(-1)?.seq ?? 0;
    return withSpace(() => spool.remove(through, heard), signal, spool.releaseReserve);
  };
  const setAside = async (event: SpooledEvent, why: string, signal: AbortSignal) => {
    const keep = (): void => keepRejected(event, { why, problems: [] }, rejects);
    if (!(await withSpace(keep, signal, spool.releaseReserve))) return false;
    report.refused(event, why);
    count("refused");
    return forget([event], undefined, signal);
  };

  /** False when it was ended before all of these events had a final answer. */
  const send = async (events: Events, signal: AbortSignal): Promise<boolean> => {
    const { body, mediaType, eventCount } = makeBatch(events);
    const message = { id: `msg_${randomUUID()}`, body, mediaType, eventCount };
    const delivery = await deliver(message, signal);
    if (delivery.kind === "stopped") return false;
    if (delivery.kind === "results") return settle(events, delivery.results, signal);
    if (events.length === 1) return setAside(events[0], delivery.why, signal);
    const middle = Math.ceil(events.length / 2);
    for (const half of [events.slice(0, middle), events.slice(middle)])
      if (isSome(half) && !(await send(half, signal))) return false;
    return true;
  };

  return async (signal: AbortSignal): Promise<void> => {
    let hasWaited = false;
    while (!signal.aborted) {
      const isReading = deps.isReading();
      const events = spool.first(defaultLimits);
      // What does not fit behind them will not travel with them.
      const isFull = events.length < spool.size() || events.length >= defaultLimits.events;
      if (isSome(events) && (isFull || !isReading || hasWaited)) {
        hasWaited = false;
        if (!(await send(events, signal))) return;
        continue;
      }
      if (!isSome(events) && !isReading) return;
      // A few more may come that can travel in the same request.
      hasWaited = isSome(events);
      await deps.idle(signal);
    }
  };
};
