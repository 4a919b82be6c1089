import * as v from "valibot";
import { ReasonSchema } from "../status/reason.ts";
import { SeverityFactsSchema } from "./severity.ts";

/** What names a loss: one time that a DN on a server was unregistered unexpectedly, by the status's alert id. */
export const LossKeySchema = v.object({
  thisDN: v.string(),
  server: v.string(),
  lossId: v.string(),
});
export type LossKey = v.InferOutput<typeof LossKeySchema>;

/** A loss's key as text, for maps. */
export const lossKeyText = ({ thisDN, server, lossId }: LossKey): string =>
  JSON.stringify([thisDN, server, lossId]);

/** Where a loss stands among those of its DN: by server, then by id. */
export const lossPlace = ({ server, lossId }: Omit<LossKey, "thisDN">): string =>
  `${server}#${lossId}`;

/** Which alert: its subject, and which of the alerts about that subject. */
export const AlertKeySchema = v.object({ subject: v.string(), number: v.number() });
export type AlertKey = v.InferOutput<typeof AlertKeySchema>;

/** An alert as a loss names it. Two evaluators may claim one key for alerts of different ids; one of these is then written. */
export const AlertReferenceSchema = v.object({ ...AlertKeySchema.entries, alertId: v.string() });
export type AlertReference = v.InferOutput<typeof AlertReferenceSchema>;

/** What is recorded of a loss in every state. `lostAt` by the T-Server, all other times by our clock, in microseconds. */
export const LossRecordSchema = v.object({
  ...LossKeySchema.entries,
  ...SeverityFactsSchema.entries,
  revision: v.number(),
  lostAt: v.number(),
  learntAt: v.number(),
  decidedAt: v.number(),
  applications: v.array(v.string()),
  /** How many applications there are, where not all are listed. */
  applicationsCount: v.optional(v.number()),
  reason: ReasonSchema,
  /** The reason in a few words, without any time, so that equal ones can be counted. */
  cause: v.optional(v.string()),
  customerID: v.optional(v.string()),
  /** Each step as text: verdict and evidence, hold-down, window, inhibition, incident. The newest 20. */
  trail: v.array(v.object({ at: v.number(), words: v.string() })),
});
export type LossRecord = v.InferOutput<typeof LossRecordSchema>;

/** What is recorded of a loss whatever its state, and nothing else. */
export const recordOf = (loss: LossRecord): LossRecord => v.parse(LossRecordSchema, loss);

const { entries } = LossRecordSchema;
const ended = {
  endedAt: v.number(),
  endedBy: v.picklist(["registered", "requested", "retired"]),
};

/** A loss that is over, and its state until then. */
const OverLossSchema = v.variant("as", [
  /** Within its hold-down, or before it was decided: no alert was published about it. */
  v.object({ ...entries, ...ended, state: v.literal("over"), as: v.literal("brief") }),
  /** While something held it back: no alert was published about it. */
  v.object({
    ...entries,
    ...ended,
    state: v.literal("over"),
    as: v.literal("held"),
    heldBy: v.string(),
  }),
  /** As a member of an alert. */
  v.object({
    ...entries,
    ...ended,
    state: v.literal("over"),
    as: v.literal("member"),
    alert: AlertReferenceSchema,
  }),
]);

/** A loss and what was decided about it. */
export const LossSchema = v.variant("state", [
  /** Its hold-down is not over. Stored only where other changes of the DN hide when it began. */
  v.object({ ...entries, state: v.literal("waiting") }),
  /** Held back by `window/<id>`, `server` or `bridge/<application>`. */
  v.object({ ...entries, state: v.literal("held"), heldBy: v.string() }),
  /** Claimed for an alert; the alert itself was not read yet, or is not written. */
  v.object({ ...entries, state: v.literal("claimed"), alert: AlertReferenceSchema }),
  /** A missing member of an alert that is written. */
  v.object({ ...entries, state: v.literal("alerted"), alert: AlertReferenceSchema }),
  OverLossSchema,
]);
export type Loss = v.InferOutput<typeof LossSchema>;

/** A loss in one of these states. */
export type LossIn<State extends Loss["state"]> = Extract<Loss, { state: State }>;

/** The alert that a loss is or was part of, or was claimed for. */
export const alertOf = (loss: Loss): AlertReference | undefined => {
  switch (loss.state) {
    case "waiting":
    case "held":
      return undefined;
    case "claimed":
    case "alerted":
      return loss.alert;
    case "over":
      return loss.as === "member" ? loss.alert : undefined;
  }
};

/** Whether a loss is, or is about to be, a missing member of an alert. */
export const isMissing = (loss: Loss): loss is LossIn<"claimed" | "alerted"> =>
  loss.state === "claimed" || loss.state === "alerted";

/** A claim whose alert is not written, as what it is: a loss that still waits. Nothing in it names that alert. */
export const withoutClaim = (loss: LossIn<"claimed">): LossIn<"waiting"> => ({
  ...recordOf(loss),
  trail: trailOf(loss),
  state: "waiting",
});

/**
 * A loss's trail without the steps that name the alert of its claim: that alert is not written, or not yet, and the
 * loss may become part of another one.
 */
export const trailOf = (loss: Loss | undefined): Loss["trail"] =>
  loss?.state === "claimed"
    ? loss.trail.filter(({ words }) => !words.includes(loss.alert.alertId))
    : (loss?.trail ?? []);

const maxSteps = 20;

/**
 * A loss's trail with one more step as text: it keeps the first step and the newest ones. `at` by our clock in
 * microseconds.
 */
export const addToTrail = (trail: Loss["trail"], at: number, words: string): Loss["trail"] => {
  const steps = [...trail, { at, words }];
  return steps.length <= maxSteps ? steps : [...steps.slice(0, 1), ...steps.slice(1 - maxSteps)];
};
