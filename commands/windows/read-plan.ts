import * as v from "valibot";
import { UsageError } from "../../bridge/terminal/usage-error.ts";
import { formatTime, readTime } from "../../lambda/domain/time.ts";
import { explainIsoTime } from "../../lambda/domain/time-problem.ts";
import { windowSchema } from "../../lambda/handlers/operate-bodies.ts";
import { problemText } from "../api/call-api.ts";
import { readTimeSpan } from "../shell/time-span.ts";

/** What a person gave by options. */
export type PlanGiven = Readonly<
  Partial<
    Record<"server" | "prefix" | "start" | "end" | "for" | "reason" | "author", string | undefined>
  >
> & {
  readonly dn?: readonly string[] | undefined;
  readonly everything?: boolean | undefined;
};

/** The body that plans a window, and by which option each of its members was given. */
export type WindowPlan = {
  readonly body: object;
  readonly options: Readonly<Record<string, string>>;
};

const forms = "give ISO 8601 with Z or an offset (2026-11-20T22:00:00+01:00)";

// From now on: a time on the clock without its zone would be another one on another host.
const readMoment = (option: string, text: string, nowMs: number): number => {
  const ahead = text.startsWith("+") ? readTimeSpan(text.slice(1)) : undefined;
  if (ahead !== undefined) return (nowMs + ahead) * 1000;
  const time = readTime(text);
  if (time !== undefined) return time;
  if (text.startsWith("+"))
    throw new UsageError(`--${option}: "${text}" is no time span like +2h, +90m or +1d`);
  throw new UsageError(
    `--${option} ${explainIsoTime(text)}; or ${forms}, or from now on, like +2h`,
  );
};

const readEnd = (given: PlanGiven, startsNow: boolean, start: number, nowMs: number): number => {
  if (given.end !== undefined && given.for !== undefined)
    throw new UsageError("give --end or --for, not both");
  if (given.for !== undefined) {
    const lasting = readTimeSpan(given.for.replace(/^\+/, ""));
    if (lasting === undefined)
      throw new UsageError(`--for: "${given.for}" is no time span like 2h, 90m, 1d or 1h30m`);
    return start + lasting * 1000;
  }
  if (given.end === undefined) throw new UsageError("the end is missing: --end TIME, or --for 2h");
  // Two hours after now, or after the start? A window that is too short pages people at work.
  if (given.end.startsWith("+") && !startsNow)
    throw new UsageError(
      "--end: with --start give a time, or --for 2h, which counts from the start",
    );
  return readMoment("end", given.end, nowMs);
};

const checkCoverage = ({ server, dn, prefix, everything }: PlanGiven): void => {
  const isLimited = server !== undefined || dn !== undefined || prefix !== undefined;
  if (!isLimited && everything !== true)
    throw new UsageError(
      "give --server, --dn or --prefix, or --everything for every DN of every T-Server",
    );
  if (isLimited && everything === true)
    throw new UsageError(
      "--everything covers every DN of every T-Server: leave it out, or the others",
    );
};

const toOptionWords = (detail: string): string =>
  detail.replaceAll('"everything": true', "--everything");

/**
 * The window that a person's options mean, at a moment (milliseconds since 1970). Throws UsageError for what the API would
 * refuse, with its words, by the names of the options.
 */
export const readPlan = (given: PlanGiven, nowMs: number): WindowPlan => {
  checkCoverage(given);
  const startsNow = given.start === undefined || given.start === "now";
  const start = startsNow ? nowMs * 1000 : readMoment("start", given.start ?? "", nowMs);
  const end = readEnd(given, startsNow, start, nowMs);
  if (given.reason === undefined)
    throw new UsageError("--reason is missing: it stands in the window, for others");
  const body = {
    server: given.server,
    thisDNs: given.dn,
    prefix: given.prefix,
    everything: given.everything,
    start: formatTime(start),
    end: formatTime(end),
    reason: given.reason,
    author: given.author,
  };
  const options = {
    "/server": "--server",
    "/thisDNs": "--dn",
    "/prefix": "--prefix",
    "/everything": "--everything",
    "/start": "--start",
    "/end": given.for === undefined ? "--end" : "the end, by --for,",
    "/reason": "--reason",
    "/author": "--author",
  };
  // JSON has no undefined members.
  const checked = v.safeParse(windowSchema(nowMs * 1000), JSON.parse(JSON.stringify(body)));
  if (checked.success) return { body, options };
  // One is enough: an end in the past lies before the start, too.
  const [issue] = checked.issues;
  const pointer = `/${String(issue.path?.[0]?.key)}`;
  throw new UsageError(toOptionWords(problemText({ pointer, detail: issue.message }, options)));
};
