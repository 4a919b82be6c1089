import { type FileHandle, open } from "node:fs/promises";
import { CommandError } from "../terminal/command-error.ts";
import { explainReadError } from "../terminal/explain-read-error.ts";
import { givenPath } from "../terminal/given-path.ts";
import { openFlags } from "./open-once.ts";

const chunkBytes = 64 * 1024;

/** A file that can be read several times, and is the same one each time. */
export type OpenFile = {
  /** All of it. Throws CommandError where it is another file by now, or shorter than it was. */
  readonly read: (signal: AbortSignal) => AsyncGenerator<Buffer>;
  /** Lets go of it; reading opens it again. */
  readonly release: () => Promise<void>;
};

const openHandle = async (file: string): Promise<FileHandle> => {
  try {
    return await open(givenPath(file), openFlags);
  } catch (error) {
    throw new CommandError(explainReadError(file, error), { cause: error });
  }
};

const readChunk = async (file: string, handle: FileHandle, at: number): Promise<Buffer> => {
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    const { bytesRead } = await handle.read(buffer, 0, chunkBytes, at);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw new CommandError(explainReadError(file, error), { cause: error });
  }
};

/** Opens a file. What is renamed or removed while it is open is read all the same. */
export const openFile = async (file: string): Promise<OpenFile> => {
  let handle: FileHandle | undefined = await openHandle(file);
  const { dev, ino, size } = await handle.stat({ bigint: true });

  const release = async (): Promise<void> => {
    const held = handle;
    handle = undefined;
    await held?.close();
  };
  const again = async (): Promise<FileHandle> => {
    const opened = await openHandle(file);
    const now = await opened.stat({ bigint: true });
    if (now.dev === dev && now.ino === ino) return opened;
    await opened.close();
    throw new CommandError(
      `${file} was replaced after the bridge had looked at it: nothing of it was read; give it again`,
    );
  };
  return {
    release,
    read: async function* (signal) {
      handle ??= await again();
      let at = 0;
      for (;;) {
        signal.throwIfAborted();
        const chunk = await readChunk(file, handle, at);
        if (chunk.length === 0) break;
        at += chunk.length;
        yield chunk;
      }
      if (at < size)
        throw new CommandError(
          `${file} became shorter, from ${size} to ${at} bytes, after the bridge had looked at it: something may be missing`,
        );
    },
  };
};
