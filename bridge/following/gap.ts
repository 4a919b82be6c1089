import * as v from "valibot";

const GapSchema = v.object({
  /** The time of the last event before it; undefined where none was read. */
  from: v.optional(v.string()),
  /** The time of the first event behind it, or when it was found where there was none yet. */
  to: v.string(),
  why: v.string(),
});

/** A time of which events may be missing, and why that cannot be known. */
export type Gap = Readonly<v.InferOutput<typeof GapSchema>>;

/** Reads a gap back from what the spool kept; undefined for what is none. */
export const parseGap = (text: string): Gap | undefined => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), GapSchema), text);
  return parsed.success ? parsed.output : undefined;
};

/** A gap in words. */
export const describeGap = ({ from, to, why }: Gap): string => {
  const since = from === undefined ? "before" : `from ${from} to`;
  return `events ${since} ${to} may be missing: ${why}`;
};
