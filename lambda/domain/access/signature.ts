import type { BridgeKey } from "./bridge-key.ts";

/** The three headers of Standard Webhooks, as they came. */
export type SignatureHeaders = {
  id: string | undefined;
  timestamp: string | undefined;
  signature: string | undefined;
};

/** Whether one of the signatures (base64) matches the content under a key (base64), compared in constant time. */
export type MatchesSignature = (
  key: string,
  content: Uint8Array,
  signatures: readonly string[],
) => boolean;

/** What names a signed request: its `webhook-id`, and its `webhook-timestamp` in unix seconds. */
export type SignedRequest = { id: string; timestamp: number };

/**
 * What the signature proves. A stale signature may still match a key: then the bridge's clock is wrong, or an old
 * request is repeated.
 */
export type Verification =
  | { kind: "verified"; key: BridgeKey; request: SignedRequest }
  | { kind: "missing"; detail: string }
  | { kind: "stale"; key: BridgeKey | undefined; request: SignedRequest; detail: string }
  | { kind: "wrong"; detail: string };

/** How far a request's `webhook-timestamp` may be from our clock, either way. */
export const signatureToleranceSeconds = 300;
const maxSignatures = 8; // A rotation needs two.
const encoder = new TextEncoder();

const findKey = (
  keys: readonly BridgeKey[],
  fits: MatchesSignature,
  content: Uint8Array,
  header: string,
): BridgeKey | undefined => {
  const signatures = header
    .split(" ")
    .filter((part) => part.startsWith("v1,"))
    .slice(0, maxSignatures)
    .map((part) => part.slice("v1,".length));
  return keys.find(({ key }) => fits(key.slice("whsec_".length), content, signatures));
};

const toContent = (prefix: string, body: Uint8Array): Uint8Array => {
  const head = encoder.encode(prefix);
  const content = new Uint8Array(head.length + body.length);
  content.set(head);
  content.set(body, head.length);
  return content;
};

/**
 * Verifies a request as Standard Webhooks 1.0 says: HMAC over `id.timestamp.body`, five minutes of tolerance both ways,
 * several keys and several signatures. `now` in unix seconds.
 */
export const verifySignature = (
  headers: SignatureHeaders,
  body: Uint8Array,
  keys: readonly BridgeKey[],
  now: number,
  fits: MatchesSignature,
): Verification => {
  const { id, timestamp, signature } = headers;
  if (!id || !timestamp || !signature) {
    const detail = "webhook-id, webhook-timestamp and webhook-signature are all required";
    return { kind: "missing", detail };
  }
  if (id.includes(".") || !/^\d{1,12}$/.test(timestamp)) {
    const detail = "webhook-id must have no dot, webhook-timestamp must be unix seconds";
    return { kind: "wrong", detail };
  }
  const key = findKey(keys, fits, toContent(`${id}.${timestamp}.`, body), signature);
  const request = { id, timestamp: Number(timestamp) };
  if (Math.abs(now - request.timestamp) > signatureToleranceSeconds) {
    const detail =
      "webhook-timestamp is more than 5 minutes off: sign each attempt again, and compare your clock with the Date header";
    return { kind: "stale", key, request, detail };
  }
  if (key !== undefined) return { kind: "verified", key, request };
  const detail =
    "no live key matches webhook-signature: it must be v1,<base64> of the HMAC-SHA256 over id.timestamp.body, the body byte for byte as sent";
  return { kind: "wrong", detail };
};
