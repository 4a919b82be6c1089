import * as v from "valibot";

// A position is a sort key. The store would refuse a longer or malformed one with an error of its own.
const position = (beginning: RegExp, maxBytes: number) =>
  v.pipe(
    v.string(),
    v.regex(beginning),
    v.maxBytes(maxBytes),
    v.check((text) => text.isWellFormed()),
  );
const byTime = position(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z#/, 1024);

const positions = {
  changed: byTime,
  since: byTime,
  history: byTime,
  alerts: byTime,
  decisions: byTime,
  windows: byTime,
  /** A registration among those of some DNs: its DN, a line break, and its server, which both have none. */
  dns: position(/^[^\n]{1,255}\n[^\n]{1,128}$/, 3072),
  /** The alert that the members belong to, then all keys of an index's item. */
  members: position(/^[\w-]+#/, 3072),
} as const;

/** Which list a cursor belongs to: a cursor of another list is refused. */
export type CursorKind = keyof typeof positions;

/** Makes an opaque cursor from a position in a list. */
export const writeCursor = (kind: CursorKind, place: string): string =>
  Buffer.from(JSON.stringify([kind, place])).toString("base64url");

/** What an answer says as `nextCursor`: null at the end of the list. */
export const nextCursor = (kind: CursorKind, next: string | undefined): string | null =>
  next === undefined ? null : writeCursor(kind, next);

/** Reads a cursor back; undefined when it does not belong to this list. */
export const readCursor = (kind: CursorKind, cursor: string): string | undefined => {
  const CursorSchema = v.pipe(
    v.string(),
    v.parseJson(),
    v.tuple([v.literal(kind), positions[kind]]),
  );
  const read = v.safeParse(CursorSchema, Buffer.from(cursor, "base64url").toString());
  return read.success ? read.output[1] : undefined;
};
