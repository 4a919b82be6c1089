import { CreateTopicCommand, type SNSClient } from "@aws-sdk/client-sns";
import * as v from "valibot";
import type { Deployment } from "../templates/resolved-templates.ts";

const TopicSchema = v.object({
  FifoTopic: v.optional(v.boolean()),
  ContentBasedDeduplication: v.optional(v.boolean()),
});

/** Creates the topics. */
export async function createTopics(deployment: Deployment, client: SNSClient): Promise<void> {
  for (const { ref, properties } of deployment.ofType("AWS::SNS::Topic")) {
    const read = v.parse(TopicSchema, properties());
    const entries = Object.entries(read).map(([name, value]) => [name, String(value)] as const);
    const Name = ref.slice(ref.lastIndexOf(":") + 1);
    await client.send(new CreateTopicCommand({ Name, Attributes: Object.fromEntries(entries) }));
  }
}
