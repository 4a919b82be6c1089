import type { EventAnswer, EventProblem } from "./answer.ts";
import { describeEvent } from "./describe-event.ts";
import type { SourceEvent } from "./source-event.ts";
import { printable } from "./terminal/printable.ts";

const width = "duplicate".length;
const indent = " ".repeat(width + 1);

/** The pointer without the event's place in the request, which says nothing to the person who has the file. */
const withinEvent = (pointer: string): string =>
  pointer.replace(/^(?:\/events)?\/\d+(?=\/|$)/, "") || "/";

/** A problem as one line: where in the event, its code, and the rule as a sentence. */
export const problemLine = ({ pointer, code, detail }: EventProblem): string =>
  printable([withinEvent(pointer), code, detail].filter(Boolean).join("  "));

/** The lines for one event: its outcome (`verbose`: with its id), then what is wrong with it or remarkable about it. */
export const outcomeLines = (
  event: SourceEvent,
  { outcome, id, problems, warnings }: EventAnswer,
  { verbose }: { readonly verbose: boolean },
): string[] => {
  const what = describeEvent(event.text, event.serverName);
  const place = problems.length > 0 ? [`(${event.where})`] : [];
  const name = verbose && id ? [id] : [];
  return [
    printable([outcome.padEnd(width), what, ...place, ...name].join(" ")),
    ...problems.map((problem) => `${indent}${problemLine(problem)}`),
    ...warnings.map((warning) => `${indent}warning: ${problemLine(warning)}`),
  ];
};
