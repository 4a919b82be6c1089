import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { createKeepFailedChange } from "./adapters/keep-failed-change.ts";
import { createPublish } from "./adapters/publish.ts";
import { readStreamRecord } from "./adapters/read-stream-record.ts";
import { createRequestEvaluation } from "./adapters/request-evaluation.ts";
import { requestHandler } from "./adapters/request-handler.ts";
import { createTelemetry } from "./adapters/telemetry.ts";
import { createZone } from "./domain/zone.ts";
import { FanoutEnvironmentSchema, TelemetryEnvironmentSchema } from "./environment.ts";
import { createFanoutHandler } from "./handlers/fanout-handler.ts";
import { createPublishWrites, prepareWrite } from "./use-cases/fanout/publish-writes.ts";

const environment = v.parse(FanoutEnvironmentSchema, process.env);
const telemetry = createTelemetry(v.parse(TelemetryEnvironmentSchema, process.env), Date.now);
const sns = new SNSClient({ requestHandler });
const sqs = new SQSClient({ requestHandler, useQueueUrlAsEndpoint: false });

const { ALERT_TEXTS_TOPIC_ARN } = environment;
const publish = createPublish(sns, {
  changes: environment.CHANGES_TOPIC_ARN,
  alerts: environment.ALERTS_TOPIC_ARN,
  alertTexts: ALERT_TEXTS_TOPIC_ARN,
});
const settings = {
  rules: environment.ALERT_RULES,
  runbookUrl: environment.RUNBOOK_URL,
  zone: createZone(environment.TIME_ZONE),
  stage: environment.STAGE,
  hasTexts: ALERT_TEXTS_TOPIC_ARN !== undefined,
};

/** The streams of statuses and alerts: publishes every change and every notification to its topic, and hands losses to the evaluator. */
export const handler = createFanoutHandler({
  prepare: (record) => prepareWrite(readStreamRecord(record), settings),
  publishWrites: createPublishWrites(
    publish,
    createRequestEvaluation(sqs, environment.EVALUATION_QUEUE_URL),
  ),
  keepFailedChange: createKeepFailedChange(sqs, environment.FAILED_CHANGES_QUEUE_URL, Date.now),
  ...telemetry,
});
