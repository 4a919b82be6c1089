import { randomBytes } from "node:crypto";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { CommandInvocation } from "../../bridge/terminal/run-command.ts";
import type { Stack } from "../stacks/stack.ts";
import { subscribeTemporarily } from "../subscribe/temporary-subscription.ts";
import { createRunStep } from "./run-steps.ts";
import { createSmokeApi } from "./smoke-api.ts";
import type { SmokeCredentials } from "./smoke-credentials.ts";
import { createInbox } from "./smoke-inbox.ts";
import { travel } from "./smoke-journey.ts";

// An alert waits for the hold-down before it is published, and for the hold-open before it is resolved: by default half a minute and five minutes.
const patienceMsOf = (type: string): number => (type.startsWith("alert.") ? 600_000 : 30_000);

/** Does every step of the smoke test. Throws StepFailedError at the first that fails; takes back what it made. */
export const runSmoke = async (
  stack: Stack,
  credentials: SmokeCredentials,
  { terminal, signal }: CommandInvocation,
): Promise<void> => {
  // What is begun here is also taken back: only the journey between may be cut short.
  const frameStep = createRunStep(terminal, Date.now);
  const step = createRunStep(terminal, Date.now, signal);
  const thisDN = `smoke-${randomBytes(4).toString("hex")}`;
  const sns = new SNSClient(stack.connections.sns);
  const sqs = new SQSClient(stack.connections.sqs);
  const topics = [stack.topics.changes, stack.topics.alerts];
  const subscription = await frameStep("a queue subscribes to changes and alerts", () =>
    subscribeTemporarily({ sns, sqs }, topics, `${stack.prefix}-smoke`),
  );
  try {
    const { queueUrl } = subscription;
    const awaitMessage = createInbox(sqs, { queueUrl, thisDN, patienceMsOf });
    const api = createSmokeApi({ ...stack, ...credentials });
    // What was just made holds within a minute; what was given holds, or does not.
    const credentialsPatience = { forMs: credentials.temporary ? 75_000 : 0, everyMs: 2_000 };
    await travel({ api, awaitMessage, step, thisDN, credentialsPatience });
  } finally {
    await createRunStep(
      terminal,
      Date.now,
      new AbortController().signal,
    )("the queue and its subscriptions are removed", subscription.remove);
  }
};
