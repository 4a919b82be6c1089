const mostBytes = 1024 * 1024;

async function* replay(head: readonly Buffer[], rest: AsyncIterator<Buffer>) {
  yield* head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** What the beginning of a source shows; undefined while more of it is needed. `isAll`: there is no more to see. */
export type Decide<T> = (head: Buffer, isAll: boolean) => T | undefined;

/**
 * Reads the beginning of a source until it decides something, at most 1 MiB. `chunks` are the source again from its
 * beginning: it can be read once only.
 */
export const lookAhead = async <T>(source: AsyncIterable<Buffer>, decide: Decide<T>) => {
  const rest = source[Symbol.asyncIterator]();
  const read: Buffer[] = [];
  let head = Buffer.alloc(0);
  let decided: T | undefined;
  let isAll = false;
  while (decided === undefined && !isAll) {
    const next = await rest.next();
    if (next.done !== true) {
      read.push(next.value);
      head = Buffer.concat([head, next.value]);
    }
    isAll = next.done === true || head.length >= mostBytes;
    decided = decide(head, isAll);
  }
  return { decided, chunks: replay(read, rest) };
};
