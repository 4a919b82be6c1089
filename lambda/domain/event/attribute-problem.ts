import type * as v from "valibot";
import { type Problem, pointerStep } from "../problem.ts";
import type { Spelled, SpelledEvent } from "./spellings.ts";

/** Where an attribute stands in the body, or, where it is missing, where it would stand in the reference's spelling. */
export const locate = (
  attributes: ReadonlyMap<string, readonly [Spelled, ...Spelled[]]>,
  name: string,
  eventPointer: string,
): string =>
  attributes.get(name)?.[0].pointer ??
  eventPointer + pointerStep(name).replace("InfoStatus.", "InfoStatus/");

/** Turns what valibot says into a problem of ours, without the caller's value, which valibot's own messages repeat. */
export const toProblem = (
  issue: v.BaseIssue<unknown>,
  spelled: SpelledEvent,
  eventPointer: string,
  eventName: string,
): Problem => {
  const name = String(issue.path?.[0].key);
  const attributes: ReadonlyMap<string, readonly [Spelled, ...Spelled[]]> = spelled.attributes;
  const pointer = locate(attributes, name, eventPointer);
  if (!attributes.has(name)) {
    return { pointer, code: "missing", detail: `${name} is mandatory in an ${eventName}` };
  }
  const code = issue.kind === "schema" ? "wrong-type" : "invalid-value";
  return { pointer, code, detail: `${name} ${issue.message}` };
};
