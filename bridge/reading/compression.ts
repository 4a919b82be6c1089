import { once } from "node:events";
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

// What a piece gives is held at once: at most a thousand times of it.
const pieceBytes = 16 * 1024;

const pieces = (chunk: Buffer): Buffer[] =>
  Array.from({ length: Math.ceil(chunk.length / pieceBytes) }, (_, index) =>
    chunk.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  );

/**
 * What gzip packed, one member or several. What can be read of a file that is cut off or broken is given, then CommandError
 * thrown.
 */
async function* gunzip(source: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const unpacker = createGunzip();
  const ready: Buffer[] = [];
  unpacker.on("data", (chunk: Buffer) => ready.push(chunk));
  const failed = once(unpacker, "error").then(([error]): unknown => error);
  const ended = once(unpacker, "end").then(() => undefined);
  for await (const chunk of source)
    for (const piece of pieces(chunk)) {
      const written = new Promise<void>((resolve) => unpacker.write(piece, () => resolve()));
      const error = await Promise.race([written, failed]);
      yield* ready.splice(0);
      if (error !== undefined) throw brokenError(name, error);
    }
  unpacker.end();
  const error = await Promise.race([ended, failed]);
  yield* ready.splice(0);
  if (error !== undefined) throw brokenError(name, error);
}

const brokenError = (name: string, error: unknown): CommandError => {
  const why = error instanceof Error ? error.message : String(error);
  return new CommandError(
    `${name} is cut off or broken (gzip: ${why}): what could be unpacked was read, the rest was not`,
    { cause: error },
  );
};

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
