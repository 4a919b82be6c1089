import { describe, expect, it } from "vitest";
import { type SignatureHeaders, verifySignature } from "../../../lambda/domain/access/signature.ts";
import { nested, open } from "../../support/open-body.ts";

const json = "application/json";
const ndjson = "application/x-ndjson";
const cloudEvent = "application/cloudevents+json";
const batch = "application/cloudevents-batch+json";

describe("the text about why a body is refused", () => {
  it.each([
    [json, "{", "the body is not valid JSON"],
    [json, '{"events":5}', "/events must be an array of events"],
    [json, '{"serverName":5}', "/serverName must be a name of 1 to 128 characters"],
    [ndjson, "1\n".repeat(501), "a request may have at most 500 events: split it"],
    [cloudEvent, "{", "the body is not valid JSON"],
    [batch, "{}", "a batch of CloudEvents must be an array"],
  ])("names the rule for %s", (mediaType, text, detail) => {
    expect(open(mediaType)(text)).toMatchObject({ detail });
  });
});

describe("the text about why one event of a body is refused", () => {
  const context = { specversion: "1.0", id: "A-1", source: "S", type: "T" };

  it.each([
    [ndjson, "{", "the line is not valid JSON"],
    [json, nested(65), "an event may be nested at most 64 levels deep"],
    [json, `"${"x".repeat(20_000)}"`, "an event may have at most 20000 bytes"],
    [batch, "[null]", "a CloudEvent must be a JSON object"],
    [cloudEvent, "5", "a CloudEvent must be a JSON object"],
    [cloudEvent, JSON.stringify({ ...context, data: 5, id: 5 }), "id of the CloudEvent must be"],
    [cloudEvent, JSON.stringify(context), "data of the CloudEvent is missing"],
  ])("names the rule for %s", (mediaType, text, detail) => {
    expect(open(mediaType)(text)).toMatchObject({
      entries: [{ kind: "refused", problem: { detail: expect.stringContaining(detail) } }],
    });
  });
});

describe("the text about why a signature is refused", () => {
  const headers = { id: "msg_1", timestamp: "1795143480", signature: "v1,AAAA" };

  it.each<[string, Partial<SignatureHeaders>, string]>([
    [
      "missing",
      { id: undefined },
      "webhook-id, webhook-timestamp and webhook-signature are all required",
    ],
    [
      "wrong",
      { id: "msg.1" },
      "webhook-id must have no dot, webhook-timestamp must be unix seconds",
    ],
    [
      "stale",
      { timestamp: "1795143000" },
      "webhook-timestamp is more than 5 minutes off: sign each attempt again, and compare your clock with the Date header",
    ],
    [
      "wrong",
      {},
      "no live key matches webhook-signature: it must be v1,<base64> of the HMAC-SHA256 over id.timestamp.body, the body byte for byte as sent",
    ],
  ])("names the rule for %s, with %j", (kind, changes, detail) => {
    const given = { ...headers, ...changes };
    const verification = verifySignature(given, new Uint8Array(), [], 1_795_143_480, () => false);
    expect(verification).toMatchObject({ kind, detail });
  });
});
