import { describe, expect, it } from "vitest";
import { bodyBytesOf, bodyTextOf } from "../../lambda/handlers/request-body.ts";

describe("the body of a request", () => {
  it("is what was sent, byte for byte, however API Gateway carries it", () => {
    const sent = Buffer.from([0x00, 0xff, 0xc3, 0xa9]);
    expect(bodyBytesOf({ body: sent.toString("base64"), isBase64Encoded: true })).toEqual(sent);
    expect(bodyBytesOf({ body: "é\r\n", isBase64Encoded: false })).toEqual(Buffer.from("é\r\n"));
  });

  it("is empty when there is none", () => {
    expect(bodyBytesOf({ isBase64Encoded: false })).toHaveLength(0);
  });

  it("is text where it is UTF-8", () => {
    expect(bodyTextOf(Buffer.from("\ufeffé"))).toBe("é");
    expect(bodyTextOf(new Uint8Array([0xc3, 0x28]))).toBeUndefined();
  });
});
