import { paginateScan } from "@aws-sdk/client-dynamodb";
import { createLocalClients } from "../../local/emulators/local-clients.ts";
import type { StackDescription } from "../../local/stack/stack-description.ts";

/** The ids of all events in the history, each as often as it is there. */
export const readHistoryIds = async ({
  endpoints,
  region,
  tables,
}: StackDescription): Promise<string[]> => {
  const { dynamodb: client } = createLocalClients(endpoints, region);
  const ids: string[] = [];
  const ExpressionAttributeNames = { "#id": "id" };
  const scan = { TableName: tables.history, ProjectionExpression: "#id", ExpressionAttributeNames };
  for await (const { Items = [] } of paginateScan({ client }, { ...scan, ConsistentRead: true })) {
    ids.push(...Items.map(({ id }) => id?.S ?? ""));
  }
  return ids;
};
