import { statSync } from "node:fs";
import type { BridgeContext } from "./bridge-context.ts";
import { createLogJoiner, type TakenPart } from "./join-logs.ts";
import type { LogReading } from "./log-reading.ts";
import type { OpenPrepared, PreparedSource } from "./prepare-sources.ts";
import { readEach } from "./read-each.ts";
import { isLog } from "./reading/detect-format.ts";
import { descriptorOf } from "./reading/given-source.ts";
import { createTakeItems, type TakeItems } from "./take-items.ts";
import { givenPath } from "./terminal/given-path.ts";

// A file can wait; what a pipe brings is taken over at once, it may not be there again.
const mostWaitingOfFiles = 20_000;

// Some 20,000 events, which a local stack takes in half a minute.
const longImportBytes = 10_000_000;

const sizeOf = (file: string): number =>
  descriptorOf(file) !== undefined
    ? 0
    : (statSync(givenPath(file), { throwIfNoEntry: false })?.size ?? 0);

/** Reads the sources of a run into the spool, one after the other. Calls `onLog` where one is a log; `log` hears how it is read. */
export const createReadSources = (
  context: BridgeContext,
  sources: readonly OpenPrepared[],
  onLog: () => void,
  log: LogReading,
) => {
  const { options, report, reading, showProgress, tally } = context;
  reading.totalBytes = options.files.reduce((sum, file) => sum + sizeOf(file), 0);

  const joiner = createLogJoiner();

  const takePart = (part: TakenPart, take: TakeItems, signal: AbortSignal) => {
    const { items, leftOut, bytes, isOfLog } = part;
    log.leaveOut(leftOut);
    for (const item of isOfLog ? items : []) {
      log.see(item);
      if (item.kind === "gap") tally.countUnreadable();
    }
    reading.readBytes += bytes;
    showProgress();
    return take(items, signal);
  };
  const takeOf = (mostWaiting: number): TakeItems =>
    createTakeItems({ ...context, mostWaiting, onWait: showProgress });
  const readSource = async (source: PreparedSource, signal: AbortSignal): Promise<void> => {
    const take = takeOf(source.isReadOnce ? Number.POSITIVE_INFINITY : mostWaitingOfFiles);
    for await (const part of joiner.read(source)) if (!(await takePart(part, take, signal))) return;
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
    for (const part of joiner.end()) await takePart(part, takeOf(mostWaitingOfFiles), signal);
    if (log.leftOut() > 0)
      report.note(`${log.leftOut()} events were left out: the log names no client for them`);
  };
};
