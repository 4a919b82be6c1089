import { createGunzip } from "node:zlib";
import { CommandError } from "../terminal/command-error.ts";
import type { Decide } from "./look-ahead.ts";

type Magic = {
  readonly kind: string;
  readonly bytes: Buffer;
  /** What writes to standard output what such a file holds. */
  readonly program: string;
};

const magic = (kind: string, hex: string, program: string): Magic => ({
  kind,
  bytes: Buffer.from(hex, "hex"),
  program,
});

const magics: readonly Magic[] = [
  magic("gzip", "1f8b08", "zcat"),
  magic("zstd", "28b52ffd", "zstdcat"),
  magic("xz", "fd377a585a00", "xzcat"),
  magic("bzip2", "425a68", "bzcat"),
  magic("zip", "504b0304", "unzip -p"),
  magic("lz4", "04224d18", "lz4cat"),
  magic("compress", "1f9d", "zcat"),
  magic("7-Zip", "377abcaf271c", "7z x -so"),
];

/** By which program a source was compressed, as its first bytes say: "none" where it is plain. */
export const detectCompression: Decide<Magic | "none"> = (head, isAll) => {
  const found = magics.find(({ bytes }) => head.subarray(0, bytes.length).equals(bytes));
  if (found !== undefined) return found;
  const mayBecome = ({ bytes }: Magic): boolean => bytes.subarray(0, head.length).equals(head);
  return !isAll && magics.some(mayBecome) ? undefined : "none";
};

// What a piece gives is held at once, at most a thousand times of it, and is gone where the piece is broken.
const pieceBytes = 2 * 1024;

const pieces = (chunk: Buffer): Buffer[] =>
  Array.from({ length: Math.ceil(chunk.length / pieceBytes) }, (_, index) =>
    chunk.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  );

/** Node's unpacker with its events as promises: what it gives before it fails would be lost in its stream. */
const createUnpacker = (name: string) => {
  const stream = createGunzip();
  const ready: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => ready.push(chunk));
  let failure: Error | undefined;
  const failed = new Promise<void>((resolve) => {
    stream.once("error", (error) => {
      failure = error;
      resolve();
    });
  });
  const ended = new Promise<void>((resolve) => stream.once("end", resolve));
  return {
    write: (piece: Buffer): Promise<void> =>
      Promise.race([failed, new Promise<void>((resolve) => stream.write(piece, () => resolve()))]),
    end: (): Promise<void> => {
      stream.end();
      return Promise.race([failed, ended]);
    },
    take: (): Buffer[] => ready.splice(0),
    check: (): void => {
      if (failure === undefined) return;
      throw new CommandError(
        `${name} is cut off or broken (gzip: ${failure.message}): what could be unpacked was read, the rest was not`,
        { cause: failure },
      );
    },
  };
};

/** What gzip packed, one member or several. Throws CommandError behind what can be read of a file that is cut off or broken. */
async function* gunzip(source: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const { write, end, take, check } = createUnpacker(name);
  for await (const chunk of source)
    for (const piece of pieces(chunk)) {
      await write(piece);
      yield* take();
      check();
    }
  await end();
  yield* take();
  check();
}

/** What a source holds, unpacked. Throws CommandError for what the bridge cannot unpack. */
export const unpack = (
  source: AsyncIterable<Buffer>,
  compression: Magic | "none" | undefined,
  name: string,
): AsyncIterable<Buffer> => {
  if (compression === undefined || compression === "none") return source;
  const { kind, program } = compression;
  if (kind === "gzip") return gunzip(source, name);
  throw new CommandError(
    `${name} is compressed with ${kind}, which the bridge does not read: unpack it into a pipe (${program} FILE | … -)`,
  );
};
