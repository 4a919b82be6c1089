import { describeSourceEvent } from "./describe-source-event.ts";
import { flushOutput } from "./flush-output.ts";
import { lossLines } from "./loss-lines.ts";
import { createLosses } from "./losses.ts";
import { nameServer } from "./name-server.ts";
import type { BridgeOptions } from "./options.ts";
import { prepareSources } from "./prepare-sources.ts";
import { isLog } from "./reading/detect-format.ts";
import { registrationOf } from "./registration-of.ts";
import type { SourceItem } from "./source-event.ts";
import { printable } from "./terminal/printable.ts";
import type { Terminal } from "./terminal/terminal.ts";

const createViewer = (serverName: string | undefined, { printText, note }: Terminal) => {
  const losses = createLosses();
  const counts = { events: 0, unreadable: 0 };
  const show = (item: SourceItem): void => {
    if (item.kind === "unreadable") {
      counts.unreadable += 1;
      note(printable(`${item.unreadable.where}: ${item.unreadable.why}`));
      return;
    }
    const { event } = item;
    const named = nameServer(event, serverName);
    printText(printable(`${event.where}  ${describeSourceEvent(named)}`));
    if (event.form === "heartbeat") return;
    counts.events += 1;
    const registration = registrationOf(named);
    if (registration !== undefined) losses.see(registration);
  };
  return { show, counts, losses: losses.list };
};

/** Shows the events that a run would send, and of logs the losses among them; sends and keeps nothing. */
export const dryRun = async (
  options: BridgeOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> => {
  const viewer = createViewer(options.serverName, terminal);
  let hasLog = false;
  for (const open of await prepareSources(options, true)) {
    const source = await open();
    hasLog ||= isLog(source.format);
    for await (const { items } of source.read()) {
      if (signal.aborted) return 130;
      for (const item of items.filter(source.isTaken)) viewer.show(item);
      await flushOutput(signal);
    }
  }
  if (hasLog) for (const line of lossLines(viewer.losses())) terminal.printText(line);
  const { events, unreadable } = viewer.counts;
  terminal.print(`${events} events would be sent, ${unreadable} not readable`);
  return unreadable === 0 ? 0 : 1;
};
