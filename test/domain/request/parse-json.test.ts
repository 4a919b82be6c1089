import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isJsonObject, isLargeInteger } from "../../../lambda/domain/large-integer.ts";
import { parseJson } from "../../../lambda/domain/request/parse-json.ts";

const again = (text: string): string => JSON.stringify(parseJson(text)?.value);

describe("parseJson", () => {
  it.each([
    "33497843125542913",
    "-9223372036854775808",
    "9007199254740993",
    "123456789012345678901234567890",
    '{"conn-1":33497843125542913,"list":[[18446744073709551615]]}',
    '{"rawJSON":33497843125542913}',
    '{"__proto__":33497843125542913}',
    '{"a":1e400,"b":[-1E+400,1.5e0999]}',
    "1".repeat(400),
    `${"1".repeat(400)}.5`,
  ])("keeps the digits of %s", (text) => {
    expect(again(text)).toBe(text);
  });

  it.each([
    ["what a number holds", "[9007199254740991,-9007199254740991,9007199254740992]"],
    ["text of digits", '["33497843125542913","a 33497843125542913"]'],
    ["a fraction beside many digits", '["33497843125542913",0.1,-0,1e300]'],
    ["an exponent that a number holds", '[1e308,-1.7E+308,1e-400,"1e400"]'],
    ["a long fraction", "[0.1000000000000000055511151231257827]"],
    ["a fraction of many digits", "[33497843125542913.5]"],
    ["an exponent", "[33497843125542913e0]"],
    ["no digits at all", "{}"],
  ])("reads %s as JSON.parse does", (_, text) => {
    expect(parseJson(text)).toEqual({ value: JSON.parse(text) });
  });

  it("takes the last of several members of one name", () => {
    expect(again('{"a":33497843125542913,"a":1}')).toBe('{"a":1}');
    expect(again('{"a":1,"a":33497843125542913}')).toBe('{"a":33497843125542913}');
  });

  it("is undefined for what is not JSON", () => {
    expect(parseJson("{")).toBeUndefined();
    expect(parseJson("033497843125542913")).toBeUndefined();
  });

  it("reads what is nested more deeply than members can be walked", () => {
    const deep = `${"[".repeat(200_000)}33497843125542913${"]".repeat(200_000)}`;
    expect(parseJson(deep)).toBeDefined();
    const beside = `[{"a":33497843125542913},${"[".repeat(9_000)}1${"]".repeat(9_000)}]`;
    expect(JSON.stringify(Object(parseJson(beside)?.value)[0])).toBe('{"a":33497843125542913}');
  });

  it("takes no text for a number, whatever characters it has", () => {
    const text = JSON.stringify(["\ue0001", "\ue0011", '\\"12345678901234567890', "\\"]);
    expect(again(`[33497843125542913,${text}]`)).toBe(`[33497843125542913,${text}]`);
    expect(again('[33497843125542913,"\\uE0001"]')).toBe('[33497843125542913,"\ue0001"]');
    const all = Array.from({ length: 16 }, (_, index) => String.fromCharCode(0xe000 + index));
    expect(parseJson(`[33497843125542913,"${all.join("")}"]`)).toEqual({
      value: [33_497_843_125_542_912, all.join("")],
    });
  });

  it("keeps the digits of every integer, anywhere, and everything else as JSON.parse reads it", () => {
    const integer = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    fc.assert(
      fc.property(integer, fc.jsonValue(), (number, value) => {
        const text = `{"a":[${number},{"b":${number}}],"c":${JSON.stringify(value)}}`;
        expect(again(text)).toBe(
          `{"a":[${number},{"b":${number}}],"c":${JSON.stringify(JSON.parse(JSON.stringify(value)))}}`,
        );
      }),
    );
  });
});

describe("a large integer", () => {
  const large = parseJson("33497843125542913")?.value;

  it("is no object with members, and an object that looks like one is no large integer", () => {
    expect([isLargeInteger(large), isJsonObject(large)]).toEqual([true, false]);
    expect([isLargeInteger({ rawJSON: "1" }), isJsonObject({ rawJSON: "1" })]).toEqual([
      false,
      true,
    ]);
  });
});
