import type { SourceEvent } from "./source-event.ts";

/** Events that travel in one request, with its body. */
export interface Batch {
  readonly events: readonly SourceEvent[];
  readonly body: string;
}

/** How large a request may get; an event that is larger than `bytes` travels alone. */
export interface BatchLimits {
  readonly events: number;
  readonly bytes: number;
}

/** Below what the API takes (500 events, 1 MiB): a smaller batch is sooner repeated. */
export const defaultLimits: BatchLimits = { events: 100, bytes: 1_000_000 };

const envelope = (events: readonly SourceEvent[], serverName: string | undefined): string => {
  const list = `[${events.map(({ text }) => text).join(",")}]`;
  return serverName === undefined
    ? list
    : `{"serverName":${JSON.stringify(serverName)},"events":${list}}`;
};

/** The events in their order, cut into requests; a request has one server name for the events that do not say their own. */
export const makeBatches = (
  events: readonly SourceEvent[],
  serverName: string | undefined,
  limits = defaultLimits,
): Batch[] => {
  const batches: SourceEvent[][] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(event.text) + 1;
    const current = batches.at(-1);
    const fits =
      current !== undefined &&
      current.length < limits.events &&
      bytes + size <= limits.bytes &&
      current[0]?.serverName === event.serverName;
    if (fits) current.push(event);
    else batches.push([event]);
    bytes = fits ? bytes + size : size;
  }
  return batches.map((batch) => ({
    events: batch,
    body: envelope(batch, batch[0]?.serverName ?? serverName),
  }));
};
