import * as v from "valibot";
import { CustomerIDSchema, ReasonSchema, SeveritySchema } from "./alert.ts";

/** What names a loss: one time that a DN on a server was unregistered unexpectedly, by the status's alert id. */
export const LossKeySchema = v.object({
  thisDN: v.string(),
  server: v.string(),
  lossId: v.string(),
});
export type LossKey = v.InferOutput<typeof LossKeySchema>;

/** Which alert a loss is part of. */
export const AlertKeySchema = v.object({ subject: v.string(), number: v.number() });
export type AlertKey = v.InferOutput<typeof AlertKeySchema>;

/**
 * A loss and what was decided about it. `lostAt` by the T-Server, all other times by our clock, in microseconds.
 * - `passed`: over within the hold-down, nobody was alerted.
 * - `held`: waits for a maintenance window's end, or for a link, server or bridge to come back.
 * - `alerted`: part of an alert; it is still lost while `endedAt` is absent.
 * - `ended`: over while it was held, nobody was alerted.
 */
export const LossSchema = v.object({
  ...LossKeySchema.entries,
  revision: v.number(),
  state: v.picklist(["passed", "held", "alerted", "ended"]),
  lostAt: v.number(),
  learntAt: v.number(),
  decidedAt: v.number(),
  applications: v.array(v.string()),
  severity: SeveritySchema,
  reason: ReasonSchema,
  /** The reason in a few words, without any time, so that equal ones can be counted. */
  cause: v.optional(v.string()),
  customerID: CustomerIDSchema,
  /** What holds it: `window/<id>`, `server`, `bridge/<application>`, or its `hold-down` while other changes of the DN hide when it began. */
  heldBy: v.optional(v.string()),
  alert: v.optional(v.object({ ...AlertKeySchema.entries, alertId: v.string() })),
  endedAt: v.optional(v.number()),
  endedBy: v.optional(v.picklist(["registered", "requested", "retired"])),
  /** Each step in words: verdict and evidence, hold-down, window, inhibition, incident. The newest 20. */
  trail: v.array(v.object({ at: v.number(), words: v.string() })),
});
export type Loss = v.InferOutput<typeof LossSchema>;

/** Whether a loss is a member of its alert that is still missing. */
export const isMissing = ({ state, endedAt }: Loss): boolean =>
  state === "alerted" && endedAt === undefined;
