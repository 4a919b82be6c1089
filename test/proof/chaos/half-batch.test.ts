import { describe, expect, it } from "vitest";
import { halveBatch } from "../../../proof/chaos/half-batch.ts";

const call = (operation: string, body: unknown) => ({
  operation,
  isQuery: false,
  body: Buffer.from(JSON.stringify(body)),
  caller: "chaos1",
});

const halve = (operation: string, body: unknown) => {
  const half = halveBatch(call(operation, body));
  return (
    half && { sent: JSON.parse(half.body.toString()), answered: JSON.parse(half.complete("{}")) }
  );
};

const put = (id: string) => ({ PutRequest: { Item: { id: { S: id } } } });
const key = (id: string) => ({ id: { S: id } });

describe("half of a batch", () => {
  it("is written, and the other half reported as unprocessed", () => {
    const items = [put("a"), put("b"), put("c")];
    expect(halve("BatchWriteItem", { RequestItems: { status: items } })).toEqual({
      sent: { RequestItems: { status: [put("a"), put("b")] } },
      answered: { UnprocessedItems: { status: [put("c")] } },
    });
  });

  it("is read, and the other half reported as unprocessed with how it was to be read", () => {
    const wanted = { ConsistentRead: true, Keys: [key("a"), key("b")] };
    expect(halve("BatchGetItem", { RequestItems: { status: wanted } })).toEqual({
      sent: { RequestItems: { status: { ConsistentRead: true, Keys: [key("a")] } } },
      answered: { UnprocessedKeys: { status: { ConsistentRead: true, Keys: [key("b")] } } },
    });
  });

  it("is sent to a queue, and the other half reported as failed through no fault of the sender", () => {
    const Entries = [{ Id: "0" }, { Id: "1" }];
    expect(halve("SendMessageBatch", { QueueUrl: "q", Entries })).toEqual({
      sent: { QueueUrl: "q", Entries: [{ Id: "0" }] },
      answered: { Failed: [{ Id: "1", SenderFault: false, Code: "InternalError" }] },
    });
  });

  it("is published, and the other half reported as failed", () => {
    const member = (number: number) => `PublishBatchRequestEntries.member.${number}.Id=${number}`;
    const body = Buffer.from(`Action=PublishBatch&${member(1)}&${member(2)}`);
    const half = halveBatch({ ...call("PublishBatch", {}), body });
    expect(half?.body.toString()).toBe(`Action=PublishBatch&${member(1)}`);
    expect(half?.complete("<Successful/><Failed></Failed>")).toBe(
      "<Successful/><Failed><member><Id>2</Id><Code>InternalError</Code><SenderFault>false</SenderFault></member></Failed>",
    );
  });

  it.each([
    ["BatchWriteItem", { RequestItems: { status: [put("a")] } }],
    ["SendMessageBatch", { Entries: [{ Id: "0" }] }],
    ["PutItem", { TableName: "status" }],
  ])("is not to be had of one item: %s", (operation, body) => {
    expect(halve(operation, body)).toBeUndefined();
  });
});
