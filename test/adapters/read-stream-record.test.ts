import { describe, expect, it } from "vitest";
import { readStreamRecord } from "../../lambda/adapters/read-stream-record.ts";
import { toStatusItem } from "../../lambda/adapters/status-item.ts";
import { alertStreamRecord } from "../support/alert-stream-record.ts";
import {
  buildAlert,
  buildIncident,
  buildMember,
  buildResolvedAlert,
} from "../support/build-alert.ts";
import { baseTime, registered, unregistered } from "../support/build-event.ts";
import { statusAfter } from "../support/status-after.ts";
import { streamRecord } from "../support/status-stream-record.ts";

describe("a stream record of a status", () => {
  const before = statusAfter(registered());
  const after = statusAfter(registered(), unregistered({ time: baseTime + 1 }));

  it("gives both images, and no old one for a new item", () => {
    expect(readStreamRecord(streamRecord("1", after, before))).toEqual({
      kind: "status",
      before,
      after,
    });
    expect(readStreamRecord(streamRecord("1", before))).toEqual({
      kind: "status",
      before: undefined,
      after: before,
    });
  });

  it.each([
    ["no images at all", {}],
    ["no new image", { dynamodb: { OldImage: toStatusItem(before) } }],
    [
      "an old image that is not an item of a table",
      { dynamodb: { OldImage: {}, NewImage: toStatusItem(after) } },
    ],
    ["a new image that is not an item of a table", { dynamodb: { NewImage: { ThisDN: "7001" } } }],
  ])("is refused with %s", (_, record) => {
    expect(() => readStreamRecord(record)).toThrow();
  });
});

describe("a stream record of an alert", () => {
  it.each([
    ["an opened one", buildAlert()],
    ["a resolved one", buildResolvedAlert()],
    ["an incident", buildIncident([buildMember(), buildMember({ thisDN: "7002" })])],
  ])("gives the alert as it is now: %s", (_, alert) => {
    expect(readStreamRecord(alertStreamRecord("1", alert))).toEqual({ kind: "alert", alert });
  });

  it("is recognised by its image alone, whatever table it is said to come from", () => {
    const { eventSourceARN: _, ...record } = alertStreamRecord("1", buildAlert());
    expect(readStreamRecord(record)).toMatchObject({ kind: "alert" });
  });

  it.each([
    ["that need not be published", { notice: undefined }],
    ["of an unknown kind", { kind: "fire" }],
  ])("is refused with an alert %s", (_, changes) => {
    const record = alertStreamRecord("1", buildAlert());
    const image = { ...record.dynamodb?.NewImage };
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) delete image[name];
      else image[name] = { S: value };
    }
    expect(() => readStreamRecord({ dynamodb: { NewImage: image } })).toThrow();
  });
});
