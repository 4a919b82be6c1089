import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";
import type { MatchesSignature } from "../domain/access/signature.ts";

/** HMAC-SHA256 of the content under the key, computed once and compared with each signature in constant time. */
export const matchesSignature: MatchesSignature = (key, content, signatures) => {
  // Not as a Buffer: to find out what a Buffer is, Node 24 throws and catches two exceptions each time.
  const secret = createSecretKey(key, "base64");
  const expected = createHmac("sha256", secret).update(content).digest();
  return signatures.some((signature) => {
    const given = Buffer.from(signature, "base64");
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
};
