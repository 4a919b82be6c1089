import { isUtf8 } from "node:buffer";
import { occurrenceNames } from "../../lambda/domain/event/connection-event.ts";
import { type LargeInteger, writeInteger } from "../../lambda/domain/large-integer.ts";
import type { Line } from "./split-lines.ts";

const aboutRegistrations = new Set(["EventRegistered", "EventUnregistered"]);
const aboutConnections = new Set<string>([...occurrenceNames, "EventUnregisteredAll"]);
const losing = new Set([...aboutRegistrations, "EventUnregisteredAll"]);

/**
 * The events of a log that are about registrations or the connection: the others, calls most of all, are no concern of the
 * adapter. An EventError is left out: a log does not show whether it answers a registration.
 */
export const isWanted = (name: string): boolean =>
  aboutRegistrations.has(name) || aboutConnections.has(name);

/** Whether an event begins or ends the registration of a DN: without it, nothing is known of a loss. */
export const isAboutRegistrations = (name: string): boolean => losing.has(name);

const wantedNames = [...aboutRegistrations, ...aboutConnections];

/** Whether a name is only the beginning of one that is wanted: its line was cut. */
export const isCutName = (name: string): boolean =>
  !isWanted(name) && wantedNames.some((one) => one.startsWith(name));

/** Whether a name, or what is left of it, could be of an event that begins or ends a registration. */
export const mayLose = (name: string): boolean =>
  losing.has(name) || (name.length > "Event".length && isCutName(name));

/** Whether a T-Server sends an event to all of its clients. */
export const isForAllClients = (name: string): boolean =>
  occurrenceNames.some((one) => one === name);

/** Whether an event is of use: one that a client library made has no time, and without it says nothing. */
export const isUsable = (name: string, isTimed: boolean): boolean =>
  aboutRegistrations.has(name) || (aboutConnections.has(name) && isTimed);

/** A log line's text. Logs of older hosts are written in Latin-1, where every byte is a character. */
export const textOfLine = ({ bytes }: Pick<Line, "bytes">): string =>
  bytes.toString(isUtf8(bytes) ? "utf8" : "latin1").replace(/\r$/, "");

/** How far a line is indented, in characters. */
export const indentOf = (text: string): number => text.length - text.trimStart().length;

/** An integer, as JSON writes it: of these digits, even where no number holds them. */
export const toInteger = (digits: string): number | LargeInteger => {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : writeInteger(BigInt(digits).toString());
};
