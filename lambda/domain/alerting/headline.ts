import * as v from "valibot";
import { cutText, maxNamesInTitle } from "../bounds.ts";

const maxNameLength = 255;
const maxWordsLength = 300;
const maxAdviceLength = 1_000;
const maxParts = 12;

// Names of bridges, T-Servers or a DN, which may be shortened, and how many there are where not all are here.
const NamesSchema = v.object({ names: v.array(v.string()), count: v.number() });
// A time in microseconds: when the title is made, it is written with the date or without.
const MomentSchema = v.object({ at: v.number() });
// Why, in words that may come from a T-Server: cut first.
const WhySchema = v.object({ why: v.string() });

/**
 * What a title says after what happened and the T-Server's name, in parts: our own words, names, times, the cause. An
 * alert keeps these and not the title, which depends on the day on which it is read.
 */
export const HeadlineSchema = v.array(v.union([v.string(), NamesSchema, MomentSchema, WhySchema]));
export type Headline = v.InferOutput<typeof HeadlineSchema>;
export type HeadlinePart = Headline[number];

/** What an alert says: its headline, and what that means and what to do, where there is something to say. */
export const AlertTextSchema = v.object({
  headline: HeadlineSchema,
  advice: v.optional(v.string()),
  /** The title that version 0.1.0 wrote, of which the rest was made: only this is stored then. */
  kept: v.optional(v.string()),
});
export type AlertText = v.InferOutput<typeof AlertTextSchema>;

/** Names as a part of a headline; `count`: how many there are where the list was cut before. */
export const named = (names: readonly string[], count = names.length) => ({
  names: names.slice(0, maxNamesInTitle),
  count,
});

const boundPart = (part: HeadlinePart): HeadlinePart => {
  if (typeof part === "string") return cutText(part, maxWordsLength);
  if ("at" in part) return part;
  if ("why" in part) return { why: cutText(part.why, maxWordsLength) };
  const { names, count } = named(part.names, part.count);
  return { names: names.map((name) => cutText(name, maxNameLength)), count };
};

/** A text no longer than it may be, however it was stored. */
export const boundText = ({ headline, advice, kept }: AlertText): AlertText => ({
  headline: headline.slice(0, maxParts).map(boundPart),
  ...(advice === undefined ? {} : { advice: cutText(advice, maxAdviceLength) }),
  ...(kept === undefined ? {} : { kept: cutText(kept, maxAdviceLength) }),
});
