import { existsSync } from "node:fs";
import type { BridgeContext } from "./bridge-context.ts";
import { eventTimeIn } from "./event-times.ts";
import { followFile } from "./following/follow-file.ts";
import { describeGap, parseGap } from "./following/gap.ts";
import { readNdjsonLine } from "./reading/ndjson.ts";
import { createTakeItems } from "./take-items.ts";
import { givenPath } from "./terminal/given-path.ts";
import { printable } from "./terminal/printable.ts";

/** Reads an NDJSON file into the spool as it grows; how far it is read is kept there too. */
export const createFollowSource = (context: BridgeContext, file: string) => {
  const { spool, report, sleep } = context;
  const path = givenPath(file);
  // The file may be rotated away and removed: what it brings is taken over at once.
  const take = createTakeItems({ ...context, mostWaiting: Number.POSITIVE_INFINITY });
  return async (signal: AbortSignal): Promise<void> => {
    if (!existsSync(path)) report.note(`${path} is not there yet: waiting for it`);
    const deps = { sleep, onNote: report.note, timeOf: eventTimeIn, now: () => new Date() };
    const kept = spool.followedFile(path);
    for await (const { lines, changes, gaps } of followFile(path, kept, deps, signal)) {
      const items = lines.flatMap((line) => readNdjsonLine(file, line));
      const found = gaps.map((gap) => JSON.stringify(gap));
      if (!(await take(items, signal, { ...changes, file: path, gaps: found }))) return;
      for (const gap of gaps) report.note(printable(`${path}: ${describeGap(gap)}`));
    }
  };
};

/**
 * The times of which events of a followed file may be missing, also those that an earlier run found and could not say at its
 * end. Says them, and forgets them; gives how many there are.
 */
export const reportGaps = ({ spool, report }: BridgeContext, file: string): number => {
  const path = givenPath(file);
  const gaps = spool.gaps(path).flatMap((text) => parseGap(text) ?? []);
  for (const gap of gaps) report.gap(path, gap);
  if (gaps.length > 0) spool.forgetGaps(path);
  return gaps.length;
};
