import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readApiAddresses } from "../../../bridge/http/api-address.ts";
import { UsageError } from "../../../bridge/terminal/usage-error.ts";

const read = (...given: string[]) => readApiAddresses(given);

describe("an address", () => {
  it.each([
    ["https://api.example", "https://api.example"],
    ["https://API.example:443/prod/", "https://api.example/prod"],
    ["https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"],
    ["http://localhost:3000", "http://localhost:3000"],
    ["http://LOCALHOST", "http://localhost"],
    ["http://127.0.0.1:3000/", "http://127.0.0.1:3000"],
    ["http://127.8.9.1", "http://127.8.9.1"],
    ["http://127.1", "http://127.0.0.1"],
    ["http://2130706433", "http://127.0.0.1"],
    ["http://0x7f.1", "http://127.0.0.1"],
    ["http://[::1]:3000", "http://[::1]:3000"],
    ["http://[0:0:0:0:0:0:0:1]", "http://[::1]"],
    ["http://[::ffff:127.0.0.1]", "http://[::ffff:7f00:1]"],
  ])("is taken, and spelled as URL does: %s", (given, expected) => {
    expect(read(given)).toEqual([expected]);
  });

  it.each([
    "http://api.example",
    "http://localhost.example.com",
    "http://localhost.",
    "http://x.localhost",
    "http://127.0.0.1.example.com",
    "http://127.0.0.1.nip.io",
    "http://128.0.0.1",
    "http://10.0.0.1",
    "http://0.0.0.0",
    "http://[::]",
    "http://[::2]",
    "http://[::ffff:10.0.0.1]",
    "http://[64:ff9b::127.0.0.1]",
    "http://2130706432000",
    "http://192.168.1.1:3000",
  ])("without TLS is for this machine only: %s", (given) => {
    expect(() => read(given)).toThrow(UsageError);
    expect(() => read(given)).toThrow(/^--url: /);
  });

  it.each([
    ["http://api.example:8080/prod", "give https://api.example:8080"],
    ["https://ann:s3cret@api.example", "without user and password"],
    ["https://ann@api.example", "without user and password"],
    ["https://api.example?stage=x", "without ? and #: https://api.example"],
    ["https://api.example/#top", "without ? and #: https://api.example"],
    ["https://api.example?", "without ? and #"],
    ["ftp://api.example", "give the address with https://"],
    ["api.example", "give the address with https://"],
    ["", "give the address with https://"],
    ["https://", "give the address with https://"],
    ["https://a.example,https://b.example", "give --url again"],
    ["https://a.example https://b.example", "give --url again"],
  ])("is refused with what to do: %s", (given, message) => {
    expect(() => read(given)).toThrow(message);
  });

  it("is never repeated with its password", () => {
    expect(() => read("http://ann:s3cret@10.0.0.1?a")).not.toThrow("s3cret");
  });

  it("in IPv4 is on this machine if it begins with 127, in whatever spelling", () => {
    fc.assert(
      fc.property(fc.noBias(fc.integer({ min: 0, max: 2 ** 32 - 1 })), (number) => {
        const isHere = number >>> 24 === 127;
        for (const text of [`http://${number}`, `http://0x${number.toString(16)}`])
          if (isHere) expect(read(text)).toHaveLength(1);
          else expect(() => read(text)).toThrow(UsageError);
      }),
    );
  });
});

it("addresses keep their order, and each counts once", () => {
  const [a, b] = ["https://a.example", "https://b.example/prod"];
  expect(read(b, `${a}/`, "https://B.example/prod/v1/events", a)).toEqual([b, a]);
});
