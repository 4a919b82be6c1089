import * as v from "valibot";
import { fingerprintBytes } from "./fingerprint.ts";

const GenerationSchema = v.object({
  /** Where it was last. */
  path: v.string(),
  inode: v.string(),
  /** Of the file, in bytes, and its last modification, in nanoseconds, when it was last looked at. */
  size: v.number(),
  modified: v.string(),
  /** How many bytes and lines of it were read; of a compressed file, of what it holds. */
  offset: v.number(),
  lines: v.number(),
  head: v.string(),
  headBytes: v.number(),
  tail: v.string(),
  /** Nothing more is expected of it, or it was there before the bridge was. */
  isDone: v.boolean(),
  /** The time of the last event that was read of it. */
  lastTime: v.optional(v.string()),
});

/** A file that was, or is, the followed one: rotation renames, copies and compresses it, but it stays the same generation. */
export type Generation = Readonly<v.InferOutput<typeof GenerationSchema>> & { readonly id: number };

/** A generation as it is kept: its id, which rises, and the rest as JSON text. */
export type KeptGeneration = { readonly id: number; readonly state: string };

/** Reads a generation back; undefined for what is none. */
export const parseGeneration = ({ id, state }: KeptGeneration): Generation | undefined => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), GenerationSchema), state);
  return parsed.success ? { ...parsed.output, id } : undefined;
};

/** Writes a generation as it is kept. */
export const writeGeneration = ({ id, ...state }: Generation): KeptGeneration => ({
  id,
  state: JSON.stringify(state),
});

const ReleasedSchema = v.object({
  inode: v.number(),
  offset: v.number(),
  lines: v.number(),
  head: v.string(),
});

const releasedHeadBytes = 256;

/** The id of a generation that version 0.2.0 kept. */
export const releasedId = 1;

/** Reads a place as version 0.2.0 kept it, which knew one file only, by its first bytes. */
export const parseReleasedPlace = (file: string, place: string): Generation | undefined => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), ReleasedSchema), place);
  if (!parsed.success) return undefined;
  const { inode, ...read } = parsed.output;
  return {
    ...read,
    id: releasedId,
    path: file,
    inode: String(inode),
    size: -1,
    modified: "",
    headBytes: releasedHeadBytes,
    tail: "",
    isDone: false,
  };
};

/** A generation of which nothing was read. */
export const unread = {
  offset: 0,
  lines: 0,
  head: "",
  headBytes: fingerprintBytes,
  tail: "",
  isDone: false,
};
