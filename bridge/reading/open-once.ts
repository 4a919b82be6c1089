import { constants, createReadStream, fstatSync, open } from "node:fs";
import { Socket } from "node:net";
import { addAbortSignal, type Readable } from "node:stream";
import { isatty, ReadStream } from "node:tty";
import { promisify } from "node:util";
import { CommandError } from "../terminal/command-error.ts";
import { explainReadError } from "../terminal/explain-read-error.ts";
import { givenPath } from "../terminal/given-path.ts";
import { descriptorOf, nameOf } from "./given-source.ts";

/** Reads; does not wait for the writer of a pipe, which would hold a thread that no signal ends. */
export const openFlags = constants.O_RDONLY | constants.O_NONBLOCK;

const streamOf = (descriptor: number, name: string): Readable => {
  const stats = fstatSync(descriptor);
  // Node gives nothing then, and no error.
  if (stats.isDirectory()) throw new CommandError(`${name} is a folder: give the files in it`);
  if (descriptor === 0) return process.stdin;
  if (isatty(descriptor)) return new ReadStream(descriptor);
  // It waits for the first writer, and ends with the last one.
  if (stats.isFIFO() || stats.isSocket())
    return new Socket({ fd: descriptor, readable: true, writable: false });
  return createReadStream("", { fd: descriptor });
};

const explain = (file: string, error: unknown): string =>
  error instanceof Error && "code" in error && error.code === "EBADF"
    ? `${file} is not open here (npm passes standard input on, and what bash makes of <(…))`
    : explainReadError(nameOf(file), error);

/** What can be read once only, opened when its turn has come: the signal ends a wait for it. */
export async function* readOnce(file: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    signal.throwIfAborted();
    const descriptor = descriptorOf(file) ?? (await promisify(open)(givenPath(file), openFlags));
    const stream = addAbortSignal(signal, streamOf(descriptor, nameOf(file)));
    for await (const chunk of stream) yield Buffer.from(chunk);
  } catch (error) {
    if (signal.aborted || error instanceof CommandError) throw error;
    throw new CommandError(explain(file, error), { cause: error });
  }
}
