import type { GenerationReader } from "./generation-reader.ts";

// The writer may go on for a moment after the rename, until it opens the new file.
const mostQuietLooks = 5;
const quietMs = 1_000;

/** Looks at all files that wait, in order, whether they are still written: for all of them time passes at once. */
export const observeAll = async (waiting: readonly GenerationReader[]): Promise<void> => {
  let isFollowedBy = false;
  for (const reader of waiting.toReversed()) {
    await reader.observe(isFollowedBy);
    isFollowedBy ||= reader.state().size > 0;
  }
};

/** Whether no more is expected of a file: it was rotated away, and those behind it have been written for long enough. */
export const isFinal = (reader: GenerationReader, behind: readonly GenerationReader[]): boolean => {
  const written = behind.filter((one) => one.state().size > 0);
  if (written.length === 0) return false;
  // A writer that has gone on twice does not come back.
  if (written.length > 1) return true;
  const newest = Math.max(...written.map((one) => one.state().modifiedMs));
  const { modifiedMs, quietLooks } = reader.state();
  const isPlain = reader.live().content?.isCompressed === false;
  // Two times of the same disk are compared: its clock may be another than this one.
  return !isPlain || newest >= modifiedMs + quietMs || quietLooks > mostQuietLooks;
};
