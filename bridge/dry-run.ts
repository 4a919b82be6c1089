import { flushOutput } from "./flush-output.ts";
import { createLosses } from "./losses.ts";
import { nameServer } from "./name-server.ts";
import type { BridgeOptions } from "./options.ts";
import { type PreparedSource, prepareSources } from "./prepare-sources.ts";
import { readEach } from "./read-each.ts";
import { isLog } from "./reading/detect-format.ts";
import { registrationOf } from "./registration-of.ts";
import { createReport, type Report } from "./report.ts";
import type { SourceItem } from "./source-event.ts";
import type { Terminal } from "./terminal/terminal.ts";

const createViewer = (report: Report, serverName: string | undefined) => {
  const losses = createLosses();
  const counts = { events: 0, unreadable: 0 };
  const see = (item: SourceItem, isShown: boolean): void => {
    if (item.kind === "unreadable") {
      counts.unreadable += 1;
      report.unreadable(item.unreadable);
      return;
    }
    const event = nameServer(item.event, serverName);
    if (isShown) report.wouldSend(event);
    if (event.form === "heartbeat") return;
    counts.events += 1;
    const registration = registrationOf(event);
    if (registration !== undefined) losses.see(registration);
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
  const viewer = createViewer(report, options.serverName);
  let hasLog = false;
  const read = async (source: PreparedSource): Promise<void> => {
    hasLog ||= isLog(source.format);
    const isShown = options.verbose || !isLog(source.format);
    for await (const { items } of source.read()) {
      signal.throwIfAborted();
      for (const item of items.filter(source.isTaken)) viewer.see(item, isShown);
      await flushOutput(signal);
    }
  };
  const sources = await prepareSources({ options, isLocal: true, note, signal });
  const [reading] = await Promise.allSettled([readEach(sources, { read, note, signal })]);
  if (signal.aborted) return 130;
  if (hasLog) report.losses(viewer.losses());
  report.drySummary(viewer.counts);
  if (reading.status === "rejected") throw reading.reason;
  return viewer.counts.unreadable === 0 ? 0 : 1;
};
