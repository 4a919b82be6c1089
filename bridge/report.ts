import type { EventAnswer } from "./answer.ts";
import type { Retry } from "./deliver.ts";
import { factsOf } from "./describe-event.ts";
import { describeSourceEvent } from "./describe-source-event.ts";
import { describeGap, type Gap } from "./following/gap.ts";
import { lossLines } from "./loss-lines.ts";
import type { LoggedLoss } from "./losses.ts";
import { outcomeLines } from "./outcome-lines.ts";
import type { LogGap, SourceEvent, Unreadable } from "./source-event.ts";
import { type RunTally, summary } from "./tally.ts";
import { printable } from "./terminal/printable.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** Where the bridge says what it does and what became of each event. */
export type Report = {
  readonly outcome: (event: SourceEvent, result: EventAnswer) => void;
  /** An event that no request could carry. */
  readonly refused: (event: SourceEvent, why: string) => void;
  readonly unreadable: (piece: Unreadable) => void;
  /** A piece of a log that was not understood; `count`: its number, from 1. */
  readonly notUnderstood: (gap: LogGap, count: number) => void;
  /** What only a person wants to know. */
  readonly note: (text: string) => void;
  /** A request that has to be sent again, at the same address or at another one. */
  readonly retry: (retry: Retry) => void;
  /** A time of which events may be missing. */
  readonly gap: (file: string, gap: Gap) => void;
  /** The losses of logs, and why there may be more. */
  readonly losses: (losses: readonly LoggedLoss[], doubts: readonly string[]) => void;
  readonly summary: (tally: RunTally, endedEarly: boolean) => void;
  /** An event that a dry run would send. */
  readonly wouldSend: (event: SourceEvent) => void;
  readonly drySummary: (counts: DryCounts) => void;
};

/** What a dry run found. */
export type DryCounts = { readonly events: number; readonly unreadable: number };

// More of them are only counted: one form that is not understood comes thousands of times.
const mostGaps = 20;

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);

const retryLine = ({ url, why, delayMs, next, changesOver }: Retry): string => {
  const wait = `in ${seconds(delayMs)} s`;
  if (changesOver) return `${url}: ${why}, changing over to ${next} ${wait}`;
  return `${url}: ${why}, again ${next === url ? "" : `at ${next} `}${wait}`;
};

/** Lines for people: outcomes and the summary are results, everything else is a note. */
const createTextReport = (
  { printText, note }: Terminal,
  view: { readonly verbose: boolean },
): Report => ({
  outcome: (event, result) => {
    for (const line of outcomeLines(event, result, view)) printText(line);
  },
  refused: ({ where }, why) => note(printable(`refused   ${where}: ${why}`)),
  unreadable: ({ where, why }) => note(printable(`${where}: ${why}`)),
  notUnderstood: ({ where, why }, count) => {
    if (count <= mostGaps) note(printable(`${where}: not understood: ${why}`));
  },
  note,
  retry: (retry) => note(`${retryLine(retry)} (Ctrl-C ends, nothing is lost)`),
  gap: (file, gap) => note(printable(`${file}: ${describeGap(gap)}`)),
  losses: (losses, doubts) => {
    for (const line of lossLines(losses, doubts)) printText(line);
  },
  summary: (tally, endedEarly) =>
    printText(`${endedEarly ? "ended early: " : ""}${summary(tally)}`),
  wouldSend: (event) => printText(printable(`${event.where}  ${describeSourceEvent(event)}`)),
  drySummary: ({ events, unreadable }) =>
    printText(
      `${events} ${events === 1 ? "event" : "events"} would be sent, ${unreadable} not readable`,
    ),
});

/** One JSON object a line, on standard output, each with its `type`. */
const createJsonReport = ({ print }: Terminal): Report => {
  const say = (type: string, facts: object): void => print(JSON.stringify({ type, ...facts }));
  return {
    outcome: ({ where, text, serverName }, { index: _, ...result }) =>
      say("outcome", { ...result, where, ...factsOf(text, serverName) }),
    refused: ({ where, text, serverName }, why) =>
      say("refused", { why, where, ...factsOf(text, serverName) }),
    unreadable: ({ where, why }) => say("unreadable", { why, where }),
    notUnderstood: ({ where, why }) => say("unreadable", { why, where }),
    note: (text) => say("note", { text }),
    retry: ({ url, why, delayMs, next, changesOver }) =>
      say("retry", { url, why, delayMs: Math.round(delayMs), next, changesOver }),
    gap: (file, gap) => say("gap", { file, ...gap }),
    losses: (losses, doubts) => {
      for (const loss of losses) say("loss", loss);
      for (const why of doubts) say("doubt", { why });
    },
    summary: (tally, endedEarly) => say("summary", { ...tally, endedEarly }),
    wouldSend: ({ where, text, form, serverName, closing }) => {
      const heartbeat = { where, server: serverName ?? "?", closing: closing !== undefined };
      if (form === "heartbeat") say("heartbeat", heartbeat);
      else say("event", { where, ...factsOf(text, serverName) });
    },
    drySummary: (counts) => say("summary", counts),
  };
};

/** Says it in the way that was asked for. */
export const createReport = (
  terminal: Terminal,
  options: { readonly json: boolean; readonly verbose: boolean },
): Report => (options.json ? createJsonReport(terminal) : createTextReport(terminal, options));
