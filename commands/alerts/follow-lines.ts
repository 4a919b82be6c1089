import { open } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";

/** A file that grows by whole lines. */
export type GrowingFile = {
  readonly path: string;
  /** Asked after each look: when it says false, what is there is read once more and the end is reached. */
  readonly goesOn: () => Promise<boolean>;
};

const readFrom = async (path: string, offset: number): Promise<Buffer> => {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return Buffer.alloc(0);
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(Math.max(0, size - offset));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

/** Hands over each line of the file, from its beginning on, as it comes; a file that is not there yet is empty. */
export const followLines = async (
  { path, goesOn }: GrowingFile,
  onLine: (line: string) => void,
): Promise<void> => {
  // A read may end in the middle of a character.
  const decoder = new StringDecoder("utf8");
  let offset = 0;
  let rest = "";
  for (let more = true; more; ) {
    more = await goesOn();
    const chunk = await readFrom(path, offset);
    offset += chunk.length;
    const lines = (rest + decoder.write(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") onLine(line);
  }
};
