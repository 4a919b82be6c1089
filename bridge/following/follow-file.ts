import type { Line } from "../reading/split-lines.ts";
import type { Gap } from "./gap.ts";
import { createGenerationLedger, type KeptFile, type LedgerChanges } from "./generation-ledger.ts";
import type { TimeOf } from "./generation-reader.ts";
import { createReadQueue } from "./read-queue.ts";
import { createWatch } from "./watch.ts";

/** What following a file needs. */
export type FollowDependencies = {
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly onNote: (text: string) => void;
  readonly timeOf: TimeOf;
  readonly now: () => Date;
};

/** What came of a followed file: complete lines, and what must be kept together with them. */
export type FollowedLines = {
  readonly lines: readonly Line[];
  readonly changes: LedgerChanges;
  readonly gaps: readonly Gap[];
};

const pollMs = 200;

/**
 * Lines of a file as it grows, over rotation of any kind, from where the last run was. Each file that rotation makes is read
 * to its end through the handle that is held open, in the order of rotation. Where something was lost before it could be
 * read, it says so as a gap.
 */
export async function* followFile(
  file: string,
  kept: KeptFile,
  deps: FollowDependencies,
  signal: AbortSignal,
): AsyncGenerator<FollowedLines> {
  const ledger = createGenerationLedger(file, kept);
  const queue = createReadQueue({ ...deps, ledger });
  const watch = createWatch({ ...deps, file, ledger, queue });
  const withChanges = (lines: readonly Line[], gaps: readonly Gap[] = []): FollowedLines => ({
    lines,
    gaps,
    changes: ledger.takeChanges(),
  });
  try {
    while (!signal.aborted) {
      const gaps = await watch.look();
      if (gaps.length > 0) yield withChanges([], gaps);
      for await (const { lines, gap } of queue.drain(signal))
        yield withChanges(lines, gap === undefined ? [] : [gap]);
      if (!signal.aborted) await deps.sleep(pollMs, signal);
    }
    const left = watch.end();
    if (left.length > 0) yield withChanges([], left);
  } finally {
    await queue.close();
  }
}
