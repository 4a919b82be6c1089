import type { Gap } from "../../../bridge/following/gap.ts";
import type { KeptFile, LedgerChanges } from "../../../bridge/following/generation-ledger.ts";

/** What a spool keeps of a followed file, in memory. */
export const createKept = (released?: string) => {
  const generations = new Map<number, string>();
  const lines: string[] = [];
  const gaps: Gap[] = [];
  let place = released;
  return {
    lines,
    gaps,
    read: (): KeptFile => ({
      generations: [...generations].map(([id, state]) => ({ id, state })),
      released: place,
    }),
    write: (changes: LedgerChanges, read: readonly string[], found: readonly Gap[]): void => {
      for (const { id, state } of changes.generations) generations.set(id, state);
      for (const id of changes.forgotten) generations.delete(id);
      if (changes.generations.length > 0) place = undefined;
      lines.push(...read);
      gaps.push(...found);
    },
  };
};

/** What outlives a follower that is killed. */
export type Kept = ReturnType<typeof createKept>;
