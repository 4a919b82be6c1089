import { eventSpellings } from "../../lambda/domain/event/t-library.ts";
import { isCutName, isWanted } from "./log-line.ts";

/**
 * What a line of a log says of a message. `header`: its attributes follow; `opening`: they may follow; `mention`: it was
 * made, sent or received, and its attributes stand above.
 */
export type LogTitle = {
  readonly form: "header" | "opening" | "mention";
  /** Only the beginning of a name where the line was cut. */
  readonly name: string;
  readonly referenceID?: number | undefined;
  /** To whom it was sent; undefined where that is not understood. */
  readonly sentTo?: { readonly client: string | undefined };
  /** Whether it is written as the Platform SDK writes a message. */
  readonly isSdk: boolean;
  /** Attributes on the same line. */
  readonly attributes: readonly string[];
};

// @13:20:31.6650 [0] 8.1.101.25 send_to_client: message EventRegistered
// received from 65200(TS900)ts.example:7007(fd=12) message EventUnregistered(refid=9)
const message = /(?:^|[\s:])message (?<name>(?:Event|Request)\w*|\d{1,3}\b)(?<rest>.*)$/;
// Java: … Proxy got message 'EventRegistered' ('53')     .NET: … 'EventRegistered' (53) attributes:
const numbered = /["'](?<name>(?:Event|Request)\w+)["']\s*\(\s*'?\d+'?[^)]*\)(?<rest>.*)$/;
const losing = /\b(?<name>Event(?:Unregistered(?:All)?|Registered))\b(?<rest>.*)$/;
const named = /\b(?<name>(?:Event|Request)[A-Z]\w*)(?<rest>.*)$/;

const referenceId = /\bref(?:erence)?\s?id\s*[=: ]\s*(\d+)/i;
const remarks =
  /^(?:\s*[([{][^)\]}]*[)\]}])*(?:,?\s*ref(?:erence)?\s?id\s*[=: ]\s*\d+)?(?:\s*--\s*\w+)?[\s"')\]:;,.]*$/i;
const attributesFollow = /^(?:.*\s)?attributes:\s*$/;
const isMade = /\b(?:sent|generated|distributed|received for)\b/;
const mayOpen = /\breceived from\b|\bTEvent\b|\bmessage\b/i;
const betweenAttributes = /[\s,;{]+(?=Attribute[A-Z]\w*\s*(?:\[\w+\]\s*=|\s'|\s-?\d))/;

// 13:20:31.665 Trc 04542 EventRegistered sent to [66] (00000e85 bridge-a 10.0.0.1:3425)
const sentTo = /\bsent to \[?\w+\]?\s*\((?<client>.+)\)/;

/** `00000e85 NAME 10.0.0.1:3425`, `TYPE 'NAME'` or the name alone. */
const clientIn = (text: string): string | undefined => {
  const inside = sentTo.exec(text)?.groups?.["client"];
  const bare = inside?.replace(/^[0-9a-f]{8,16} /, "").replace(/ \S+:\d+$/, "");
  return /^\w+\s+'(.+)'$/.exec(bare ?? "")?.[1] ?? bare;
};

const attributesIn = (rest: string): readonly string[] =>
  rest.includes("Attribute")
    ? ` ${rest}`.split(betweenAttributes).filter((part) => part.startsWith("Attribute"))
    : [];

const formOf = (rest: string): LogTitle["form"] => {
  if (remarks.test(rest) || attributesFollow.test(rest)) return "header";
  return isMade.test(rest) ? "mention" : "opening";
};

const toTitle = (
  form: LogTitle["form"],
  { name = "", rest = "" }: { readonly [group: string]: string },
  text: string,
): Omit<LogTitle, "isSdk"> => {
  // What is said of a message that is no concern of the adapter is of none either.
  if (form === "mention" && !isWanted(name)) return { form, name, attributes: [] };
  const attributes = attributesIn(rest);
  const reference = /ref/i.test(rest) ? referenceId.exec(rest)?.[1] : undefined;
  const isSent = form === "mention" && /\bsent to\b/.test(text);
  return {
    form: attributes.length > 0 ? "header" : form,
    // Some name a message by its number only.
    name: eventSpellings.get(name) ?? name,
    referenceID: reference === undefined ? undefined : Number(reference),
    attributes,
    ...(isSent && { sentTo: { client: clientIn(text) } }),
  };
};

const readHeading = (text: string): LogTitle | undefined => {
  // Looking for a word is much faster than for a pattern, and most lines are none of these.
  const sdk = /["']/.test(text) ? numbered.exec(text)?.groups : undefined;
  const heading = (text.includes("message ") ? message.exec(text)?.groups : undefined) ?? sdk;
  if (heading === undefined) return undefined;
  const { name = "", rest = "" } = heading;
  // Where the line was cut within the name, it is not known what it heads.
  const form = isCutName(name) ? "opening" : formOf(rest);
  return { ...toTitle(form, heading, text), isSdk: heading === sdk };
};

/** Reads a line that is no attribute; undefined where it names no message. */
export const readTitle = (text: string): LogTitle | undefined => {
  if (!["Event", "Request", "message"].some((word) => text.includes(word))) return undefined;
  const heading = readHeading(text);
  if (heading !== undefined) return heading;
  const groups = ((text.includes("gistered") ? losing.exec(text) : null) ?? named.exec(text))
    ?.groups;
  if (groups === undefined)
    return /\bmessage\s*$/.test(text)
      ? { ...toTitle("opening", {}, text), isSdk: false }
      : undefined;
  const { rest = "" } = groups;
  const opens = !isMade.test(text) && (mayOpen.test(text) || remarks.test(rest));
  const form = opens ? "opening" : "mention";
  return { ...toTitle(form, groups, text), isSdk: false };
};
