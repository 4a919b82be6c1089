import * as v from "valibot";

/** Which list a cursor belongs to: one of another list is refused. */
export type CursorKind = "changed" | "since" | "history";

// A position is a sort key: it begins with a time. The store would refuse a longer or an ill-formed one with an error of its own.
const PositionSchema = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z#/),
  v.maxBytes(1024),
  v.check((position) => position.isWellFormed()),
);
const CursorSchema = v.pipe(v.string(), v.parseJson(), v.tuple([v.string(), PositionSchema]));

/** Makes an opaque cursor of a position in a list. */
export const writeCursor = (kind: CursorKind, position: string): string =>
  Buffer.from(JSON.stringify([kind, position])).toString("base64url");

/** Reads a cursor back; undefined when it is none of this list's. */
export const readCursor = (kind: CursorKind, cursor: string): string | undefined => {
  const text = Buffer.from(cursor, "base64url").toString();
  const read = v.safeParse(CursorSchema, text);
  return read.success && read.output[0] === kind ? read.output[1] : undefined;
};
