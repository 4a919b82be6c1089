import type { EvaluationRequest } from "../domain/alerting/evaluation-message.ts";

/** Hands requests to the evaluator's queue. Throws when not all were taken: all may be handed over again. */
export type RequestEvaluation = (requests: readonly EvaluationRequest[]) => Promise<void>;
