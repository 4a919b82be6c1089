import { lstat, readlink, stat } from "node:fs/promises";
import { CommandError } from "../terminal/command-error.ts";
import { explainReadError } from "../terminal/explain-read-error.ts";
import { givenPath } from "../terminal/given-path.ts";

/** The number of the open file that a name stands for: `-`, /dev/stdin, and what bash makes of `<(…)`. */
export const descriptorOf = (file: string): number | undefined => {
  if (file === "-" || file === "/dev/stdin") return 0;
  const [, digits] = /^\/(?:dev|proc\/self)\/fd\/(\d{1,9})$/.exec(file) ?? [];
  return digits === undefined ? undefined : Number(digits);
};

/** What a person calls a source. */
export const nameOf = (file: string): string => (descriptorOf(file) === 0 ? "stdin" : file);

const explainMissing = async (file: string, error: unknown): Promise<string> => {
  const path = givenPath(file);
  const isLink = (await lstat(path).catch(() => undefined))?.isSymbolicLink() === true;
  const isGone = error instanceof Error && "code" in error && error.code === "ENOENT";
  return isLink && isGone
    ? `${file} is a link to ${await readlink(path)}, which is not there`
    : explainReadError(file, error);
};

/** A source as it was given: a file, which can be read again, or what can be read once only. */
export type GivenSource = {
  readonly file: string;
  readonly kind: "file" | "once";
  /** The same for the same one, by whatever name. */
  readonly id: string;
};

const lookUp = async (file: string): Promise<GivenSource> => {
  const descriptor = descriptorOf(file);
  if (descriptor !== undefined) return { file, kind: "once", id: `descriptor ${descriptor}` };
  try {
    const stats = await stat(givenPath(file), { bigint: true });
    if (stats.isDirectory()) throw new CommandError(`${file} is a folder: give the files in it`);
    if (stats.isSocket()) throw new CommandError(`${file} is a socket: give a file or a pipe`);
    // What the system makes up, as in /proc, has no size, and is another one each time.
    const kind = stats.isFile() && stats.size > 0n ? "file" : "once";
    return { file, kind, id: `file ${stats.dev} ${stats.ino}` };
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(await explainMissing(file, error), { cause: error });
  }
};

const sameFile = (file: string, first: string): string =>
  file === first ? `${file} was given twice` : `${file} is the same file as ${first}`;

/**
 * Looks what was given, without opening it: each file once, by whatever names it was given. Throws CommandError where there
 * is nothing to read, and for a pipe that was given twice.
 */
export const distinctSources = async (
  files: readonly string[],
  note: (text: string) => void,
): Promise<GivenSource[]> => {
  const found = new Map<string, GivenSource>();
  for (const file of files) {
    const source = await lookUp(file);
    const first = found.get(source.id);
    if (first === undefined) found.set(source.id, source);
    else if (source.kind === "file") note(`${sameFile(file, first.file)}: it is read once`);
    else throw new CommandError(`${file} was given twice: it can be read once`);
  }
  return [...found.values()];
};

/** Refuses what cannot grow and be read again after a restart. Throws CommandError; a file need not be there yet. */
export const checkFollowed = async (file: string): Promise<void> => {
  const stats = await stat(givenPath(file)).catch(() => undefined);
  if (stats?.isDirectory()) throw new CommandError(`${file} is a folder: give the file in it`);
  if (stats !== undefined && !stats.isFile())
    throw new CommandError(
      `${file} is a pipe or a device, which has no end to wait at: read it without --follow`,
    );
};
