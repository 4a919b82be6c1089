import { StringDecoder } from "node:string_decoder";

/** Turns text in pieces, which may end within a character, into UTF-8. `end` gives what the last piece leaves over. */
export type Utf8Converter = {
  readonly push: (chunk: Buffer) => Buffer;
  readonly end: () => Buffer;
};

type Decoder = {
  readonly write: (chunk: Buffer) => string;
  readonly end: () => string;
};

/** What stands for what an encoding does not allow: `refused` is a byte that UTF-8 does not allow either. */
export const broken = { refused: Buffer.of(0xff), shown: Buffer.from("\uFFFD") };

const encode = (text: string, instead: Buffer): Buffer => {
  const [first = "", ...others] = text.split(/\p{Surrogate}|\uFFFD/u);
  const rest = others.flatMap((part) => [instead, Buffer.from(part)]);
  return Buffer.concat([Buffer.from(first), ...rest]);
};

/** UTF-16 with its bytes swapped, however it is cut. */
const createBigEndianDecoder = (): Decoder => {
  const decoder = new StringDecoder("utf16le");
  let odd = Buffer.alloc(0);
  return {
    write: (chunk) => {
      const bytes = Buffer.concat([odd, chunk]);
      const even = bytes.length - (bytes.length % 2);
      odd = bytes.subarray(even);
      return decoder.write(bytes.subarray(0, even).swap16());
    },
    end: () => decoder.end(),
  };
};

const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** The TextDecoder of Node 22.13 takes windows-1252 for Latin-1 (nodejs/node#56542). */
const windows1252Decoder: Decoder = {
  write: (chunk) =>
    chunk
      .toString("latin1")
      .replaceAll(/[\u0080-\u009f]/g, (char) => windows1252.charAt(char.charCodeAt(0) - 0x80)),
  end: () => "",
};

const createDecoder = (encoding: string): Decoder => {
  if (encoding === "utf-16le") return new StringDecoder("utf16le");
  if (encoding === "utf-16be") return createBigEndianDecoder();
  if (encoding === "windows-1252") return windows1252Decoder;
  const decoder = new TextDecoder(encoding);
  return {
    write: (chunk) => decoder.decode(chunk, { stream: true }),
    end: () => decoder.decode(),
  };
};

/** Makes a converter from an encoding; UTF-8 stays as it is. `instead` stands for what the encoding does not allow. */
export const createUtf8Converter = (encoding: string, instead: Buffer): Utf8Converter => {
  if (encoding === "utf-8") return { push: (chunk) => chunk, end: () => Buffer.alloc(0) };
  const decoder = createDecoder(encoding);
  return {
    push: (chunk) => encode(decoder.write(chunk), instead),
    end: () => encode(decoder.end(), instead),
  };
};
