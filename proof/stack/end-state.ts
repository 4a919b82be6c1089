import { type AttributeValue, type DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as v from "valibot";
import { createLocalClients } from "../../local/emulators/local-clients.ts";
import type { StackDescription } from "../../local/stack/stack-description.ts";
import { createReadImages } from "./status-images.ts";

const RegistrationsSchema = v.object({
  data: v.array(
    v.object({
      thisDN: v.string(),
      server: v.string(),
      status: v.string(),
      verdict: v.optional(v.string()),
      confirmedAt: v.string(),
      applications: v.array(
        v.object({
          name: v.string(),
          status: v.string(),
          verdict: v.optional(v.string()),
          confirmedAt: v.string(),
        }),
      ),
    }),
  ),
});
const HistoryRowSchema = v.object({
  server: v.string(),
  application: v.string(),
  ThisDN: v.string(),
  event: v.string(),
  time: v.number(),
});
const LossSchema = v.object({
  ThisDN: v.string(),
  lossKey: v.string(),
  state: v.string(),
  heldBy: v.optional(v.string()),
  alert: v.optional(v.object({ alertId: v.string() })),
});
const numbersPerRequest = 100;

const readAll = async (
  dynamodb: DynamoDBClient,
  TableName: string,
): Promise<Record<string, unknown>[]> => {
  const items: Record<string, AttributeValue>[] = [];
  const pages = paginateScan({ client: dynamodb }, { TableName, ConsistentRead: true });
  for await (const { Items = [] } of pages) items.push(...Items);
  return items.map((item) => unmarshall(item));
};

const depthOf = async (sqs: SQSClient, QueueUrl: string): Promise<number> => {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  return Number(Attributes?.["ApproximateNumberOfMessages"] ?? 0);
};

/** Reads what a running stack has come to: over its API where that shows it, else from its tables, stream and queues. */
export const createReader = ({
  url,
  readerToken,
  endpoints,
  region,
  ...stack
}: StackDescription) => {
  const clients = createLocalClients(endpoints, region);
  const { dynamodb, sqs, s3 } = clients;
  const readPart = async (thisDNs: readonly string[]) => {
    const query = thisDNs.map((one) => `thisDN=${encodeURIComponent(one)}`).join("&");
    const headers = { authorization: `Bearer ${readerToken}` };
    const response = await fetch(`${url}/v1/registrations?${query}`, { headers });
    return v.parse(RegistrationsSchema, await response.json()).data;
  };
  return {
    readRegistrations: async (thisDNs: readonly string[]) => {
      const parts = [];
      for (let from = 0; from < thisDNs.length; from += numbersPerRequest) {
        parts.push(await readPart(thisDNs.slice(from, from + numbersPerRequest)));
      }
      return parts.flat();
    },
    readHistory: async () =>
      v.parse(v.array(HistoryRowSchema), await readAll(dynamodb, stack.tables.history)),
    readLosses: async () =>
      v.parse(v.array(LossSchema), await readAll(dynamodb, stack.tables.losses)),
    readImages: createReadImages(clients, { TableName: stack.tables.status, region }),
    /** How much lies where nothing should, by name. */
    readLeftovers: async (): Promise<Record<string, number>> => {
      const Bucket = stack.buckets.failedStreamBatches;
      const objects = await s3.send(new ListObjectsV2Command({ Bucket }));
      return {
        rejectedEvents: await depthOf(sqs, stack.queues.rejectedEvents),
        failedChanges: await depthOf(sqs, stack.queues.failedChanges),
        evaluationDeadLetters: await depthOf(sqs, stack.queues.evaluationDeadLetters),
        failedStreamBatches: objects.KeyCount ?? 0,
      };
    },
  };
};
/** Reads what a stack has come to (see `createReader`). */
export type Reader = ReturnType<typeof createReader>;
