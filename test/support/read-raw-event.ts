import type { ReadingContext } from "../../lambda/domain/event/event-origin.ts";
import { readEvent } from "../../lambda/domain/event/read-event.ts";
import { baseTime } from "./build-event.ts";

/** What is known beside the event: a minute after the builders' events, by our clock. */
export const reading: ReadingContext = {
  application: "bridge-a",
  keyServerName: undefined,
  requestServerName: undefined,
  now: baseTime + 60_000_000,
  hash: (text) => text,
};
/** Reads an event as one that is the whole body, sent by bridge-a. */
export const read = (value: unknown, changes: Partial<ReadingContext> = {}) =>
  readEvent(value, "", { ...reading, ...changes });

/** The event that was read; fails where it was not. */
export const eventOf = (value: unknown, changes: Partial<ReadingContext> = {}) => {
  const result = read(value, changes);
  if (result.kind !== "event") throw new Error(JSON.stringify(result));
  return result.event;
};
/** The problems of a rejected event; fails where it was not. */
export const problemsOf = (value: unknown, changes: Partial<ReadingContext> = {}) => {
  const result = read(value, changes);
  if (result.kind !== "rejected") throw new Error(JSON.stringify(result));
  return result.problems;
};
/** The same, each as its pointer and its code. */
export const codesOf = (value: unknown, changes: Partial<ReadingContext> = {}) =>
  problemsOf(value, changes).map(({ pointer, code }) => `${pointer} ${code}`);
