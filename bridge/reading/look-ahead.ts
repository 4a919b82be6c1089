import { CommandError } from "../terminal/command-error.ts";

const mostBytes = 1024 * 1024;

type Next = IteratorResult<Buffer, unknown> | CommandError;

/** A source that cannot be read further ends there, so that what came before is not lost. */
const nextOf = (source: AsyncIterator<Buffer>): Promise<Next> =>
  source.next().catch((error: unknown) => {
    if (error instanceof CommandError) return error;
    throw error;
  });

async function* replay(head: readonly Buffer[], rest: AsyncIterator<Buffer>, failure?: Error) {
  yield* head;
  if (failure !== undefined) throw failure;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** What the beginning of a source shows; undefined while more of it is needed. `isAll`: there is no more to see. */
export type Decide<T> = (head: Buffer, isAll: boolean) => T | undefined;

/**
 * Reads the beginning of a source until it decides something, at most 1 MiB. `chunks` are the source again from its
 * beginning, which can be read once only. `failure` is why it cannot be read further; `chunks` throw it too.
 */
export const lookAhead = async <T>(source: AsyncIterable<Buffer>, decide: Decide<T>) => {
  const rest = source[Symbol.asyncIterator]();
  const read: Buffer[] = [];
  let head = Buffer.alloc(0);
  let decided: T | undefined;
  let failure: CommandError | undefined;
  let isAll = false;
  while (decided === undefined && !isAll) {
    const next = await nextOf(rest);
    if (next instanceof CommandError) failure = next;
    else if (next.done !== true) {
      read.push(next.value);
      head = Buffer.concat([head, next.value]);
    }
    isAll = next instanceof CommandError || next.done === true || head.length >= mostBytes;
    decided = decide(head, isAll);
  }
  return { decided, failure, chunks: replay(read, rest, failure) };
};
