import { factsOf } from "../../bridge/describe-event.ts";
import { printable } from "../../bridge/terminal/printable.ts";
import { joinNames } from "../../lambda/domain/bounds.ts";
import { compareText } from "../../lambda/domain/text.ts";
import type { HeldMessage } from "../queues/receive-messages.ts";
import { readableTime } from "../shell/readable-time.ts";
import { isOwnAttribute } from "./own-attributes.ts";
import { adviceOn } from "./problem-advice.ts";
import { placeOf, type RejectedMessage, readRejected, shortId } from "./rejected-message.ts";

/** One event with one of its problems. */
type Sighting = {
  readonly id: string;
  readonly rejected: RejectedMessage;
  readonly code: string;
  readonly place: string;
  readonly detail: string;
};

/** The events of a bridge that have the same problem at the same place, the oldest first. */
export type ProblemGroup = readonly [Sighting, ...Sighting[]];

const sightingsIn = ({ id, body }: HeldMessage): Sighting[] => {
  const rejected = readRejected(body);
  if (rejected === undefined) return [];
  return rejected.problems.map((problem) => ({
    id: shortId(id),
    rejected,
    code: problem.code,
    place: placeOf(rejected, problem),
    detail: problem.detail,
  }));
};

const keyOf = ({ rejected, code, place }: Sighting): string =>
  JSON.stringify([rejected.application, code, place]);

/**
 * The rejected events by bridge and problem, those of a bridge together, the most frequent problem first. An event with
 * several problems is in each of their groups; a message that cannot be read is in none.
 */
export const groupByProblem = (messages: readonly HeldMessage[]): ProblemGroup[] => {
  const groups = Map.groupBy(messages.flatMap(sightingsIn), keyOf);
  return [...groups.values()]
    .flatMap(([first, ...rest]): ProblemGroup[] => (first === undefined ? [] : [[first, ...rest]]))
    .sort(
      (a, b) =>
        compareText(a[0].rejected.application, b[0].rejected.application) || b.length - a.length,
    );
};

// What a shell takes as it is; all else goes between single quotes.
const shellWord = (text: string): string =>
  /^[\w./=:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

// A value that begins with a dash would be read as an option of its own.
const shellOption = (name: string, value: string): string =>
  `--${name}${value.startsWith("-") ? "=" : " "}${shellWord(value)}`;

const newestOf = (group: ProblemGroup): Sighting => group.at(-1) ?? group[0];

const mendingCommand = (group: ProblemGroup, stageOption: string): string => {
  const [{ rejected, code, place }] = group;
  const { action, set } = adviceOn(code, place);
  const whole = `${shellOption("bridge", rejected.application)} ${shellOption("problem", code + place)}`;
  const which = set !== undefined && isOwnAttribute(set) ? newestOf(group).id : whole;
  const mend = set === undefined ? "" : ` ${shellOption("set", `${set}=VALUE`)}`;
  return `npm run rejected -- ${action} ${which}${mend}${stageOption}`;
};

const serversOf = (group: ProblemGroup): string[] => {
  const facts = group.map(({ rejected }) => factsOf(rejected.event, rejected.serverName));
  const names = new Set(
    facts.map(({ server }) => (server === "?" ? "an unnamed T-Server" : server)),
  );
  return [...names].sort(compareText);
};

/** What is shown of a group: the lines for people, and the command that mends or drops it, or mends its newest. */
export const groupLines = (
  group: ProblemGroup,
  stageOption: string,
): { readonly lines: string[]; readonly command: string } => {
  const [{ rejected, code, place }] = group;
  const newest = newestOf(group);
  const times = group.map((one) => one.rejected.receivedAt).sort(compareText);
  const [from = "", to = ""] = [times[0], times.at(-1)];
  const when = from === to ? readableTime(from) : `${readableTime(from)} to ${readableTime(to)}`;
  const { words, set } = adviceOn(code, place);
  const count = group.length === 1 ? "1 event" : `${group.length.toLocaleString("en")} events`;
  const lines = [
    `${[rejected.application, code, place].filter(Boolean).join("  ")}  ${count}`,
    `  ${newest.detail}`,
    `  ${when}, of ${joinNames(serversOf(group), 5)}; for example ${newest.id}`,
    `  ${words}${set !== undefined && isOwnAttribute(set) ? ", each event by its id" : ""}:`,
  ];
  return { lines: lines.map(printable), command: printable(mendingCommand(group, stageOption)) };
};
