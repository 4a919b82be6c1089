import { createHash } from "node:crypto";
import type { Hash } from "../domain/event/event-id.ts";

const length = 22; // 132 bits: no two of a trillion events collide, and the status item stays within one write unit.

/** SHA-256 of the text, cut to 22 characters of base64url. */
export const hashText: Hash = (text) =>
  createHash("sha256").update(text).digest("base64url").slice(0, length);
