import { isUtf8 } from "node:buffer";
import type { Line } from "./split-lines.ts";

/** The events of a log that are about registrations: the others, calls most of all, are no concern of the adapter. */
export const isRegistrationEvent = (name: string): boolean =>
  name === "EventRegistered" || name === "EventUnregistered";

/** A log line's text. Logs of older hosts are written in Latin-1, where every byte is a character. */
export const textOfLine = ({ bytes }: Line): string =>
  bytes.toString(isUtf8(bytes) ? "utf8" : "latin1").replace(/\r$/, "");

/** How far a line is indented, in characters. */
export const indentOf = (text: string): number => text.length - text.trimStart().length;

/** An integer as a number where a number holds it, else as it is written. */
export const toInteger = (digits: string): string | number => {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : digits;
};
