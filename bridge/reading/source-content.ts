import { detectFormat, type Format } from "./detect-format.ts";
import { hasBareReturns } from "./line-ends.ts";
import type { Decide } from "./look-ahead.ts";
import { detectEncoding } from "./text-encoding.ts";
import { broken, createUtf8Converter } from "./to-utf8.ts";

/** What a person said about the content of the sources. */
export type GivenContent = {
  readonly format?: Format | undefined;
  readonly encoding?: string | undefined;
};

/** What a source holds, and how its text is written. */
export type SourceContent = {
  readonly encoding: string;
  /** Undefined where the beginning does not show it. */
  readonly format: Format | undefined;
  /** Whether there is nothing in it but white space. */
  readonly isEmpty: boolean;
  readonly hasBareReturns: boolean;
};

/** A line that is cut looks like something else: `{"ThisDN":` like JSON over several lines. */
const wholeLines = (text: string): string => text.slice(0, text.lastIndexOf("\n") + 1);

/** Finds out by the beginning of a source what it holds, as far as it was not given. */
export const detectContent =
  (given: GivenContent): Decide<SourceContent> =>
  (head, isAll) => {
    const encoding = detectEncoding(given.encoding)(head, isAll);
    if (encoding === undefined) return undefined;
    const read = createUtf8Converter(encoding, broken.shown).push(head).toString();
    // JSON over several lines does not need its lines.
    const isBare = given.format === "json" ? false : hasBareReturns(read, isAll);
    if (isBare === undefined) return undefined;
    const text = isBare ? read.replaceAll("\r", "\n") : read;
    const format = given.format ?? detectFormat(isAll ? text : wholeLines(text));
    if (format === undefined && !isAll) return undefined;
    return { encoding, format, isEmpty: isAll && text.trim() === "", hasBareReturns: isBare };
  };
