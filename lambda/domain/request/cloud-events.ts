import * as v from "valibot";
import type { GivenServerName } from "../event/server-name.ts";
import { isJsonObject } from "../large-integer.ts";
import { type Problem, pointerStep } from "../problem.ts";
import { type Entry, refuseEntry, toEntry } from "./entry.ts";

const required = v.pipe(v.string("must be a string"), v.nonEmpty("must not be empty"));

/** The context attributes of CloudEvents 1.0 that every CloudEvent has, and a T-Server event as JSON in `data`. */
const CloudEventSchema = v.looseObject({
  specversion: v.literal("1.0", "must be 1.0"),
  id: required,
  source: required,
  type: required,
  datacontenttype: v.optional(
    v.pipe(
      v.string("must be a string"),
      v.regex(/^[^;]*[/+]json *(?:;|$)/i, "must be JSON: give the event as JSON in data"),
    ),
  ),
  data: v.unknown(),
});

const toServerName = (pointer: string, source: string): GivenServerName => {
  try {
    return { pointer, value: decodeURIComponent(source) };
  } catch {
    // Not percent-encoded as a URI must be: it gives no name, so an event that needs one is rejected.
    return { pointer, value: null };
  }
};

const toProblem = (pointer: string, value: object, issue: v.BaseIssue<unknown>): Problem => {
  const name = String(issue.path?.[0].key);
  return {
    pointer: pointer + pointerStep(name),
    code: "cloudevent-invalid",
    detail: `${name} of the CloudEvent ${name in value ? issue.message : "is missing"}`,
  };
};

/**
 * Opens a CloudEvent: its `data` is the event, and its `source`, percent-decoded, the server name. Its context attributes are
 * kept in the history but do not identify the event, because every repetition may carry new ones.
 */
export const openCloudEvent = (pointer: string, value: unknown): Entry => {
  const whole = toEntry(pointer, value);
  if (whole.kind === "refused") return whole;
  const { text } = whole;
  if (!isJsonObject(value)) {
    return refuseEntry(pointer, text, "wrong-type", "a CloudEvent must be a JSON object");
  }
  const read = v.safeParse(CloudEventSchema, value);
  if (!read.success) {
    return { kind: "refused", pointer, text, problem: toProblem(pointer, value, read.issues[0]) };
  }
  const { data, ...context } = read.output;
  return {
    ...toEntry(`${pointer}/data`, data, JSON.stringify(data)),
    serverName: toServerName(`${pointer}/source`, read.output.source),
    kept: { cloudEvent: context },
  };
};
