import { expect } from "vitest";
import { type Body, openers } from "../../lambda/domain/request/body.ts";
import { baseTime } from "./build-event.ts";

/** How the text of a body of this media type is opened. */
export const open =
  (mediaType: string) =>
  (text: string): Body =>
    openers.get(mediaType)?.(text, baseTime) ?? expect.unreachable("no such media type");

/** The entries of a body; throws where it has none. */
export const entriesOf = (body: Body) => {
  if (body.kind !== "entries") throw new Error(body.detail);
  return body.entries;
};

/** Where the entries of a body stand. */
export const pointersOf = (body: Body) => entriesOf(body).map(({ pointer }) => pointer);

/** What became of the entries of a body: `value`, or the code of the problem. */
export const codesOf = (body: Body) =>
  entriesOf(body).map((entry) => (entry.kind === "refused" ? entry.problem.code : entry.kind));

/** JSON that is nested so deeply. */
export const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
