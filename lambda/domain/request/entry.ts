import type { GivenServerName } from "../event/server-name.ts";
import { isLargeInteger } from "../large-integer.ts";
import type { Problem } from "../problem.ts";

/** Limits of one request and of one event in it, as the contract gives them. */
export const limits = { bodyBytes: 1_048_576, events: 500, eventBytes: 20_000, depth: 64 } as const;

/**
 * One event as it came: where it stands in the body, its text, the server name that the request gives it, and its value
 * unless it was refused for its form. `kept` goes into the history with it.
 */
export type Entry = {
  pointer: string;
  text: string;
  serverName?: GivenServerName | undefined;
  kept?: object;
} & ({ kind: "value"; value: unknown } | { kind: "refused"; problem: Problem });

const encoder = new TextEncoder();

const isTooLong = (text: string, limit: number): boolean =>
  text.length > limit || (text.length * 3 > limit && encoder.encode(text).length > limit);

const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  (levels === 0
    ? !isLargeInteger(value)
    : Object.values(value).some((member) => isDeeperThan(levels - 1, member)));

/** An entry that is refused for its form alone: its length, its nesting or its JSON. */
export const refuseEntry = (
  pointer: string,
  text: string,
  code: string,
  detail: string,
): Entry => ({
  kind: "refused",
  pointer,
  text,
  problem: { pointer, code, detail },
});

/**
 * Makes an entry of a parsed value and, where the caller has it, its text. `uncounted`: how many of its bytes do not
 * count against the limit.
 * Nesting is checked first: `JSON.stringify` overflows the stack on values that `JSON.parse` accepts.
 */
export const toEntry = (pointer: string, value: unknown, given?: string, uncounted = 0): Entry => {
  if (isDeeperThan(limits.depth, value)) {
    const detail = `an event may be nested at most ${limits.depth} levels deep`;
    return refuseEntry(pointer, given ?? "(nested too deeply to be kept)", "too-deep", detail);
  }
  const text = given ?? JSON.stringify(value);
  return isTooLong(text, limits.eventBytes + uncounted)
    ? refuseEntry(pointer, text, "too-long", `an event may have at most ${limits.eventBytes} bytes`)
    : { kind: "value", pointer, text, value };
};
