import { describe, expect, it } from "vitest";
import { AcknowledgementSchema, RetirementSchema } from "../../lambda/handlers/operate-bodies.ts";
import { readBody } from "../../lambda/handlers/read-body.ts";
import { toAnswer } from "../support/answer.ts";
import { getRequest } from "../support/api-event.ts";

const remark = { author: "Ada", note: "on it" };
const jsonHeaders = { "content-type": "application/json" };

const read = (
  body: string,
  {
    headers = jsonHeaders,
    schema = AcknowledgementSchema,
  }: {
    headers?: Record<string, string>;
    schema?: typeof AcknowledgementSchema | typeof RetirementSchema;
  } = {},
) => {
  const outcome = readBody(getRequest("POST /v1/x", { body, headers }), schema, 100);
  return outcome.kind === "read" ? outcome.body : toAnswer(outcome.response);
};
const refused = (status: number, code: string) => ({
  status,
  headers: { "content-type": "application/problem+json" },
  body: { type: `urn:dn-registration-adapter:problem:${code}`, instance: "urn:request:request-1" },
});

describe("a body", () => {
  it.each([
    "application/json",
    "Application/JSON ; charset=UTF-8",
    'application/json; profile=x; charset="utf-8"',
  ])("is accepted as %s", (type) => {
    expect(read(JSON.stringify(remark), { headers: { "content-type": type } })).toEqual(remark);
  });

  it.each<[string, Record<string, string>]>([
    ["no type", {}],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }],
    ["another charset", { "content-type": "application/json; charset=latin1" }],
    ["an encoding", { ...jsonHeaders, "content-encoding": "gzip" }],
  ])("is refused with %s", (_, headers) => {
    expect(read(JSON.stringify(remark), { headers })).toMatchObject(
      refused(415, "unsupported-media-type"),
    );
  });

  it("is refused when it is longer than the route accepts", () => {
    expect(read(`{"author":"${"é".repeat(50)}"}`)).toMatchObject(refused(413, "too-large"));
  });

  it.each(["", "{", "{} {}"])("is refused when it is %j", (body) => {
    expect(read(body)).toMatchObject(refused(400, "not-json"));
  });

  it("is refused when it is not UTF-8", () => {
    const request = getRequest("POST /v1/x", { headers: jsonHeaders });
    const body = Buffer.from([0x22, 0xff, 0x22]).toString("base64");
    const outcome = readBody(
      { ...request, body, isBase64Encoded: true },
      AcknowledgementSchema,
      99,
    );
    expect(outcome.kind === "refused" && toAnswer(outcome.response)).toMatchObject(
      refused(400, "not-json"),
    );
  });

  it("is answered with every problem, where it is, without its values", () => {
    const body = JSON.stringify({ server: "S", author: 5, where: "SECRET", "a/b": 1 });
    const answer = read(body, { schema: RetirementSchema });
    expect(answer).toMatchObject({
      ...refused(400, "body"),
      body: {
        problems: [
          {
            pointer: "/author",
            code: "wrong-type",
            detail: "must be text of 1 to 128 characters without control characters",
          },
          { pointer: "/note", code: "missing", detail: "is mandatory" },
          { pointer: "/where", code: "unknown", detail: "is not known here" },
        ],
      },
    });
    expect(JSON.stringify(answer)).not.toContain("SECRET");
  });

  it.each(["5", "null", '"x"'])("is refused when it is not an object: %s", (body) => {
    expect(read(body)).toMatchObject({
      status: 400,
      body: {
        problems: [{ pointer: "", code: "wrong-type", detail: "the body must be a JSON object" }],
      },
    });
  });

  it.each([
    ["application", "a b", "a bridge's name"],
    ["application", "constructor", "a bridge's name"],
    ["thisDN", "", "1 to 255"],
    ["server", "a\tb", "1 to 128"],
  ])("is answered that %s %j is not one", (name, value, detail) => {
    const body = JSON.stringify({ server: "S", ...remark, [name]: value });
    expect(read(body, { schema: RetirementSchema })).toMatchObject({
      status: 400,
      body: { problems: [{ pointer: `/${name}`, detail: expect.stringContaining(detail) }] },
    });
  });
});
