import type { Format } from "../../../bridge/reading/detect-format.ts";
import { parserOf } from "../../../bridge/reading/parser-of.ts";
import type { SourceItem } from "../../../bridge/source-event.ts";

/** What a text holds, read in pieces of so many bytes, as a stream might bring them. */
export const itemsOf = (format: Format, text: string | Uint8Array, pieceBytes = 1 << 16) => {
  const parser = parserOf(format, { name: "f" });
  const bytes = Buffer.from(text);
  const items: SourceItem[] = [];
  for (let from = 0; from < bytes.length; from += pieceBytes)
    items.push(...parser.push(bytes.subarray(from, from + pieceBytes)));
  items.push(...parser.end());
  return items;
};

/** The events among pieces of a source. */
export const eventsOf = (items: readonly SourceItem[]) =>
  items.flatMap((item) => (item.kind === "event" ? [item.event] : []));

/** What is unreadable among pieces of a source. */
export const unreadableOf = (items: readonly SourceItem[]) =>
  items.flatMap((item) => (item.kind === "unreadable" ? [item.unreadable] : []));
