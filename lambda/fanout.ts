import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { createKeepFailedChange } from "./adapters/keep-failed-change.ts";
import { createObservation } from "./adapters/observation.ts";
import { createPublish } from "./adapters/publish.ts";
import { readStreamRecord } from "./adapters/read-stream-record.ts";
import { requestHandler } from "./adapters/request-handler.ts";
import { createTell, toMessages } from "./domain/telling/fan-out.ts";
import { FanoutEnvironmentSchema } from "./environment.ts";
import { createFanoutHandler } from "./handlers/fanout-handler.ts";

const environment = v.parse(FanoutEnvironmentSchema, process.env);
const sns = new SNSClient({ requestHandler });
const sqs = new SQSClient({ requestHandler, useQueueUrlAsEndpoint: false });

/** The status table's stream: tells the topics of every published change. */
export const handler = createFanoutHandler({
  prepare: (record) => toMessages(readStreamRecord(record), environment.RUNBOOK_URL),
  tell: createTell(
    createPublish(sns, {
      changes: environment.CHANGES_TOPIC_ARN,
      alerts: environment.ALERTS_TOPIC_ARN,
    }),
  ),
  keepFailedChange: createKeepFailedChange(sqs, environment.FAILED_CHANGES_QUEUE_URL, Date.now),
  ...createObservation(),
});
