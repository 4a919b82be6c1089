import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { createBatchGet } from "../../lambda/adapters/batch-get.ts";
import { startAwsServer } from "../support/aws-server.ts";

it("reads thousands of keys five calls at a time, so that no call waits long for the others", async () => {
  const { requests, config } = await startAwsServer(() => ({ body: { Responses: {} } }));
  const client = new DynamoDBClient(config);
  let underWay = 0;
  let most = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      underWay += 1;
      most = Math.max(most, underWay);
      return next(args).finally(() => {
        underWay -= 1;
      });
    },
    { step: "initialize" },
  );
  const keys = Array.from({ length: 2_000 }, (_, index) => ({ ThisDN: { S: String(index) } }));
  expect(await createBatchGet(client, "status")(keys)).toEqual([]);
  expect(requests).toHaveLength(20);
  expect(most).toBe(5);
});
