/** Turns text in pieces, which may end within a character, into UTF-8. `end` gives what the last piece leaves over. */
export type Utf8Converter = {
  readonly push: (chunk: Buffer) => Buffer;
  readonly end: () => Buffer;
};

type Decoder = {
  readonly write: (chunk: Buffer) => string;
  readonly end: () => string;
  /** What stands in its text for what the encoding does not allow. */
  readonly broken: RegExp;
};

/** What stands for what an encoding does not allow: `refused` is a byte that UTF-8 does not allow either. */
export const broken = { refused: Buffer.of(0xff), shown: Buffer.from("\uFFFD") };

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** Unlike Node's decoders it keeps a surrogate that stands alone, and joins a pair that comes byte by byte. */
const createUtf16Decoder = (isBigEndian: boolean): Decoder => {
  let rest = Buffer.alloc(0);
  return {
    write: (chunk) => {
      const bytes = Buffer.concat([rest, chunk]);
      const units = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
      if (isBigEndian) units.swap16();
      const isHalf = units.length > 0 && isHighSurrogate(units.readUInt16LE(units.length - 2));
      const length = units.length - (isHalf ? 2 : 0);
      rest = bytes.subarray(length);
      return units.toString("utf16le", 0, length);
    },
    // Half a character is left where a file is cut off: of a line end, most likely.
    end: () => (rest.length > 1 ? "\uD800" : ""),
    broken: /\p{Surrogate}/u,
  };
};

const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

const createDecoder = (encoding: string): Decoder => {
  const isBigEndian = encoding === "utf-16be";
  if (isBigEndian || encoding === "utf-16le") return createUtf16Decoder(isBigEndian);
  const replaced = { broken: /\uFFFD/ };
  // The TextDecoder of Node 22.13 takes windows-1252 for Latin-1 (nodejs/node#56542).
  if (encoding === "windows-1252") {
    const toText = (char: string): string => windows1252.charAt(char.charCodeAt(0) - 0x80);
    const write = (chunk: Buffer): string =>
      chunk.toString("latin1").replaceAll(/[\u0080-\u009f]/g, toText);
    return { ...replaced, write, end: () => "" };
  }
  const decoder = new TextDecoder(encoding);
  return {
    ...replaced,
    write: (chunk) => decoder.decode(chunk, { stream: true }),
    end: () => decoder.decode(),
  };
};

/** Makes a converter from an encoding; UTF-8 stays as it is. `instead` stands for what the encoding does not allow. */
export const createUtf8Converter = (encoding: string, instead: Buffer): Utf8Converter => {
  if (encoding === "utf-8") return { push: (chunk) => chunk, end: () => Buffer.alloc(0) };
  const decoder = createDecoder(encoding);
  const encode = (text: string): Buffer => {
    const [first = "", ...others] = text.split(decoder.broken);
    const rest = others.flatMap((part) => [instead, Buffer.from(part)]);
    return Buffer.concat([Buffer.from(first), ...rest]);
  };
  return {
    push: (chunk) => encode(decoder.write(chunk)),
    end: () => encode(decoder.end()),
  };
};
