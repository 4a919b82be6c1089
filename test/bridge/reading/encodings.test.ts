import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkEncoding } from "../../../bridge/reading/text-encoding.ts";
import { UsageError } from "../../../bridge/terminal/usage-error.ts";
import { readSource } from "../support/source-of.ts";

const utf16le = (text: string): Buffer => Buffer.from(text, "utf16le");
const utf16be = (text: string): Buffer => utf16le(text).swap16();
const writers = {
  "UTF-8": (text: string) => Buffer.from(text),
  "UTF-8 with a mark": (text: string) => Buffer.from(`\uFEFF${text}`),
  "UTF-16LE": utf16le,
  "UTF-16LE with a mark": (text: string) => utf16le(`\uFEFF${text}`),
  "UTF-16BE": utf16be,
  "UTF-16BE with a mark": (text: string) => utf16be(`\uFEFF${text}`),
};
const encodings = fc.constantFrom(...Object.values(writers));

/** The bytes of a text in a code page, character by character. */
const inCodePage = (label: string, text: string): Buffer => {
  const decoder = new TextDecoder(label);
  const codes = new Map<string, number[]>();
  for (let one = 0; one < 256; one += 1) codes.set(decoder.decode(Uint8Array.of(one)), [one]);
  for (let lead = 0x81; lead < 0xff; lead += 1)
    for (let trail = 0x40; trail < 0xff; trail += 1) {
      const char = decoder.decode(Uint8Array.of(lead, trail));
      if ([...char].length === 1 && !codes.has(char)) codes.set(char, [lead, trail]);
    }
  return Buffer.from([...text].flatMap((char) => codes.get(char) ?? []));
};

const plain = fc.array(
  fc.record({
    ThisDN: fc.string({ unit: "binary" }),
    Extensions: fc.constant({ name: "Žluťoučký 線" }),
  }),
  { minLength: 1, maxLength: 4 },
);
const log = `@08:00:00.3190 [0] 8.1.101.25 send_to_client: message EventUnregistered
\tAttributeThisDN\t'Приёмная 7001'
\tAttributeTimeinSecs\t1763452800 (08:00:00)
\tAttributeErrorCode\t59
`;

describe("the encoding of a source", () => {
  it("does not matter, nor how its bytes are cut, packed or ended", async () => {
    const lineEnds = fc.constantFrom("\n", "\r\n", "\r", "\r\r\n");
    const pieces = fc.integer({ min: 1, max: 50 });
    const property = fc.asyncProperty(
      plain,
      encodings,
      lineEnds,
      pieces,
      fc.boolean(),
      async (events, write, lineEnd, pieceBytes, isPacked) => {
        const texts = events.map((event) => JSON.stringify(event));
        const bytes = write(texts.map((text) => text + lineEnd).join(""));
        const given = isPacked ? gzipSync(bytes) : bytes;
        const read = await readSource(given, { pieceBytes });
        const expected = texts.map((text, index) => ({
          text,
          where: `f:${index + 1}`,
          form: "json",
        }));
        expect(read).toEqual({
          events: expected,
          unreadable: [],
          bytes: given.length,
          error: undefined,
        });
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });

  it("does not matter for JSON over several lines", async () => {
    const property = fc.asyncProperty(
      plain,
      encodings,
      fc.integer({ min: 1, max: 50 }),
      async (events, write, pieceBytes) => {
        const read = await readSource(write(JSON.stringify(events, undefined, 2)), { pieceBytes });
        expect(read.events.map(({ text }): unknown => JSON.parse(text))).toEqual(
          JSON.parse(JSON.stringify(events)),
        );
      },
    );
    await fc.assert(property);
  });

  it.each(Object.entries(writers))("does not matter for a log: %s", async (_, write) => {
    const { events } = await readSource(write(log), { pieceBytes: 7 });
    expect(events.map(({ text }): unknown => JSON.parse(text))).toMatchObject([
      { AttributeThisDN: "Приёмная 7001", AttributeErrorCode: 59 },
    ]);
  });

  it.each([
    ["windows-1250", "Žluťoučký €"],
    ["windows-1251", "Приёмная"],
    ["windows-1252", "“Größe” €"],
    ["windows-1253", "Υποδοχή"],
    ["ibm866", "Приёмная"],
    ["koi8-r", "Приёмная"],
    ["shift_jis", "受付ソ能"],
    ["gbk", "前台接待"],
    ["big5", "接待功"],
    ["euc-kr", "접수"],
  ])("is a code page where --encoding says so: %s", async (encoding, name) => {
    const json = inCodePage(encoding, `{"ThisDN":"${name}"}\n`);
    const spread = inCodePage(encoding, `[\n {"ThisDN":"${name}"}]`);
    for (const pieceBytes of [1, 2, 64]) {
      const texts = [
        await readSource(json, { encoding, pieceBytes }),
        await readSource(spread, { encoding, pieceBytes }),
      ];
      expect(texts.flatMap(({ events }) => events.map(({ text }) => text))).toEqual(
        Array(2).fill(`{"ThisDN":"${name}"}`),
      );
    }
    const { events } = await readSource(inCodePage(encoding, log.replace("Приёмная", name)), {
      encoding,
    });
    expect(events[0]?.text).toContain(`"${name} 7001"`);
  });

  it("is what a byte order mark says, whatever was given", async () => {
    const { events } = await readSource(writers["UTF-16LE with a mark"]('{"a":"ж"}\n'), {
      encoding: "gbk",
    });
    expect(events[0]?.text).toBe('{"a":"ж"}');
  });

  it("is known by any of its names, or refused with examples", () => {
    expect([undefined, "CP1251", "utf8", "SJIS"].map(checkEncoding)).toEqual([
      undefined,
      "windows-1251",
      "utf-8",
      "shift_jis",
    ]);
    expect(() => checkEncoding("klingon")).toThrow(UsageError);
    expect(() => checkEncoding("klingon")).toThrow("windows-1250");
  });
});

describe("what an encoding does not allow", () => {
  const latin = Buffer.from('{"a":1}\n{"b":"Müller"}\n{"c":1}\n', "latin1");
  it.each([
    ["UTF-8", latin, undefined],
    ["UTF-16LE", utf16le('{"a":1}\n{"b":"\ud800"}\n{"c":1}\n'), undefined],
    ["SHIFT_JIS", Buffer.from('{"a":1}\n{"b":"\xff"}\n{"c":1}\n', "latin1"), "shift_jis"],
  ])("is refused in a line of NDJSON: %s", async (name, bytes, encoding) => {
    const read = await readSource(bytes, { encoding });
    expect(read.unreadable).toMatchObject([{ where: "f:2", why: `not ${name}` }]);
    expect(read.events.map(({ where }) => where)).toEqual(["f:1", "f:3"]);
  });

  it("is refused in a value of JSON over several lines", async () => {
    const read = await readSource(Buffer.from('[{"a":1},\n{"b":"Müller"},\n{"c":1}]', "latin1"), {
      format: "json",
    });
    expect(read.unreadable).toMatchObject([{ where: "f[1]", why: "not UTF-8" }]);
    expect(read.events.map(({ where }) => where)).toEqual(["f[0]", "f[2]"]);
  });

  it("is shown in a log, whose other lines are of use", async () => {
    const broken = log.replace("Приёмная", "\ud800");
    expect((await readSource(utf16le(broken))).events[0]?.text).toContain("\uFFFD 7001");
    const oldHost = log.replace("Приёмная", "Müller");
    expect((await readSource(Buffer.from(oldHost, "latin1"))).events[0]?.text).toContain(
      "Müller 7001",
    );
  });
});
