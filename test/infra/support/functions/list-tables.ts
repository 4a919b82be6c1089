import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";

const client = new DynamoDBClient();

/** A function that does no more than ask DynamoDB something: does the SDK work in a bundle? */
export const handler = async (): Promise<string[] | undefined> =>
  (await client.send(new ListTablesCommand())).TableNames;
