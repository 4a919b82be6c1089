import {
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
} from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as v from "valibot";
import type { Part } from "../ports/revisions.ts";
import type { Item } from "./status-item.ts";

const maxPageSize = 1000;
// All our keys are text.
const PlaceSchema = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.string()));

/** Which part of a query's result to read: where it begins (`next` of the part before), and how much of it. */
type PartRange = { limit: number; from?: string | undefined };

/**
 * Reads one page of a query. The page says where the next one begins, so that no item is left out or read twice
 * although sort keys of an index may be equal. Throws when `from` is not a position in this query.
 */
export const queryPart = async (
  client: DynamoDBClient,
  query: QueryCommandInput,
  { limit, from }: PartRange,
): Promise<Part<Item>> => {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      ...query,
      Limit: Math.min(limit, maxPageSize),
      ...(from !== undefined && { ExclusiveStartKey: marshall(v.parse(PlaceSchema, from)) }),
    }),
  );
  return {
    items: Items,
    next: LastEvaluatedKey && JSON.stringify(unmarshall(LastEvaluatedKey)),
  };
};
