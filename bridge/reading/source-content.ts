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

/** Finds out by the beginning of a source what it holds, as far as it was not given. */
export const detectContent =
  (given: GivenContent): Decide<SourceContent> =>
  (head, isAll) => {
    const encoding = detectEncoding(given.encoding)(head, isAll);
    if (encoding === undefined) return undefined;
    const text = createUtf8Converter(encoding, broken.shown).push(head).toString();
    const format = given.format ?? detectFormat(text);
    if (format === undefined && !isAll) return undefined;
    // JSON over several lines does not need its lines.
    const isBare = format === "json" ? false : hasBareReturns(text, isAll);
    if (isBare === undefined) return undefined;
    return { encoding, format, isEmpty: isAll && text.trim() === "", hasBareReturns: isBare };
  };
