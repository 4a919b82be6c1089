import type { LogGap, SourceItem } from "./source-event.ts";

// The first attribute that is read of a log is the event's name.
const aboutRegistration = /^\{"AttributeEventName":"Event(?:R|Unr)egistered"/;

/** How the logs of a run were read: what of them was not understood, or is not known. */
export const createLogReading = (onGap: (gap: LogGap, count: number) => void) => {
  let gaps = 0;
  let first: LogGap | undefined;
  let leftOut = 0;
  let registrations = 0;
  let isPartial = false;

  const addGap = (gap: LogGap): void => {
    gaps += 1;
    first ??= gap;
    onGap(gap, gaps);
  };
  const notListed = ({ where }: Pick<LogGap, "where">): void =>
    addGap({ where, why: "EventUnregisteredAll: no DN is registered in the log before it" });
  const doubts = (): string[] => {
    const found: string[] = [];
    if (isPartial) found.push("not all of the log was read and taken");
    if (first !== undefined)
      found.push(
        `${gaps} ${gaps === 1 ? "piece" : "pieces"} of the log ${gaps === 1 ? "was" : "were"} not understood (first: ${first.where}: ${first.why})`,
      );
    if (leftOut > 0)
      found.push(
        `${leftOut} ${leftOut === 1 ? "event was" : "events were"} left out, since the log names no client for ${leftOut === 1 ? "it" : "them"}`,
      );
    if (found.length === 0 && registrations === 0)
      found.push("the log shows no EventRegistered and no EventUnregistered");
    return found;
  };
  return {
    /** Takes note of an item of a log, and of what it leaves open. */
    see: (item: SourceItem): void => {
      if (item.kind === "event" && aboutRegistration.test(item.event.text)) registrations += 1;
      if (item.kind === "gap") addGap(item.gap);
      if (item.kind === "event" && item.doubt !== undefined)
        addGap({ where: item.event.where, why: item.doubt });
    },
    addGap,
    /** DNs were lost, and the log does not say which. */
    notListed,
    leaveOut: (count: number): void => {
      leftOut += count;
    },
    leftOut: (): number => leftOut,
    /** Not everything was read, or sent. */
    breakOff: (): void => {
      isPartial = true;
    },
    /** Why it is not known of each DN whether it was lost; empty where it is. */
    doubts,
  };
};

/** How the logs of a run were read. */
export type LogReading = ReturnType<typeof createLogReading>;
