import * as v from "valibot";
import type { GivenServerName } from "../event/server-name.ts";
import { isJsonObject } from "../large-integer.ts";
import { pointerStep } from "../problem.ts";
import { encodedLength, readData } from "./cloud-event-data.ts";
import { serverNameOfSource } from "./cloud-event-source.ts";
import { type Entry, refuseEntry, toEntry } from "./entry.ts";

const required = v.pipe(v.string("must be a string"), v.nonEmpty("must not be empty"));

/** The context attributes of CloudEvents 1.0 that every CloudEvent has, and a T-Server event as JSON. */
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
});

const noName =
  "source names no T-Server: write it as /servers/NAME or as NAME alone, percent-encoded. Or give ServerName in the event, or bind a name to the bridge's key";

const toServerName = (pointer: string, source: string): GivenServerName => {
  const value = serverNameOfSource(source);
  return value === undefined ? { pointer, value, why: noName } : { pointer, value };
};

const refuse = (pointer: string, text: string, name: string, why: string): Entry => {
  const detail = `${name} of the CloudEvent ${why}`;
  const problem = { pointer: pointer + pointerStep(name), code: "cloudevent-invalid", detail };
  return { kind: "refused", pointer, text, problem };
};

/**
 * Opens a CloudEvent: its `data` or `data_base64` is the event, and its `source` gives the server name. Its context
 * attributes are kept in the history but do not identify the event, because every repetition may carry new ones.
 */
export const openCloudEvent = (pointer: string, value: unknown): Entry => {
  // What is in base64 is measured when it has been decoded.
  const whole = toEntry(pointer, value, undefined, encodedLength(value));
  if (whole.kind === "refused") return whole;
  const { text } = whole;
  if (!isJsonObject(value)) {
    return refuseEntry(pointer, text, "wrong-type", "a CloudEvent must be a JSON object");
  }
  const read = v.safeParse(CloudEventSchema, value);
  if (!read.success) {
    const [issue] = read.issues;
    const name = String(issue.path?.[0].key);
    return refuse(pointer, text, name, name in value ? issue.message : "is missing");
  }
  const { data, data_base64: inBase64, ...context } = read.output;
  const found = readData(data, inBase64, context.datacontenttype);
  if ("why" in found) return refuse(pointer, text, found.name, found.why);
  return {
    ...toEntry(`${pointer}/${found.name}`, found.value, found.text),
    serverName: toServerName(`${pointer}/source`, read.output.source),
    kept: { cloudEvent: context },
  };
};
