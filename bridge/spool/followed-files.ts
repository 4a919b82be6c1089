import type { DatabaseSync } from "node:sqlite";
import * as v from "valibot";

/** How far a followed file was read, in the reader's own words. */
export type FollowedProgress = {
  readonly file: string;
  /** What the file was and is, each with an id: new, or in place of what was kept under that id. */
  readonly generations: readonly { readonly id: number; readonly state: string }[];
  /** The ids of those that are no longer needed. */
  readonly forgotten: readonly number[];
  /** Times of which events may be missing. */
  readonly gaps: readonly string[];
};

const GenerationRow = v.object({ id: v.number(), state: v.string() });
const GapRow = v.object({ gap: v.string() });
const ReleasedRow = v.object({ place: v.string() });

const prepare = (database: DatabaseSync) => ({
  generations: database.prepare("SELECT id, state FROM generations WHERE file = ? ORDER BY id"),
  write: database.prepare("INSERT OR REPLACE INTO generations (file, id, state) VALUES (?, ?, ?)"),
  forget: database.prepare("DELETE FROM generations WHERE file = ? AND id = ?"),
  released: database.prepare("SELECT place FROM followed WHERE file = ?"),
  forgetReleased: database.prepare("DELETE FROM followed WHERE file = ?"),
  gaps: database.prepare("SELECT gap FROM gaps WHERE file = ? ORDER BY id"),
  writeGap: database.prepare("INSERT INTO gaps (file, gap) VALUES (?, ?)"),
  forgetGaps: database.prepare("DELETE FROM gaps WHERE file = ?"),
});

/** What the spool keeps of followed files, so that a restart goes on where the last run was. */
export const createFollowedFiles = (database: DatabaseSync) => {
  const statements = prepare(database);
  return {
    /** What is known of a file. `released`: the place that version 0.2.0 kept of it, until anything else is. */
    read: (file: string) => {
      const released = statements.released.get(file);
      return {
        generations: statements.generations.all(file).map((row) => v.parse(GenerationRow, row)),
        released: released === undefined ? undefined : v.parse(ReleasedRow, released).place,
      };
    },
    /** To be called in a transaction. */
    write: ({ file, generations, forgotten, gaps }: FollowedProgress): void => {
      for (const { id, state } of generations) statements.write.run(file, id, state);
      for (const id of forgotten) statements.forget.run(file, id);
      for (const gap of gaps) statements.writeGap.run(file, gap);
      if (generations.length > 0) statements.forgetReleased.run(file);
    },
    /** Times of which events may be missing, found since gaps were last forgotten. */
    gaps: (file: string): string[] =>
      statements.gaps.all(file).map((row) => v.parse(GapRow, row).gap),
    forgetGaps: (file: string): void => void statements.forgetGaps.run(file),
  };
};
