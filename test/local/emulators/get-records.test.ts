import { describe, expect, it, onTestFinished } from "vitest";
import { createGetRecords } from "../../../local/emulators/get-records.ts";
import {
  listenerOf,
  readWholeBody,
  serveLoopback,
} from "../../../local/loopback/loopback-server.ts";
import { createShutdown } from "../../../local/processes/shutdown.ts";

const page = {
  Records: [
    {
      eventID: "1",
      eventName: "INSERT",
      eventVersion: "1.1",
      awsRegion: "dynoxide",
      dynamodb: {
        ApproximateCreationDateTime: 1_796_083_836.5,
        Keys: { id: { S: "one" } },
        NewImage: { id: { S: "one" }, bytes: { B: "AAEC" }, count: { N: "9007199254740993" } },
        SequenceNumber: "1",
        SizeBytes: 34,
        StreamViewType: "NEW_AND_OLD_IMAGES",
      },
    },
  ],
  NextShardIterator: "next",
};

/** An engine that answers every request with this text, and what it was sent. */
const startEngine = async (text: string, status = 200) => {
  const requests: Record<string, unknown>[] = [];
  const shutdown = createShutdown();
  onTestFinished(shutdown.run);
  const listener = listenerOf(async (request, response) => {
    const { "x-amz-target": target, "content-type": type, authorization } = request.headers;
    const body: unknown = JSON.parse(String(await readWholeBody(request, 10_000)));
    requests.push({ method: request.method, target, type, authorization, body });
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(text);
  });
  const url = await serveLoopback(listener, 0, shutdown);
  return { requests, getRecords: createGetRecords(url, "eu-west-1", "the-key") };
};

describe("reading records without the SDK", () => {
  it("sends the iterator, and whose table it is about", async () => {
    const { requests, getRecords } = await startEngine(JSON.stringify(page));
    await getRecords("from here");
    expect(requests).toEqual([
      {
        method: "POST",
        target: "DynamoDBStreams_20120810.GetRecords",
        type: "application/x-amz-json-1.0",
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=the-key\/\d{8}\/eu-west-1\/dynamodb\/aws4_request, /,
        ),
        body: { ShardIterator: "from here" },
      },
    ]);
  });

  it.each([
    ["with records", page],
    ["without records", { Records: [], NextShardIterator: "next" }],
    ["that is the last", { Records: page.Records }],
  ])("returns a page %s as it is", async (_what, answer) => {
    const { getRecords } = await startEngine(JSON.stringify(answer));
    expect(await getRecords("from here")).toEqual(answer);
  });

  it.each([
    [400, '{"__type":"com.amazonaws.dynamodb#ExpiredIteratorException"}'],
    [500, "it broke"],
  ])("rejects a %d with what the engine says", async (status, text) => {
    const { getRecords } = await startEngine(text, status);
    await expect(getRecords("from here")).rejects.toThrow(`GetRecords: ${status} ${text}`);
  });

  it.each([
    ["{}"],
    ['{"Records":null}'],
    ['{"Records":[{"eventID":"1"}]}'],
    ['{"Records":[],"NextShardIterator":1}'],
    ["null"],
    ["<html></html>"],
  ])("rejects a page that is none: %s", async (text) => {
    const { getRecords } = await startEngine(text);
    await expect(getRecords("from here")).rejects.toThrow();
  });
});
