import { factsOf } from "./describe-event.ts";
import { describeSourceEvent } from "./describe-source-event.ts";
import { flushOutput } from "./flush-output.ts";
import { lossLines } from "./loss-lines.ts";
import { createLosses, type LoggedLoss } from "./losses.ts";
import { nameServer } from "./name-server.ts";
import type { BridgeOptions } from "./options.ts";
import { prepareSources } from "./prepare-sources.ts";
import { isLog } from "./reading/detect-format.ts";
import { registrationOf } from "./registration-of.ts";
import type { SourceEvent, SourceItem, Unreadable } from "./source-event.ts";
import { printable } from "./terminal/printable.ts";
import type { Terminal } from "./terminal/terminal.ts";

type Counts = { readonly events: number; readonly unreadable: number };

/** Where a dry run says what it finds. */
type Findings = {
  readonly event: (event: SourceEvent) => void;
  readonly unreadable: (piece: Unreadable) => void;
  readonly losses: (losses: readonly LoggedLoss[]) => void;
  readonly summary: (counts: Counts) => void;
};

const inText = ({ print, printText, note }: Terminal): Findings => ({
  event: (event) => printText(printable(`${event.where}  ${describeSourceEvent(event)}`)),
  unreadable: ({ where, why }) => note(printable(`${where}: ${why}`)),
  losses: (losses) => {
    for (const line of lossLines(losses)) printText(line);
  },
  summary: ({ events, unreadable }) =>
    print(
      `${events} ${events === 1 ? "event" : "events"} would be sent, ${unreadable} not readable`,
    ),
});

const inJson = ({ print }: Terminal): Findings => {
  const say = (type: string, facts: object): void => print(JSON.stringify({ type, ...facts }));
  return {
    event: ({ where, text, form, serverName, closing }) => {
      const heartbeat = { where, server: serverName ?? "?", closing: closing !== undefined };
      if (form === "heartbeat") say("heartbeat", heartbeat);
      else say("event", { where, ...factsOf(text, serverName) });
    },
    unreadable: ({ where, why }) => say("unreadable", { why, where }),
    losses: (losses) => {
      for (const loss of losses) say("loss", loss);
    },
    summary: (counts) => say("summary", counts),
  };
};

const createViewer = (findings: Findings, serverName: string | undefined) => {
  const losses = createLosses();
  const counts = { events: 0, unreadable: 0 };
  const see = (item: SourceItem, isShown: boolean): void => {
    if (item.kind === "unreadable") {
      counts.unreadable += 1;
      findings.unreadable(item.unreadable);
      return;
    }
    const event = nameServer(item.event, serverName);
    if (isShown) findings.event(event);
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
  const findings = options.json ? inJson(terminal) : inText(terminal);
  const viewer = createViewer(findings, options.serverName);
  let hasLog = false;
  for (const open of await prepareSources(options, true)) {
    const source = await open();
    hasLog ||= isLog(source.format);
    const isShown = options.verbose || !isLog(source.format);
    for await (const { items } of source.read()) {
      if (signal.aborted) return 130;
      for (const item of items.filter(source.isTaken)) viewer.see(item, isShown);
      await flushOutput(signal);
    }
  }
  if (hasLog) findings.losses(viewer.losses());
  findings.summary(viewer.counts);
  return viewer.counts.unreadable === 0 ? 0 : 1;
};
