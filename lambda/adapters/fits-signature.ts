import { createHmac, timingSafeEqual } from "node:crypto";
import type { FitsSignature } from "../domain/request/signature.ts";

/** HMAC-SHA256 of the content under the key, worked out once and held against each signature in constant time. */
export const fitsSignature: FitsSignature = (key, content, signatures) => {
  const expected = createHmac("sha256", Buffer.from(key, "base64")).update(content).digest();
  return signatures.some((signature) => {
    const given = Buffer.from(signature, "base64");
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
};
