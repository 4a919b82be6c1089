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

const doubtLine = (doubt: string): string =>
  printable(`${doubt}: whether a DN was lost there is not known`);

/**
 * The unexpected losses for people: when, which DN, why, and whether it came back; the first hundred. Then why there may be
 * more: that there is none is only said where there is no doubt.
 */
export const lossLines = (
  losses: readonly LoggedLoss[],
  doubts: readonly string[] = [],
): string[] => {
  const [count, shown] = [losses.length, losses.slice(0, most)];
  if (count === 0)
    return doubts.length === 0 ? ["no DN was lost unexpectedly"] : doubts.map(doubtLine);
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
    ...doubts.map(doubtLine),
  ];
};
