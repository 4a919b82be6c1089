import type { PreparedSource } from "./prepare-sources.ts";
import { isLog } from "./reading/detect-format.ts";
import type { LogThread } from "./reading/log-parser.ts";
import { threadOf } from "./reading/parser-of.ts";
import type { SourceItem } from "./source-event.ts";

/** A piece of a source: what to take of it, and for how many of its events the log names no client. */
export type TakenPart = {
  readonly items: readonly SourceItem[];
  readonly leftOut: number;
  readonly bytes: number;
  readonly isOfLog: boolean;
};

const isUnnamed = (item: SourceItem): boolean =>
  item.kind === "event" && item.clients?.length === 0;

const asItIs = (item: SourceItem): SourceItem => item;

/** What is wrong with an event matters, though it is not known whose it is. */
const withoutUnnamed = (item: SourceItem): SourceItem =>
  item.kind === "event" && isUnnamed(item) && item.doubt !== undefined
    ? { kind: "gap", gap: { where: item.event.where, why: item.doubt }, clients: [] }
    : item;

const toPart = (
  { client, isTaken, format }: Pick<PreparedSource, "client" | "isTaken" | "format">,
  items: readonly SourceItem[],
  bytes = 0,
): TakenPart => ({
  items: items.map(client === undefined ? asItIs : withoutUnnamed).filter(isTaken),
  // Where there is no client to choose, nothing is left out.
  leftOut: client === undefined ? 0 : items.filter(isUnnamed).length,
  bytes,
  isOfLog: isLog(format),
});

/** Reads sources one after the other: an event that the end of a log cuts goes on in the next log of its form. */
export const createLogJoiner = () => {
  let last: { readonly source: PreparedSource; readonly thread: LogThread } | undefined;

  /** What is left over when no other log of the form follows. */
  const end = (): TakenPart[] => {
    const before = last;
    last = undefined;
    return before === undefined ? [] : [toPart(before.source, before.thread.end())];
  };
  async function* read(source: PreparedSource): AsyncGenerator<TakenPart> {
    if (last?.source.format !== source.format) yield* end();
    if (isLog(source.format)) last = { source, thread: last?.thread ?? threadOf(source.format) };
    for await (const { items, bytes } of source.read(last?.thread))
      yield toPart(source, items, bytes);
  }
  return { read, end };
};
