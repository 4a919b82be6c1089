import { Duration, Validations } from "aws-cdk-lib";
import { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import type { DataStack } from "../data-stack.ts";
import type { LambdaFunction } from "./lambda-function.ts";

/** Feeds a function with the evaluation queue, whose delays are the hold-downs: messages come when they are due. */
export const feedFromEvaluationQueue = (
  target: LambdaFunction,
  { queues }: DataStack,
): EventSourceMapping => {
  const source = new EventSourceMapping(target, "EvaluationQueue", {
    target: target.function,
    eventSourceArn: queues.evaluation.queueArn,
    batchSize: 100,
    // What falls together is looked at together: an incident is one alert, and few writes of it.
    maxBatchingWindow: Duration.seconds(2),
    reportBatchItemFailures: true,
    // Evaluators of one incident write the same alert, more of them would mostly make each other repeat; and the ten
    // concurrent calls of a new account are for ingest first.
    maxConcurrency: 5,
  });
  Validations.of(source).acknowledge({
    id: "Serverless-LambdaEventSourceMappingDestination",
    reason: "A queue's failed messages stay in it, and after five times go to its dead letters.",
  });
  return source;
};
