import * as v from "valibot";
import { printable } from "../../bridge/terminal/printable.ts";
import { joinNames } from "../../lambda/domain/bounds.ts";
import { readableTime } from "../shell/readable-time.ts";
import { timeSpanText } from "../shell/time-span.ts";

/** What the command reads of a maintenance window; the rest is kept, for those who want JSON. */
export const ListedWindowSchema = v.looseObject({
  id: v.string(),
  server: v.optional(v.string()),
  thisDNs: v.optional(v.array(v.string())),
  prefix: v.optional(v.string()),
  start: v.string(),
  end: v.string(),
  reason: v.string(),
  author: v.string(),
  onBehalfOf: v.optional(v.string()),
});

/** A maintenance window as the API shows it. */
export type ListedWindow = v.InferOutput<typeof ListedWindowSchema>;

const dnsText = ({ thisDNs, prefix }: ListedWindow): string => {
  const begin = prefix === undefined ? "" : ` that begin with ${prefix}`;
  if (thisDNs === undefined) return prefix === undefined ? "every DN" : `the DNs${begin}`;
  const names = `DN ${joinNames(thisDNs)}`;
  return prefix === undefined ? names : `of ${names} those${begin}`;
};

/** Which losses a window holds back, in words. */
export const coverageText = (window: ListedWindow): string =>
  `${dnsText(window)} of ${window.server ?? "every T-Server"}`;

/** From when to when, and how long that is. */
export const spanText = ({ start, end }: ListedWindow): string => {
  const length = timeSpanText(Date.parse(end) - Date.parse(start));
  return `${readableTime(start)} to ${readableTime(end)} (${length})`;
};

/** The lines for a window at a moment (milliseconds since 1970): its id, when, what it covers, why and by whom. */
export const windowLines = (window: ListedWindow, now: number): string[] => {
  const { id, start, reason, author, onBehalfOf } = window;
  const who = onBehalfOf === undefined ? author : `${author} for ${onBehalfOf}`;
  return [
    id,
    `  ${Date.parse(start) <= now ? "in force" : "planned"}, ${spanText(window)}`,
    `  ${coverageText(window)}`,
    `  ${reason} (by ${who})`,
  ].map(printable);
};
