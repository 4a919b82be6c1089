import * as v from "valibot";
import { isoTime } from "../domain/time-schema.ts";

/** A time as a parameter of this name, in microseconds. */
export const time = (name: string) => isoTime(`${name} `);
/** The maximum number of entries to answer: 50 by default. */
export const limit = v.optional(
  v.pipe(
    v.string(),
    v.regex(/^\d{1,3}$/, "limit must be a whole number from 1 to 500"),
    v.transform(Number),
    v.minValue(1, "limit must be at least 1"),
    v.maxValue(500, "limit must be at most 500"),
  ),
  "50",
);
/** A text as a parameter of this name. */
export const text = (name: string, maxLength: number) => {
  const rule = `${name} must have 1 to ${maxLength} characters`;
  return v.pipe(v.string(), v.minLength(1, rule), v.maxLength(maxLength, rule));
};
const flag = (name: string) =>
  v.optional(
    v.pipe(
      v.picklist(["true", "false"], `${name} must be true or false`),
      v.transform((word) => word === "true"),
    ),
  );
/** The position at which a list continues, from an earlier answer. */
export const cursor = v.optional(text("cursor", 4096));

/** `GET /v1/registrations?thisDN=…`: the DNs themselves are read separately, because there may be many. */
export const ByDnSchema = v.strictObject({ at: v.optional(time("at")), cursor });

/** `GET /v1/registrations` as a list. */
export const ListSchema = v.strictObject({
  status: v.optional(
    v.picklist(["registered", "unregistered"], "status must be registered or unregistered"),
  ),
  verdict: v.optional(
    v.picklist(["expected", "unexpected"], "verdict must be expected or unexpected"),
  ),
  server: v.optional(text("server", 128)),
  customerID: v.optional(text("customerID", 128)),
  prefix: v.optional(text("prefix", 255)),
  application: v.optional(text("application", 64)),
  stale: flag("stale"),
  retired: flag("retired"),
  changedSince: v.optional(time("changedSince")),
  order: v.optional(v.picklist(["newest", "oldest"], "order must be newest or oldest")),
  limit,
  cursor,
});

/** `GET /v1/history`. */
export const HistorySchema = v.strictObject({
  thisDN: text("thisDN", 255),
  server: v.optional(text("server", 128)),
  application: v.optional(text("application", 64)),
  from: v.optional(time("from")),
  to: v.optional(time("to")),
  limit,
  cursor,
});
