import type { FileHandle } from "node:fs/promises";
import { pipeline, Readable, type Transform } from "node:stream";
import * as zlib from "node:zlib";

/** The bytes of a file, decompressed where it is compressed. */
export type Content = {
  /** So many bytes from a position on; fewer only where it ends (or cannot be decompressed any further). */
  readonly read: (position: number, length: number) => Promise<Buffer>;
  readonly isCompressed: boolean;
  /** Why it cannot be decompressed, as far as it was read. */
  readonly damage: () => string | undefined;
};

type Inflate = () => Transform;

const chunkBytes = 256 * 1024;

const readAt = async (file: FileHandle, position: number, length: number): Promise<Buffer> => {
  const { size } = await file.stat();
  // Most files are much smaller than what is asked for.
  const wanted = Math.min(length, Math.max(0, size - position));
  const bytes = Buffer.allocUnsafe(wanted);
  let filled = 0;
  while (filled < wanted) {
    const { bytesRead } = await file.read(bytes, filled, wanted - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
};

async function* compressedBytes(file: FileHandle): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    const bytes = await readAt(file, position, chunkBytes);
    if (bytes.length === 0) return;
    position += bytes.length;
    yield bytes;
  }
}

const inflated = (file: FileHandle, inflate: Inflate): AsyncIterator<Buffer> =>
  // An error reaches the reader through the iterator.
  pipeline(Readable.from(compressedBytes(file)), inflate(), () => undefined)[
    Symbol.asyncIterator
  ]();

const createCompressed = (file: FileHandle, inflate: Inflate): Content => {
  let chunks = inflated(file, inflate);
  let [at, rest, damage]: [number, Buffer, string | undefined] = [0, Buffer.alloc(0), undefined];
  const fill = async (): Promise<boolean> => {
    if (rest.length > 0) return true;
    if (damage !== undefined) return false;
    const next = await chunks.next().catch((error: unknown) => {
      damage = error instanceof Error ? error.message : String(error);
      return { done: true as const, value: undefined };
    });
    if (next.done === true) return false;
    rest = next.value;
    return true;
  };
  const drop = (length: number): Buffer => {
    const dropped = rest.subarray(0, length);
    [at, rest] = [at + dropped.length, rest.subarray(dropped.length)];
    return dropped;
  };
  const restart = async (): Promise<void> => {
    await chunks.return?.();
    [chunks, at, rest, damage] = [inflated(file, inflate), 0, Buffer.alloc(0), undefined];
  };
  return {
    isCompressed: true,
    damage: () => damage,
    read: async (position, length) => {
      if (position < at) await restart();
      while (at < position && (await fill())) drop(position - at);
      const pieces: Buffer[] = [];
      for (let missing = length; missing > 0 && at >= position && (await fill()); ) {
        const piece = drop(missing);
        pieces.push(piece);
        missing -= piece.length;
      }
      return Buffer.concat(pieces);
    },
  };
};

const createPlain = (file: FileHandle): Content => ({
  isCompressed: false,
  damage: () => undefined,
  read: (position, length) => readAt(file, position, length),
});

// A file that ends too early gives what it has; that it does shows in findDamage.
const lenient = { finishFlush: zlib.constants.Z_SYNC_FLUSH };

const formats: readonly { readonly name: string; readonly magic: string }[] = [
  { name: "gzip", magic: "1f8b" },
  { name: "zstd", magic: "28b52ffd" },
  { name: "xz", magic: "fd377a585a00" },
  { name: "bzip2", magic: "425a68" },
  { name: "zip", magic: "504b0304" },
  { name: "lz4", magic: "04224d18" },
  { name: "7z", magic: "377abcaf271c" },
  { name: "compress", magic: "1f9d" },
];

const inflateOf = (format: string, isStrict: boolean): Inflate | undefined => {
  if (format === "gzip") return () => zlib.createGunzip(isStrict ? {} : lenient);
  // Node 22.13 has none.
  if (format === "zstd" && "createZstdDecompress" in zlib) return () => zlib.createZstdDecompress();
  return undefined;
};

const formatOf = async (file: FileHandle): Promise<string | undefined> => {
  const beginning = (await readAt(file, 0, 6)).toString("hex");
  return formats.find(({ magic }) => beginning.startsWith(magic))?.name;
};

/** Opens what a file holds, by its first bytes; for a compression that Node does not read gives its name. */
export const openContent = async (file: FileHandle): Promise<Content | { unreadable: string }> => {
  const format = await formatOf(file);
  if (format === undefined) return createPlain(file);
  const inflate = inflateOf(format, false);
  return inflate === undefined ? { unreadable: format } : createCompressed(file, inflate);
};

/** Why a compressed file cannot be decompressed to its end; undefined where it can be. */
export const findDamage = async (file: FileHandle): Promise<string | undefined> => {
  const inflate = inflateOf((await formatOf(file)) ?? "", true);
  if (inflate === undefined) return undefined;
  const content = createCompressed(file, inflate);
  for (let at = 0; ; at += chunkBytes)
    if ((await content.read(at, chunkBytes)).length < chunkBytes) return content.damage();
};
