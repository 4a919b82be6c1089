import { flushOutput } from "./flush-output.ts";
import { createLogJoiner, type TakenPart } from "./join-logs.ts";
import { createLogReading, type LogReading } from "./log-reading.ts";
import { createLosses } from "./losses.ts";
import { nameServer } from "./name-server.ts";
import type { BridgeOptions } from "./options.ts";
import { type PreparedSource, prepareSources } from "./prepare-sources.ts";
import { readEach } from "./read-each.ts";
import { isLog } from "./reading/detect-format.ts";
import { loggedEventOf, problemOf } from "./registration-of.ts";
import { createReport, type Report } from "./report.ts";
import type { SourceEvent, SourceItem } from "./source-event.ts";
import type { Terminal } from "./terminal/terminal.ts";

const createViewer = (report: Report, log: LogReading, serverName: string | undefined) => {
  const losses = createLosses();
  const counts = { events: 0, unreadable: 0 };
  const learn = (event: SourceEvent, isOfLog: boolean): void => {
    const logged = loggedEventOf(event);
    if (logged !== undefined) {
      if (!losses.see(logged)) log.notListed(event);
      return;
    }
    const problem = isOfLog ? problemOf(event) : undefined;
    if (problem !== undefined) log.addGap({ where: event.where, why: problem });
  };
  const seeEvent = (found: SourceEvent, isOfLog: boolean, isShown: boolean): void => {
    const event = nameServer(found, serverName);
    if (isShown) report.wouldSend(event);
    if (event.form === "heartbeat") return;
    counts.events += 1;
    learn(event, isOfLog);
  };
  const see = (item: SourceItem, isOfLog: boolean, isShown: boolean): void => {
    if (isOfLog) log.see(item);
    if (item.kind === "event") seeEvent(item.event, isOfLog, isShown);
    else counts.unreadable += 1;
    if (item.kind === "unreadable") report.unreadable(item.unreadable);
  };
  return { see, counts, losses: losses.list };
};

/**
 * Shows the events that a run would send; of logs, which have many, only the losses among them. Sends and keeps nothing, and
 * needs no adapter.
 */
export const dryRun = async (
  options: BridgeOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> => {
  const report = createReport(terminal, options);
  const { note } = report;
  const log = createLogReading(report.notUnderstood);
  const viewer = createViewer(report, log, options.serverName);
  const joiner = createLogJoiner();
  let hasLog = false;
  const view = ({ items, leftOut, isOfLog }: TakenPart): void => {
    log.leaveOut(leftOut);
    for (const item of items) viewer.see(item, isOfLog, options.verbose || !isOfLog);
  };
  const read = async (source: PreparedSource): Promise<void> => {
    hasLog ||= isLog(source.format);
    for await (const part of joiner.read(source)) {
      signal.throwIfAborted();
      view(part);
      await flushOutput(signal);
    }
  };
  const sources = await prepareSources({ options, isLocal: true, note, signal });
  const [reading] = await Promise.allSettled([readEach(sources, { read, note, signal })]);
  if (signal.aborted) return 130;
  for (const part of joiner.end()) view(part);
  if (reading.status === "rejected") log.breakOff();
  const doubts = hasLog ? log.doubts() : [];
  if (hasLog) report.losses(viewer.losses(), doubts);
  report.drySummary(viewer.counts);
  if (reading.status === "rejected") throw reading.reason;
  return viewer.counts.unreadable === 0 && doubts.length === 0 ? 0 : 1;
};
