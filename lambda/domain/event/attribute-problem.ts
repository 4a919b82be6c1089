import type * as v from "valibot";
import { type Problem, pointerStep } from "../problem.ts";
import { readTime } from "../time.ts";
import type { SpelledEvent } from "./spell-out.ts";

/** JSON Pointer to an attribute within its event; a missing attribute is named by its own name. */
export const pathOf = (paths: Readonly<Record<string, string>>, name: string): string =>
  paths[name] ?? pointerStep(name);

// Of a time in two attributes, the one that is at fault.
const faultyIn = (name: string, { paths, values }: SpelledEvent): string =>
  name === "time" &&
  paths.time === paths.TimeinSecs &&
  readTime({ sec: values.TimeinSecs }) !== undefined
    ? "TimeinuSecs"
    : name;

/** Turns valibot's issue into a problem, without the caller's value, which valibot's own messages repeat. */
export const toProblem = (
  issue: v.BaseIssue<unknown>,
  spelled: SpelledEvent,
  eventPointer: string,
  eventName: string,
): Problem => {
  const name = String(issue.path?.[0].key);
  const { paths, values } = spelled;
  if (name === "time" && values.time === undefined && values.TimeinuSecs !== undefined) {
    const detail = "TimeinSecs is missing beside TimeinuSecs";
    return { pointer: `${eventPointer}/TimeinSecs`, code: "missing", detail };
  }
  const pointer = eventPointer + pathOf(paths, faultyIn(name, spelled));
  if (!Object.hasOwn(values, name)) {
    return { pointer, code: "missing", detail: `${name} is mandatory in an ${eventName}` };
  }
  const code = issue.kind === "schema" ? "wrong-type" : "invalid-value";
  return { pointer, code, detail: `${name} ${issue.message}` };
};
