import * as v from "valibot";
import { AlertKeySchema } from "./loss.ts";

/**
 * What the evaluator is asked to evaluate. A message only says where to look: the evaluator reads the present state
 * again.
 * - `losses`: losses of one server that began, changed or are over.
 * - `alert`: an alert that is due.
 * - `connection`: a bridge's connection to a server, because it was heard or is due.
 * - `release`: losses of a server that are held, because what held them may be over.
 * - `sweep`: all registrations of an application on a server, from a position on (see use-cases/evaluate/sweep.ts).
 */
export const EvaluationMessageSchema = v.variant("kind", [
  v.object({
    kind: v.literal("losses"),
    server: v.string(),
    losses: v.array(v.object({ thisDN: v.string(), lossId: v.string() })),
  }),
  v.object({ kind: v.literal("alert"), ...AlertKeySchema.entries }),
  v.object({ kind: v.literal("connection"), server: v.string(), application: v.string() }),
  v.object({ kind: v.literal("release"), server: v.string() }),
  v.object({
    kind: v.literal("sweep"),
    server: v.string(),
    application: v.string(),
    sweepId: v.string(),
    from: v.optional(v.string()),
  }),
]);
export type EvaluationMessage = v.InferOutput<typeof EvaluationMessageSchema>;

/** The losses that a message names. */
export type NamedLosses = Extract<EvaluationMessage, { kind: "losses" }>["losses"];

/** Every loss once, in the order given. */
export const distinctLosses = (losses: NamedLosses): NamedLosses => [
  ...new Map(losses.map((loss) => [JSON.stringify([loss.thisDN, loss.lossId]), loss])).values(),
];

/** A request to the evaluator, which handles it after a delay in seconds. */
export type EvaluationRequest = { message: EvaluationMessage; delaySeconds: number };
