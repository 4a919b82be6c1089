import { statSync } from "node:fs";
import type { BridgeContext } from "./bridge-context.ts";
import type { OpenPrepared, PreparedSource } from "./prepare-sources.ts";
import { readEach } from "./read-each.ts";
import { isLog } from "./reading/detect-format.ts";
import { descriptorOf } from "./reading/given-source.ts";
import type { SourceItem } from "./source-event.ts";
import { createTakeItems } from "./take-items.ts";
import { givenPath } from "./terminal/given-path.ts";

// A file can wait; what a pipe brings is taken over at once, it may not be there again.
const mostWaitingOfFiles = 20_000;

// Some 20,000 events, which a local stack takes in half a minute.
const longImportBytes = 10_000_000;

const sizeOf = (file: string): number =>
  descriptorOf(file) !== undefined
    ? 0
    : (statSync(givenPath(file), { throwIfNoEntry: false })?.size ?? 0);

const isUnnamed = (item: SourceItem): boolean =>
  item.kind === "event" && item.clients?.length === 0;

/** Reads the sources of a run into the spool, one after the other. Calls `onLog` where one is a log. */
export const createReadSources = (
  context: BridgeContext,
  sources: readonly OpenPrepared[],
  onLog: () => void,
) => {
  const { options, report, reading, showProgress } = context;
  reading.totalBytes = options.files.reduce((sum, file) => sum + sizeOf(file), 0);
  let leftOut = 0;

  const readSource = async (source: PreparedSource, signal: AbortSignal): Promise<void> => {
    const mostWaiting = source.isReadOnce ? Number.POSITIVE_INFINITY : mostWaitingOfFiles;
    const take = createTakeItems({ ...context, mostWaiting, onWait: showProgress });
    for await (const { items, bytes } of source.read()) {
      const taken = items.filter(source.isTaken);
      // Where there is no client to choose, nothing is left out.
      if (source.client !== undefined) leftOut += items.filter(isUnnamed).length;
      reading.readBytes += bytes;
      showProgress();
      if (!(await take(taken, signal))) return;
    }
  };

  const readOne = async (source: PreparedSource, signal: AbortSignal): Promise<void> => {
    const { name, client } = source;
    if (isLog(source.format)) onLog();
    if (isLog(source.format) && reading.totalBytes >= longImportBytes)
      report.note("for the losses alone: the same with --dry-run shows them in seconds");
    if (client !== undefined) report.note(`${name}: the events of its client ${client}`);
    await readSource(source, signal);
  };

  return async (signal: AbortSignal): Promise<void> => {
    await readEach(sources, { read: readOne, note: report.note, signal });
    if (leftOut > 0)
      report.note(`${leftOut} events were left out: the log names no client for them`);
  };
};
