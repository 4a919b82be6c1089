import { text } from "node:stream/consumers";
import { readTextFile } from "../operations/read-text-file.ts";
import { readEvents } from "./read-events.ts";
import type { SourceContent } from "./source-event.ts";

const readSource = async (name: string): Promise<SourceContent> => {
  if (name === "-") return readEvents("stdin", await text(process.stdin));
  return readEvents(name, await readTextFile(name));
};

/** The events of all the files (`-` is standard input), in the order of the files. */
export const readSources = async (names: readonly string[]): Promise<SourceContent> => {
  const contents: SourceContent[] = [];
  for (const name of names) contents.push(await readSource(name));
  return {
    events: contents.flatMap(({ events }) => events),
    unreadable: contents.flatMap(({ unreadable }) => unreadable),
  };
};
