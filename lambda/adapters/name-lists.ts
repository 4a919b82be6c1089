import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { ClaimName, FreeNames, ReadNames } from "../ports/name-lists.ts";
import { isConditionFailure } from "./store-errors.ts";
import { connectionsTableKeys } from "./table-keys.ts";

// No T-Server has a tab in its name. Without the attribute of the index, the lists are in no list of connections.
const partition = { S: "\tnames" };

const ExpressionAttributeNames = { "#names": "names" };

/**
 * Lists of distinct names, each one item of the table of connections with a set of strings (ADR 0022). Claiming is one
 * write on condition, so that no number of writers gets more names into a list than its limit.
 */
export const createNameLists = (
  client: DynamoDBClient,
  tableName: string,
): { readNames: ReadNames; claimName: ClaimName; freeNames: FreeNames } => {
  const itemOf = (list: string) => ({
    TableName: tableName,
    Key: {
      [connectionsTableKeys.partitionKey]: partition,
      [connectionsTableKeys.sortKey]: { S: list },
    },
  });

  return {
    readNames: async (list) => {
      const item = { ...itemOf(list), ConsistentRead: true };
      const { Item } = await client.send(new GetItemCommand(item));
      return new Set(Item?.["names"]?.SS);
    },
    claimName: async (list, name, limit) => {
      try {
        await client.send(
          new UpdateItemCommand({
            ...itemOf(list),
            UpdateExpression: "ADD #names :one",
            ConditionExpression:
              "attribute_not_exists(#names) OR contains(#names, :name) OR size(#names) < :limit",
            ExpressionAttributeNames,
            ExpressionAttributeValues: {
              ":one": { SS: [name] },
              ":name": { S: name },
              ":limit": { N: String(limit) },
            },
          }),
        );
        return true;
      } catch (error) {
        if (isConditionFailure(error)) return false;
        throw error;
      }
    },
    freeNames: async (list, names) => {
      await client.send(
        new UpdateItemCommand({
          ...itemOf(list),
          UpdateExpression: "DELETE #names :some",
          ExpressionAttributeNames,
          ExpressionAttributeValues: { ":some": { SS: [...names] } },
        }),
      );
    },
  };
};
