import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLineSplitter, maxLineBytes } from "../../../bridge/reading/split-lines.ts";
import { readSource } from "../support/source-of.ts";

const line = (dn: string): string => `{"ThisDN":"${dn}"}`;
const lines = (count: number): string[] => Array.from({ length: count }, (_, dn) => line(`${dn}`));
const wheres = (events: readonly { readonly where: string }[]) => events.map(({ where }) => where);

describe("NULs", () => {
  it("before lines are passed over, however many, in any encoding and cut", async () => {
    const runs = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 });
    const encodings = fc.constantFrom<BufferEncoding>("utf8", "utf16le");
    const property = fc.asyncProperty(
      runs,
      encodings,
      fc.integer({ min: 1, max: 30 }),
      async (nuls, encoding, pieceBytes) => {
        const text = nuls.map((count, dn) => `${"\0".repeat(count)}${line(`${dn}`)}\n`).join("");
        const { events, unreadable } = await readSource(Buffer.from(text, encoding), {
          pieceBytes,
        });
        expect(events.map((event) => event.text)).toEqual(lines(nuls.length));
        expect(unreadable).toEqual([]);
        expect(wheres(events)).toEqual(nuls.map((_, index) => `f:${index + 1}`));
      },
    );
    await fc.assert(property);
  });

  it.each([
    ["at the beginning", "", 3],
    ["before a later line", `${line("9")}\n`, 4],
  ])("%s may be more than a line may be long", async (_, before, more) => {
    const nuls = Buffer.alloc(maxLineBytes + more);
    const { events, bytes } = await readSource(
      Buffer.concat([Buffer.from(before), nuls, Buffer.from(line("1"))]),
    );
    expect(events.at(-1)?.text).toBe(line("1"));
    expect(bytes).toBe(before.length + nuls.length + line("1").length);
  });

  it("where a line was torn do not hide what stands behind them", async () => {
    const text = `${line("1")}\0\0\n{"ThisDN":"2\0\0\0${line("3")}\n${line("4")}\0`;
    const { events, unreadable } = await readSource(text);
    expect(wheres(events)).toEqual(["f:1", "f:2", "f:3"]);
    expect(unreadable).toMatchObject([{ where: "f:2", text: '{"ThisDN":"2' }]);
  });

  it("between values of JSON over several lines say nothing, nor do marks", async () => {
    const { events } = await readSource(
      `\0\0[\n${line("1")}]\0\uFEFF[\0\n${line("2")}]\n\uFEFF{\n"a":1}`,
    );
    expect(events).toHaveLength(3);
  });

  it("without an end are refused, where they come from a pipe", async () => {
    const { error } = await readSource(Buffer.alloc(100), { pieceBytes: 10, mostNuls: 50 });
    expect(error).toBe("f gives NUL bytes without end, and no text");
    expect(await readSource(Buffer.alloc(100), { mostNuls: 100 })).toMatchObject({
      events: [],
      bytes: 100,
    });
  });
});

describe("several files in one", () => {
  it("may each begin with a byte order mark", async () => {
    const text = `\uFEFF${line("1")}\n\0\uFEFF${line("2")}\r\n`;
    for (const encoding of ["utf8", "utf16le"] as const)
      expect((await readSource(Buffer.from(text, encoding))).events.map((one) => one.text)).toEqual(
        [line("1"), line("2")],
      );
  });

  it("may go on in UTF-16, as PowerShell appends it", async () => {
    for (const swap of [(bytes: Buffer) => bytes, (bytes: Buffer) => bytes.swap16()]) {
      const wide = swap(Buffer.from(`${line("2ü")}\r\n${line("3")}\r\n`, "utf16le"));
      const read = await readSource(Buffer.concat([Buffer.from(`${line("1")}\n`), wide]));
      expect(read.events.map(({ text }) => text)).toEqual([line("1"), line("2ü"), line("3")]);
    }
  });
});

