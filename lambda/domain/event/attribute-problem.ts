import type * as v from "valibot";
import { type Problem, pointerStep } from "../problem.ts";
import type { SpelledEvent } from "./spell-out.ts";

/** Where an attribute stands in the event, or, where it is missing, where it would stand in the reference's spelling. */
export const pathOf = (paths: Readonly<Record<string, string>>, name: string): string =>
  paths[name] ?? pointerStep(name).replace("InfoStatus.", "InfoStatus/");

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
