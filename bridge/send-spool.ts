import { randomUUID } from "node:crypto";
import type { EventAnswer } from "./answer.ts";
import { defaultLimits, makeBatch } from "./batches.ts";
import { besideOthers, type Concerns } from "./concerns.ts";
import type { Deliver, Delivery } from "./deliver.ts";
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
  /** How many requests may be on their way; a second one only carries events of other DNs. */
  readonly requestsAtOnce: number;
  /** Whether more may still come into the spool. */
  readonly isReading: () => boolean;
  /** Waits a moment for more, and says that the bridge lives where it has been silent for long. */
  readonly idle: (signal: AbortSignal) => Promise<void>;
};

type Events = readonly [SpooledEvent, ...SpooledEvent[]];

/** A request on its way, and what its events are about. */
type Request = {
  readonly events: Events;
  readonly concerns: Concerns;
  readonly delivery: Promise<Delivery>;
};

// A smaller request beside another one costs more than it gains.
const leastBeside = 25;

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
 * Sends what is in the spool in the order in which it was read. The events of a DN keep it: what has no final
 * answer holds up what is behind it. Ends when nothing more can come, or when it is asked to.
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

  const begin = (events: Events, concerns: Concerns, signal: AbortSignal): Request => {
    const { body, mediaType, eventCount } = makeBatch(events);
    const message = { id: `msg_${randomUUID()}`, body, mediaType, eventCount };
    const delivery = deliver(message, signal);
    // Its failure is met when its turn comes.
    delivery.catch(() => undefined);
    return { events, concerns, delivery };
  };
  /** False when it was ended before all of its events had a final answer. */
  const finish = async ({ events, concerns, delivery }: Request, signal: AbortSignal) => {
    const ended = await delivery;
    if (ended.kind === "stopped") return false;
    if (ended.kind === "results") return settle(events, ended.results, signal);
    if (events.length === 1) return setAside(events[0], ended.why, signal);
    const middle = Math.ceil(events.length / 2);
    for (const half of [events.slice(0, middle), events.slice(middle)])
      if (isSome(half) && !(await finish(begin(half, concerns, signal), signal))) return false;
    return true;
  };
  /** What may be sent now, beside the requests that are on their way. */
  const findNext = (underway: readonly Request[]) => {
    const none = { events: [], concerns: new Set<string>(), isFull: false };
    if (underway.length >= deps.requestsAtOnce) return none;
    const { events, concerns } = besideOthers(
      spool.first(defaultLimits, underway.at(-1)?.events.at(-1)?.seq),
      underway.map((request) => request.concerns),
    );
    if (underway.length > 0 && events.length < leastBeside) return none;
    const left = spool.size() - underway.reduce((sum, request) => sum + request.events.length, 0);
    // What does not fit behind them will not travel with them.
    const isFull = events.length < left || events.length >= defaultLimits.events;
    return { events, concerns, isFull };
  };

  return async (signal: AbortSignal): Promise<void> => {
    const underway: Request[] = [];
    let hasWaited = false;
    while (!signal.aborted) {
      const isReading = deps.isReading();
      const { events, concerns, isFull } = findNext(underway);
      if (isSome(events) && (isFull || !isReading || hasWaited)) {
        hasWaited = false;
        underway.push(begin(events, concerns, signal));
        continue;
      }
      const oldest = underway.shift();
      if (oldest !== undefined) {
        if (!(await finish(oldest, signal))) return;
        continue;
      }
      if (!isSome(events) && !isReading) return;
      // A few more may come that can travel in the same request.
      hasWaited = isSome(events);
      await deps.idle(signal);
    }
    for (const request of underway) if (!(await finish(request, signal))) return;
  };
};
