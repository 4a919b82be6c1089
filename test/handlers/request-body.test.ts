import { describe, expect, it } from "vitest";
import { bytesOf, textOf } from "../../lambda/handlers/request-body.ts";

describe("the body of a request", () => {
  it("is what was sent, byte for byte, however API Gateway carries it", () => {
    const sent = Buffer.from([0x00, 0xff, 0xc3, 0xa9]);
    expect(bytesOf({ body: sent.toString("base64"), isBase64Encoded: true })).toEqual(sent);
    expect(bytesOf({ body: "é\r\n", isBase64Encoded: false })).toEqual(Buffer.from("é\r\n"));
  });

  it("is empty when there is none", () => {
    expect(bytesOf({ isBase64Encoded: false })).toHaveLength(0);
  });

  it("is text where it is UTF-8", () => {
    expect(textOf(Buffer.from("\ufeffé"))).toBe("é");
    expect(textOf(new Uint8Array([0xc3, 0x28]))).toBeUndefined();
  });
});
