import { randomUUID } from "node:crypto";
import { printable } from "../operations/printable.ts";
import type { Terminal } from "../operations/terminal.ts";
import type { EventResult } from "./answer.ts";
import type { Batch } from "./batches.ts";
import type { Deliver, Delivery } from "./deliver.ts";
import { explainUnauthorized } from "./explain-unauthorized.ts";
import { outcomeLines } from "./outcome-lines.ts";
import { countOutcome, type Tally } from "./tally.ts";

/** What sending needs: one delivery at a time, and where to say what became of each event. */
export interface SendDependencies {
  readonly deliver: Deliver;
  readonly terminal: Terminal;
  readonly serverName?: string;
}

const printResults = (
  batch: Batch,
  results: readonly EventResult[],
  { terminal, serverName }: SendDependencies,
): void => {
  for (const result of results) {
    const event = batch.events[result.index];
    if (event === undefined) continue;
    for (const line of outcomeLines(event, result, serverName)) terminal.print(line);
  }
};

const noteUnfinished = (
  delivery: Exclude<Delivery, { kind: "results" }>,
  batch: Batch,
  terminal: Terminal,
): void => {
  const places = `${batch.events[0]?.where} to ${batch.events.at(-1)?.where}`;
  if (delivery.kind === "refused") terminal.note(printable(`refused  ${places}: ${delivery.why}`));
  if (delivery.kind === "unauthorized") terminal.note(explainUnauthorized(delivery));
};

/**
 * Sends the batches one after the other, so that the order of each DN's events is kept, and counts what became of them.
 * A refused batch does not keep the next ones back; a key that is not accepted, or the person, ends the run.
 */
export const sendBatches = async (
  batches: readonly Batch[],
  deps: SendDependencies,
  signal: AbortSignal,
): Promise<Tally> => {
  let tally: Tally = { outcomes: {}, notSent: 0, unreadable: 0 };
  let ended = false;
  for (const batch of batches) {
    const eventCount = batch.events.length;
    const message = { id: `msg_${randomUUID()}`, body: batch.body, eventCount };
    const delivery: Delivery = ended ? { kind: "stopped" } : await deps.deliver(message, signal);
    if (delivery.kind === "results") {
      printResults(batch, delivery.results, deps);
      for (const { outcome } of delivery.results) tally = countOutcome(tally, outcome);
      continue;
    }
    noteUnfinished(delivery, batch, deps.terminal);
    ended = delivery.kind !== "refused";
    if (ended) tally = { ...tally, notSent: tally.notSent + eventCount };
    else for (const _ of batch.events) tally = countOutcome(tally, "refused");
  }
  return tally;
};
