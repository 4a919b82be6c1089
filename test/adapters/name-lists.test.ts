import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { createNameLists } from "../../lambda/adapters/name-lists.ts";
import { awsError, startAwsServer } from "../support/aws-server.ts";

const start = async (answer: Parameters<typeof startAwsServer>[0]) => {
  const { requests, config } = await startAwsServer(answer);
  const asked = (): unknown[] => requests.map(({ body }): unknown => JSON.parse(body));
  return { asked, ...createNameLists(new DynamoDBClient(config), "test") };
};
const Key = { server: { S: "\tnames" }, application: { S: "servers" } };

describe("what is asked of DynamoDB about lists of names", () => {
  it("is one consistent read, one write on condition, and one write without", async () => {
    const { asked, readNames, claimName, freeNames } = await start(() => ({ body: {} }));
    await readNames("servers");
    await claimName("servers", "A", 3);
    await freeNames("servers", ["A", "B"]);
    expect(asked()).toMatchObject([
      { TableName: "test", Key, ConsistentRead: true },
      {
        TableName: "test",
        Key,
        UpdateExpression: "ADD #names :one",
        ExpressionAttributeValues: {
          ":one": { SS: ["A"] },
          ":name": { S: "A" },
          ":limit": { N: "3" },
        },
      },
      { Key, ExpressionAttributeValues: { ":some": { SS: ["A", "B"] } } },
    ]);
  });

  it("fails as the store does, except where the condition does not hold", async () => {
    const full = await start(() => awsError("ConditionalCheckFailedException"));
    expect(await full.claimName("servers", "A", 3)).toBe(false);
    const broken = await start(() => awsError("ValidationException"));
    await expect(broken.claimName("servers", "A", 3)).rejects.toThrow();
  });
});
