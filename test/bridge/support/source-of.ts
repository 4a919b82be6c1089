import { openSource } from "../../../bridge/reading/open-source.ts";
import type { GivenContent } from "../../../bridge/reading/source-content.ts";
import type { SourceItem } from "../../../bridge/source-event.ts";
import { CommandError } from "../../../bridge/terminal/command-error.ts";
import { eventsOf, unreadableOf } from "./items.ts";

async function* inPieces(bytes: Buffer, pieceBytes: number) {
  for (let from = 0; from < bytes.length; from += pieceBytes)
    yield bytes.subarray(from, from + pieceBytes);
}

/** How to read bytes: what a person said of them, how many come at a time, how many NULs are too many. */
export type Reading = GivenContent & {
  readonly pieceBytes?: number;
  readonly mostNuls?: number;
};

/** What a source of these bytes, called f, holds; `error` is why it could not be read to its end. */
export const readSource = async (
  content: string | Uint8Array,
  { pieceBytes = 1 << 16, mostNuls = Number.POSITIVE_INFINITY, ...given }: Reading = {},
) => {
  const whole = Buffer.from(content);
  const source = { name: "f", bytes: inPieces(whole, pieceBytes), mostNuls };
  const items: SourceItem[] = [];
  let bytes = 0;
  let error: string | undefined;
  try {
    for await (const part of (await openSource(source, given)).read()) {
      items.push(...part.items);
      bytes += part.bytes;
    }
  } catch (thrown) {
    if (!(thrown instanceof CommandError)) throw thrown;
    error = thrown.message;
  }
  return { events: eventsOf(items), unreadable: unreadableOf(items), bytes, error };
};
