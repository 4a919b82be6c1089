import type * as v from "valibot";
import { type Problem, pointerStep } from "../problem.ts";
import type { SpelledEvent } from "./spell-out.ts";

/** JSON Pointer to an attribute within its event; a missing attribute is named by its own name. */
export const pathOf = (paths: Readonly<Record<string, string>>, name: string): string =>
  paths[name] ?? pointerStep(name);

/** Turns valibot's issue into a problem, without the caller's value, which valibot's own messages repeat. */
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
