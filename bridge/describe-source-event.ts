import { describeEvent } from "./describe-event.ts";
import type { SourceEvent } from "./source-event.ts";

/** What a person wants to know of a piece of input in one line. */
export const describeSourceEvent = ({ text, form, serverName, closing }: SourceEvent): string => {
  if (form !== "heartbeat") return describeEvent(text, serverName);
  return `${serverName ?? "?"} ${closing === undefined ? "heartbeat" : "heartbeat, the last one"}`;
};
