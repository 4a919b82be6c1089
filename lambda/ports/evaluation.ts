import type { EvaluationRequest } from "../domain/alerting/evaluation-message.ts";

/** Sends requests to the evaluator's queue. Throws when not all were accepted: then all may be sent again. */
export type RequestEvaluation = (requests: readonly EvaluationRequest[]) => Promise<void>;
