import { Webhook } from "standardwebhooks";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { blockOf, quotedIn, tableOf } from "./markdown.ts";
import { readPage } from "./pages.ts";
import {
  createPrograms,
  expectToSign,
  expectVerified,
  run,
  type Sign,
  vector,
  vectorSignature,
} from "./signing.ts";

const page = readPage("docs/bridge-authors.md");
const { write } = createPrograms();
const HeadersSchema = v.record(v.string(), v.string());

describe("the page's signing vector", () => {
  it("is that of Standard Webhooks", () => {
    const [key, identity, body, result] = tableOf(page, "test vector").map(([, value = ""]) =>
      quotedIn(value),
    );
    expect([key, identity, body, result]).toEqual([
      [vector.key],
      [vector.id, vector.timestamp],
      [vector.body],
      [vectorSignature],
    ]);
    const signature = new Webhook(vector.key).sign(
      vector.id,
      new Date(Number(vector.timestamp) * 1000),
      vector.body,
    );
    expect(signature).toBe(vectorSignature);
  });
});

describe("the page's TypeScript", () => {
  const sign: Sign = ({ key, id, timestamp, body }) => {
    const program = write(
      "sign.ts",
      `${blockOf(page, "ts")}
const [key = "", id = "", timestamp = "", body = ""] = process.argv.slice(2);
console.log(JSON.stringify(signatureHeaders(key, id, Number(timestamp), body)));
`,
    );
    const printed = run(process.execPath, [program, key, id, timestamp, body]);
    return v.parse(HeadersSchema, JSON.parse(printed));
  };

  it("signs the vector", () => expectToSign(sign));
  it("is verified by the reference library", () => expectVerified(sign));

  it("sends what it has signed", () => {
    const program = write(
      "send.ts",
      `${blockOf(page, "ts")}
globalThis.fetch = async (url, init) => {
  console.log(JSON.stringify({ url, ...init }));
  return new Response();
};
await send("https://api.example", "${vector.key}", [{ ThisDN: "Größe" }]);
`,
    );
    const RequestSchema = v.object({
      url: v.literal("https://api.example/v1/events"),
      method: v.literal("POST"),
      headers: v.objectWithRest({ "content-type": v.literal("application/json") }, v.string()),
      body: v.string(),
    });
    const { headers, body } = v.parse(RequestSchema, JSON.parse(run(process.execPath, [program])));
    expect(new Webhook(vector.key).verify(body, headers)).toEqual({
      serverName: "SIPTS750",
      events: [{ ThisDN: "Größe" }],
    });
  });
});