describe("what gzip packed", () => {
  const text = `${lines(200).join("\n")}\n`;
  const packed = gzipSync(text);

  it("may be several members, and padded", async () => {
    const { events, error } = await readSource(Buffer.concat([packed, packed, Buffer.alloc(20)]));
    expect([events.length, error]).toEqual([400, undefined]);
  });

  it("is read as far as it goes where it is cut off, which is an error", async () => {
    const property = fc.asyncProperty(
      fc.integer({ min: 3, max: packed.length - 1 }),
      fc.integer({ min: 1, max: 999 }),
      async (end, pieceBytes) => {
        const { events, unreadable, error } = await readSource(packed.subarray(0, end), {
          pieceBytes,
        });
        expect(error).toContain(
          "f is cut off or broken (gzip: unexpected end of file): what could be unpacked",
        );
        expect(events.map((event) => event.text)).toEqual(lines(200).slice(0, events.length));
        expect(unreadable.length).toBeLessThan(2);
      },
    );
    await fc.assert(property, { numRuns: 50 });
    const almost = await readSource(packed.subarray(0, -8));
    expect(almost.events).toHaveLength(200);
  });

  it("makes no event of half a block of a log", async () => {
    const log =
      "@08:00:00.1 [0] 8.1 send_to_client: message EventUnregistered\n\tAttributeThisDN\t'1'\n\tAttributeErr";
    const { events, error } = await readSource(gzipSync(log).subarray(0, -8));
    expect([events, error]).toEqual([[], expect.stringContaining("cut off")]);
  });

  it("is an error where it is broken, or something else follows it", async () => {
    const wrong = Buffer.concat([packed.subarray(0, -8), Buffer.alloc(8, 1)]);
    expect((await readSource(wrong)).error).toContain("(gzip: incorrect data check)");
    const followed = await readSource(Buffer.concat([packed, Buffer.from("more")]));
    expect(followed.error).toContain("(gzip: incorrect header check)");
  });

  it.each([
    ["zstd", "28b52ffd", "zstdcat"],
    ["xz", "fd377a585a00", "xzcat"],
    ["bzip2", "425a6839", "bzcat"],
    ["zip", "504b0304", "unzip -p"],
  ])("is the only kind that is unpacked: not %s", async (kind, hex, program) => {
    const { error } = await readSource(Buffer.from(`${hex}0000`, "hex"), { pieceBytes: 1 });
    expect(error).toBe(
      `f is compressed with ${kind}, which the bridge does not read: unpack it into a pipe (${program} FILE | … -)`,
    );
  });
});

describe("lines", () => {
  it("are the same however the bytes are cut, and say how far they reach", () => {
    const bytes = fc
      .uint8Array({ maxLength: 60 })
      .map((some) => Buffer.from(some.map((byte) => [0, 10, 65, 200][byte % 4] ?? 0)));
    const property = fc.property(bytes, fc.integer({ min: 1, max: 20 }), (whole, pieceBytes) => {
      const splitter = createLineSplitter();
      const found = [];
      for (let from = 0; from < whole.length; from += pieceBytes)
        found.push(...splitter.push(whole.subarray(from, from + pieceBytes)));
      found.push(...splitter.end());
      const ends = [...whole.keys()].filter((at) => whole[at] === 10).map((at) => at + 1);
      expect(found.map(({ end }) => end)).toEqual(
        whole.at(-1) === 10 || whole.length === 0 ? ends : [...ends, whole.length],
      );
      const once = createLineSplitter();
      expect(found).toEqual([...once.push(whole), ...once.end()]);
    });
    fc.assert(property);
  });
});

describe("what JSON allows in a line", () => {
  it("is no end of it: U+2028, a lone surrogate that is escaped", async () => {
    const text = '{"a":"x\u2028y\u2029\u0085"}\n{"b":"\\ud800"}\n';
    const { events } = await readSource(text);
    expect(events.map((event) => event.text)).toEqual(text.trim().split("\n"));
  });
});

describe("the beginning of a source", () => {
  it.each([
    ["nothing", "", undefined],
    ["white space", " \n\r\n", undefined],
    [
      "no format that is known",
      "a,b\n1,2\n",
      "f does not look like a format that the bridge reads: give it with --format",
    ],
    [
      "no format that is known, in a long line",
      "x".repeat(2 ** 21),
      "f does not look like a format",
    ],
  ])("may be %s", async (_, text, error) => {
    const read = await readSource(text);
    expect(read.events).toEqual([]);
    if (error === undefined) expect(read.error).toBeUndefined();
    else expect(read.error).toContain(error);
  });

  it("is not waited for longer than for a line", async () => {
    const { events } = await readSource(`${line("1")}\n${line("2")}`, { pieceBytes: 1 });
    expect(wheres(events)).toEqual(["f:1", "f:2"]);
  });
});
