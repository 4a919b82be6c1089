/**
 * What is wrong with (or was dropped from) one event: a JSON Pointer into the body, a stable code, text without the
 * caller's values.
 */
export type Problem = { pointer: string; code: string; detail: string };

/** One step of a JSON Pointer (RFC 6901). */
export const pointerStep = (name: string | number): string =>
  `/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
