import type * as v from "valibot";
import { type Problem, pointerStep } from "../problem.ts";
import type { SpelledEvent } from "./spell-out.ts";

/** Where an attribute stands in the event; where a mandatory one is missing, it would stand under its own name. */
export const pathOf = (paths: Readonly<Record<string, string>>, name: string): string =>
  paths[name] ?? pointerStep(name);

/** Turns what valibot says into a problem of ours, without the caller's value, which valibot's own messages repeat. */
export const toProblem = (
  issue: v.BaseIssue<unknown>,
  { paths, values }: SpelledEvent,
  eventPointer: string,
  eventName: string,
): Problem => {
  const name = String(issue.path?.[0].key);
  const pointer = eventPointer + pathOf(paths, name);
  if (!Object.hasOwn(values, name)) {
    return { pointer, code: "missing", detail: `${name} is mandatory in an ${eventName}` };
  }
  const code = issue.kind === "schema" ? "wrong-type" : "invalid-value";
  return { pointer, code, detail: `${name} ${issue.message}` };
};
