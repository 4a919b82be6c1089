import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { hashText } from "../../lambda/adapters/hash-text.ts";
import { readStreamRecord } from "../../lambda/adapters/read-stream-record.ts";
import { fromStatusItem, toStatusItem } from "../../lambda/adapters/status-item.ts";
import type { RegistrationStatus } from "../../lambda/domain/status/registration-status.ts";
import { baseTime, registered, unregistered } from "../support/build-event.ts";
import { itemBytes } from "../support/item-bytes.ts";
import { statusAfter } from "../support/status-after.ts";
import { streamRecord } from "../support/status-stream-record.ts";

const realistic = {
  server: "SIP_Frankfurt_1",
  thisDN: "+4969123457001",
  customerID: "Environment",
};
const applications = ["bridge-frankfurt-a", "bridge-frankfurt-b"] as const;

/** Both applications registered with an agent, then lost their registration, each mark with everything that it may have. */
const bothLost = (errorMessage: string): RegistrationStatus => {
  const events = applications.flatMap((application, index) => {
    const common = { ...realistic, application, sequenceNumber: 4_000_000_000 + index };
    const time = baseTime + index;
    return [
      registered({
        ...common,
        id: hashText(`registered ${application}`),
        time,
        referenceID: 4_294_967_295,
        addressType: "AddressTypePosition",
        agentID: "a.lindqvist@example",
      }),
      unregistered({
        ...common,
        id: hashText(`unregistered ${application}`),
        time: time + 3_600_000_000,
        errorCode: 1151,
        errorMessage,
      }),
    ];
  });
  const [first = registered(), ...more] = events;
  return { ...statusAfter(first, ...more), revision: 123_456 };
};

describe("the status item", () => {
  it("stays within one write unit with two applications that both lost the DN", () => {
    const status = bothLost("DN is not configured in CME");
    expect(status.alert).toBeDefined();
    const bytes = itemBytes(toStatusItem(status));
    expect(bytes).toBeLessThanOrEqual(1024);
    expect(fromStatusItem(toStatusItem(status))).toEqual(status);
  });

  it("needs a second unit, not a third, for the longest ErrorMessage twice", () => {
    const bytes = itemBytes(toStatusItem(bothLost("x".repeat(200))));
    expect(bytes).toBeGreaterThan(1024);
    expect(bytes).toBeLessThanOrEqual(2048);
  });

  it("keeps a loss that a clean-up answer followed beside it", () => {
    const status = statusAfter(
      registered(),
      unregistered({ time: baseTime + 1, errorCode: 59 }),
      unregistered({ time: baseTime + 2, referenceID: 7 }),
    );
    const marks = fromStatusItem(toStatusItem(status)).applications["bridge-a"];
    expect(marks).toMatchObject({ lost: { errorCode: 59 }, unregistered: { referenceID: 7 } });
  });

  it("carries the flag that the stream is filtered by", () => {
    const refreshed = statusAfter(registered(), registered({ time: baseTime + 1 }));
    expect(toStatusItem(statusAfter(registered()))["changed"]).toEqual({ BOOL: true });
    expect(toStatusItem(refreshed)["changed"]).toEqual({ BOOL: false });
  });

  it("moves no index key with a refresh", () => {
    const keysOf = ({ state, serverState, changedKey }: Record<string, AttributeValue>) => ({
      state,
      serverState,
      changedKey,
    });
    const refreshed = statusAfter(registered(), registered({ time: baseTime + 1 }));
    expect(keysOf(toStatusItem(refreshed))).toEqual(
      keysOf(toStatusItem(statusAfter(registered()))),
    );
  });

  it.each<[string, Record<string, AttributeValue>]>([
    ["nothing", {}],
    ["a time that is none", { changedKey: { S: "yesterday#7001#SIPTS750" } }],
    ["an application that is none", { applications: { M: { "bridge-a": { S: "registered" } } } }],
    ["a revision that is no number", { revision: { S: "1" } }],
  ])("is none of ours with %s", (name, changes) => {
    const item =
      name === "nothing" ? {} : { ...toStatusItem(statusAfter(registered())), ...changes };
    expect(() => fromStatusItem(item)).toThrow();
  });
});

describe("a stream record", () => {
  const before = statusAfter(registered());
  const after = statusAfter(registered(), unregistered({ time: baseTime + 1 }));

  it("gives both images, and no old one of a new item", () => {
    expect(readStreamRecord(streamRecord("1", after, before))).toEqual({ before, after });
    expect(readStreamRecord(streamRecord("1", before))).toEqual({
      before: undefined,
      after: before,
    });
  });

  it.each([
    ["no images at all", {}],
    ["no new image", { dynamodb: { OldImage: toStatusItem(before) } }],
    [
      "an old image that is none of ours",
      { dynamodb: { OldImage: {}, NewImage: toStatusItem(after) } },
    ],
    ["a new image that is none of ours", { dynamodb: { NewImage: { ThisDN: "7001" } } }],
  ])("is refused with %s", (_, record) => {
    expect(() => readStreamRecord(record)).toThrow();
  });
});
