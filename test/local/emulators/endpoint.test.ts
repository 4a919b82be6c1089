import { describe, expect, it } from "vitest";
import { startDynamoDb } from "../../../local/emulators/dynamodb.ts";
import { createShutdown } from "../../../local/processes/shutdown.ts";

const reach = (url: string) =>
  startDynamoDb({ kind: "endpoint", url }, undefined, {
    stateDirectory: "/nowhere",
    shutdown: createShutdown(),
    onDeath: () => undefined,
  });

describe("AWS_ENDPOINT_URL_DYNAMODB", () => {
  it.each(["nonsense", "localhost:8000", "ftp://127.0.0.1:8000", "http://", "//127.0.0.1:8000"])(
    "that is %s is no address",
    async (url) => {
      await expect(reach(url)).rejects.toMatchObject({
        name: "StartFailure",
        message: `AWS_ENDPOINT_URL_DYNAMODB=${url} is not an address: give one as http://127.0.0.1:8000.`,
      });
    },
  );

  it("where nothing answers is said, with what to do", async () => {
    await expect(reach("http://127.0.0.1:9")).rejects.toMatchObject({
      name: "StartFailure",
      message: expect.stringMatching(/^Nothing answers at .*:9\. Start your DynamoDB emulator/),
    });
  });
});
