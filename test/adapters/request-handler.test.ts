import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { createReadStatusesOfDn } from "../../lambda/adapters/read-statuses-of-dn.ts";
import { requestHandler } from "../../lambda/adapters/request-handler.ts";
import { serveLoopback } from "../../local/loopback/loopback-server.ts";
import { createShutdown } from "../../local/processes/shutdown.ts";

describe("a call that AWS never answers", () => {
  it("ends with an error while there is still time to answer 503", async () => {
    const shutdown = createShutdown();
    const endpoint = await serveLoopback(() => undefined, 0, shutdown);
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const config = { endpoint, credentials, region: "us-east-1", maxAttempts: 1, requestHandler };
    const readStatusesOfDn = createReadStatusesOfDn(new DynamoDBClient(config), "status");
    await expect(readStatusesOfDn("7001")).rejects.toThrow(/timed out|timeout/i);
    await shutdown.run();
  });
});
