import { factsOf } from "./describe-event.ts";
import { readNdjsonLine } from "./reading/ndjson.ts";
import type { Line } from "./reading/split-lines.ts";

const timesIn = (line: Line): string[] =>
  readNdjsonLine("", line)
    .flatMap((item) => (item.kind === "event" ? factsOf(item.event.text).time : []))
    .filter((time) => !Number.isNaN(Date.parse(time)));

/** The T-Server's time of the first or the last event in lines of NDJSON, as it is written; undefined where none has one. */
export const eventTimeIn = (lines: readonly Line[], which: "first" | "last") => {
  const at = which === "first" ? 0 : -1;
  for (const line of which === "first" ? lines : lines.toReversed()) {
    const time = timesIn(line).at(at);
    if (time !== undefined) return time;
  }
  return undefined;
};
