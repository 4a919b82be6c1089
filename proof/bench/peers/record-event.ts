import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Event } from "./event-schema.ts";

const client = new DynamoDBClient({});
const documents = DynamoDBDocumentClient.from(client, {
  marshallOptions: { removeUndefinedValues: true },
});
const { STATUS_TABLE, HISTORY_TABLE, IDEMPOTENCY_TABLE = "" } = process.env;

const writeStatus = async (event: Event, time: number): Promise<"applied" | "outdated"> => {
  const { ThisDN, ServerName: server } = event;
  try {
    await documents.send(
      new UpdateCommand({
        TableName: STATUS_TABLE,
        Key: { ThisDN, server },
        UpdateExpression: "SET #status = :status, #time = :time, #event = :event",
        ConditionExpression: "attribute_not_exists(#time) OR #time < :time",
        ExpressionAttributeNames: { "#status": "status", "#time": "time", "#event": "event" },
        ExpressionAttributeValues: {
          ":status": event.Event === "EventRegistered" ? "registered" : "unregistered",
          ":time": time,
          ":event": event,
        },
      }),
    );
    return "applied";
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return "outdated";
    throw error;
  }
};

const record = async ({ event }: { readonly event: Event }) => {
  const time = event.time.sec * 1_000_000 + event.time.usec;
  const outcome = await writeStatus(event, time);
  const key = `${String(time).padStart(16, "0")}#${event.ServerName}#${event.Event}`;
  await documents.send(
    new PutCommand({
      TableName: HISTORY_TABLE,
      Item: { ...event, timeKey: key, outcome },
    }),
  );
  return { outcome };
};

/** The part of an event that makes it the same event for idempotency. */
export const idempotency = new IdempotencyConfig({ eventKeyJmesPath: "event" });

/** Records an event once, however often it comes: its status if it is newer, and its history. */
export const recordEvent = makeIdempotent(record, {
  persistenceStore: new DynamoDBPersistenceLayer({
    tableName: IDEMPOTENCY_TABLE,
    awsSdkV3Client: client,
  }),
  config: idempotency,
});
