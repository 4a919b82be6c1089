import type { ReadEvent } from "../../domain/event/read-event.ts";
import type { RegistrationEvent } from "../../domain/event/registration-event.ts";
import type { Entry } from "../../domain/request/entry.ts";
import type { RecordEvents } from "../record-events.ts";
import type { Outcome } from "../record-history.ts";
import { connectionReportsOf, type ReadRequest } from "./connection-reports.ts";
import type { FindRefusals } from "./find-refusals.ts";
import { type Settled, storeRefused } from "./result.ts";

/** An entry of a request with what was read of it. */
export type Read = { entry: Entry; read: ReadEvent };

/**
 * Records what a request says about registrations. What it says about connections is not handled yet: its outcome is
 * `ignored`.
 */
export type RecordReads = (
  reads: readonly Read[],
  request: Omit<ReadRequest, "reads">,
) => Promise<Settled[]>;

type Wanted = Read & { event: RegistrationEvent | undefined };

const settle = ({ entry, read }: Read, outcome: Outcome | undefined): Settled => {
  if (outcome === undefined) {
    return { entry, read, outcome: read.kind === "rejected" ? "rejected" : "ignored" };
  }
  return outcome === "refused" ? storeRefused(entry) : { entry, read, outcome };
};

/** Builds it: decides which errors refuse a registration, and records those as losses together with the events. */
export const createRecordReads = (dependencies: {
  recordEvents: RecordEvents;
  findRefusals: FindRefusals;
}): RecordReads => {
  const { recordEvents, findRefusals } = dependencies;
  return async (reads, request) => {
    const all = reads.map(({ read }) => read);
    const refusals = await findRefusals({
      errors: all.flatMap((read) => (read.kind === "refusal" ? [read.event] : [])),
      events: all.flatMap((read) => (read.kind === "event" ? [read.event] : [])),
      reports: connectionReportsOf({ ...request, reads: all }),
    });
    const wanted = reads.map(({ entry, read }): Wanted => {
      const isRefusal = read.kind === "refusal" && refusals.has(read.event.id);
      return { entry, read, event: isRefusal || read.kind === "event" ? read.event : undefined };
    });
    const events = wanted.flatMap(({ event }) => event ?? []);
    const outcomes = (await recordEvents(events, request.key.id)).values();
    return wanted.map((one) =>
      settle(one, one.event === undefined ? undefined : outcomes.next().value),
    );
  };
};

/** The events of a request that were recorded. */
export const recordedOf = (settled: readonly Settled[]): RegistrationEvent[] =>
  settled.flatMap(({ read, outcome }) =>
    read.kind === "event" || (read.kind === "refusal" && outcome !== "ignored") ? [read.event] : [],
  );
