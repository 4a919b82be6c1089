import { signatureToleranceSeconds } from "../lambda/domain/access/signature.ts";

const clock = (skewSeconds: number): string =>
  `this machine's clock is ${Math.abs(skewSeconds)} s ${skewSeconds > 0 ? "ahead of" : "behind"} the server's: set it (NTP)`;

/** A sentence: what is wrong with the signature, and what to do. A positive skew means that our clock is ahead. */
export const explainUnauthorized = (refusal: {
  readonly why: string;
  readonly clockSkewSeconds: number;
}): string => {
  const mend =
    Math.abs(refusal.clockSkewSeconds) >= signatureToleranceSeconds
      ? clock(refusal.clockSkewSeconds)
      : "the clock is right, so it is the key: it belongs to another stack, was revoked, or was added less than a minute ago (npm run keys -- list shows the live ones)";
  return `${refusal.why}\n${mend}`;
};
