import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { createKeepFailedChange } from "./adapters/keep-failed-change.ts";
import { createObservation } from "./adapters/observation.ts";
import { createPublish } from "./adapters/publish.ts";
import { readStreamRecord } from "./adapters/read-stream-record.ts";
import { createRequestEvaluation } from "./adapters/request-evaluation.ts";
import { requestHandler } from "./adapters/request-handler.ts";
import { createTell, toNews } from "./domain/telling/fan-out.ts";
import { FanoutEnvironmentSchema, ObservationEnvironmentSchema } from "./environment.ts";
import { createFanoutHandler } from "./handlers/fanout-handler.ts";

const environment = v.parse(FanoutEnvironmentSchema, process.env);
const observation = createObservation(v.parse(ObservationEnvironmentSchema, process.env), Date.now);
const sns = new SNSClient({ requestHandler });
const sqs = new SQSClient({ requestHandler, useQueueUrlAsEndpoint: false });

const publish = createPublish(sns, {
  changes: environment.CHANGES_TOPIC_ARN,
  alerts: environment.ALERTS_TOPIC_ARN,
});
const tellingRules = { rules: environment.ALERT_RULES, runbookUrl: environment.RUNBOOK_URL };

/** The streams of statuses and alerts: tells the topics of every published change and every notice, the evaluator of losses. */
export const handler = createFanoutHandler({
  prepare: (record) => toNews(readStreamRecord(record), tellingRules),
  tell: createTell(publish, createRequestEvaluation(sqs, environment.EVALUATION_QUEUE_URL)),
  keepFailedChange: createKeepFailedChange(sqs, environment.FAILED_CHANGES_QUEUE_URL, Date.now),
  ...observation,
});
