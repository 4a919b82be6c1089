import type { LoggedLoss } from "./losses.ts";
import { printable } from "./terminal/printable.ts";

const most = 100;

const pad = (texts: readonly string[]): ((text: string) => string) => {
  const width = Math.max(...texts.map(({ length }) => length));
  return (text) => text.padEnd(width);
};

/** What became of it, last in the line. */
const since = ({ backAt }: LoggedLoss): string =>
  backAt === undefined ? "still lost" : `back ${backAt}`;

/** The unexpected losses for people: when, which DN, why, and whether it came back; the first hundred. */
export const lossLines = (losses: readonly LoggedLoss[]): string[] => {
  const [count, shown] = [losses.length, losses.slice(0, most)];
  if (count === 0) return ["no DN was lost unexpectedly"];
  const name = pad(shown.map(({ server, thisDN }) => `${server} ${thisDN}`));
  const cause = pad(shown.map((loss) => loss.cause));
  return [
    `lost unexpectedly, ${count} ${count === 1 ? "time" : "times"}:`,
    ...shown.map((loss) =>
      printable(
        `  ${loss.lostAt}  ${name(`${loss.server} ${loss.thisDN}`)}  ${cause(loss.cause)}  ${since(loss)}`,
      ),
    ),
    ...(count > most ? [`  and ${count - most} more (--json lists them all)`] : []),
  ];
};
