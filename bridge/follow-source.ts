import { existsSync } from "node:fs";
import type { BridgeContext } from "./bridge-context.ts";
import { followFile } from "./following/follow-file.ts";
import { readNdjsonLine } from "./reading/ndjson.ts";
import { createTakeItems } from "./take-items.ts";
import { givenPath } from "./terminal/given-path.ts";

/** Reads an NDJSON file into the spool as it grows; how far it is read is kept there too. */
export const createFollowSource = (context: BridgeContext, file: string) => {
  const { spool, report, sleep } = context;
  const path = givenPath(file);
  // The file may be rotated away and removed: what it brings is taken over at once.
  const take = createTakeItems({ ...context, mostWaiting: Number.POSITIVE_INFINITY });
  return async (signal: AbortSignal): Promise<void> => {
    if (!existsSync(path)) report.note(`${path} is not there yet: waiting for it`);
    const deps = { sleep, onNote: report.note };
    for await (const grown of followFile(path, spool.followedPlace(path), deps, signal)) {
      const items = grown.lines.flatMap((line) => readNdjsonLine(file, line));
      const followed = { file: path, place: JSON.stringify(grown.place) };
      if (!(await take(items, signal, followed))) return;
    }
  };
};
