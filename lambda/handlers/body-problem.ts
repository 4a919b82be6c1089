import type * as v from "valibot";
import { type Problem, pointerStep } from "../domain/problem.ts";

const pointerOf = ({ path }: v.BaseIssue<unknown>): string =>
  (path ?? []).map(({ key }) => pointerStep(String(key))).join("");

/**
 * Turns valibot's issue about a body into a problem of ours, without the caller's value, which valibot's own messages
 * repeat.
 */
export const toBodyProblem = (issue: v.BaseIssue<unknown>): Problem => {
  const pointer = pointerOf(issue);
  // A strict object reports a missing or surplus member; for any other kind of value, the message is ours.
  if (issue.type !== "strict_object" || issue.path === undefined) {
    const code = issue.kind === "schema" ? "wrong-type" : "invalid-value";
    return { pointer, code, detail: issue.message };
  }
  return issue.expected === "never"
    ? { pointer, code: "unknown", detail: "is not known here" }
    : { pointer, code: "missing", detail: "is mandatory" };
};
