import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { rawRegistered, rawUnregistered } from "../support/build-event.ts";
import { createIngestHarness } from "../support/ingest-harness.ts";
import { nested } from "../support/open-body.ts";

const good = JSON.stringify(rawRegistered());
/** The valid event with a member written by hand, as no JSON.stringify would write it. */
const withMember = (member: string) => good.replace("{", `{${member},`);
const canary = "c4n4ry";

type Case = {
  name: string;
  body: string | Uint8Array;
  status: number;
  code?: string;
  headers?: Record<string, string>;
};

const cases: Case[] = [
  { name: "Extensions nested 60 deep", body: withMember(`"X":${nested(60)}`), status: 200 },
  {
    name: "an event nested 100,000 deep",
    body: `[${nested(100_000)}]`,
    status: 422,
    code: "too-deep",
  },
  { name: "arrays nested 200,000 deep", body: "[".repeat(200_000), status: 400 },
  { name: "a member __proto__", body: withMember('"__proto__":{"ThisDN":"9"}'), status: 200 },
  { name: "a member constructor", body: withMember('"constructor":{"prototype":1}'), status: 200 },
  {
    name: "Extensions with __proto__",
    body: good.replace('"Extensions":{}', '"Extensions":{"__proto__":{"x":1}}'),
    status: 200,
  },
  { name: "an event that is __proto__ alone", body: '{"__proto__":{}}', status: 422 },
  {
    name: "a ReferenceID of 400 digits",
    body: good.replace('"ReferenceID":88', `"ReferenceID":${"9".repeat(400)}`),
    status: 422,
    code: "invalid-value",
  },
  {
    name: "a time of 1e308 seconds",
    body: good.replace(/"sec":\d+/, '"sec":1e308'),
    status: 422,
    code: "wrong-type",
  },
  { name: "a huge number in an unknown member", body: withMember('"X":1e999'), status: 200 },
  ...["NaN", "Infinity", "-Infinity", "0x58", "1e2", "٨٨"].map((text) => ({
    name: `the ReferenceID "${text}"`,
    body: JSON.stringify(rawRegistered({ ReferenceID: text })),
    status: 422,
    code: "wrong-type",
  })),
  { name: "NaN as a literal", body: good.replace("88", "NaN"), status: 400 },
  {
    name: "a DN with a lone surrogate",
    body: JSON.stringify(rawRegistered({ ThisDN: "70\ud800" })),
    status: 422,
    code: "invalid-value",
  },
  {
    name: "Extensions with a lone surrogate",
    body: JSON.stringify(rawRegistered({ Extensions: { "\udfff": "\ud800" } })),
    status: 200,
  },
  {
    name: "a DN with a NUL",
    body: JSON.stringify(rawRegistered({ ThisDN: "70\u0000" })),
    status: 422,
    code: "invalid-value",
  },
  { name: "a raw NUL in the JSON", body: good.replace("7001", "70\u000001"), status: 400 },
  {
    name: "a NUL in an ErrorMessage",
    body: JSON.stringify(rawUnregistered({ ErrorMessage: "a\u0000b" })),
    status: 200,
  },
  { name: "a member given twice: the last counts", body: withMember('"ThisDN":"9"'), status: 200 },
  { name: "a byte order mark", body: `\ufeff${good}`, status: 200 },
  { name: "UTF-16", body: Buffer.from(good, "utf16le"), status: 400 },
  { name: "bytes that are no UTF-8", body: Buffer.from([0x7b, 0xff, 0x7d]), status: 400 },
  {
    name: "gzip that says so",
    body: gzipSync(good),
    status: 415,
    headers: { "content-encoding": "gzip" },
  },
  { name: "gzip that does not say so", body: gzipSync(good), status: 400 },
  {
    name: "an ErrorMessage of 19,500 characters",
    body: JSON.stringify(rawUnregistered({ ErrorMessage: "x".repeat(19_500) })),
    status: 200,
  },
  {
    name: "an ErrorMessage of 20,000 characters",
    body: JSON.stringify(rawUnregistered({ ErrorMessage: canary.repeat(3_400) })),
    status: 422,
    code: "too-long",
  },
  {
    name: "a DN of 19,000 characters",
    body: JSON.stringify(rawRegistered({ ThisDN: canary.repeat(3_000) })),
    status: 422,
    code: "invalid-value",
  },
  { name: "no body at all", body: "", status: 400 },
  { name: "a body of white space", body: "  \n", status: 400 },
  {
    name: "XML that calls itself JSON",
    body: `<Event>${canary}</Event>`,
    status: 400,
  },
  {
    name: "a form",
    body: "Event=53",
    status: 415,
    headers: { "content-type": "application/x-www-form-urlencoded" },
  },
  {
    name: "a charset other than UTF-8",
    body: good,
    status: 415,
    headers: { "content-type": "application/json; charset=iso-8859-1" },
  },
];

describe("POST /v1/events with hostile input", () => {
  it.each(cases)("answers $name with $status", async ({ body, status, code, headers = {} }) => {
    const { post, lines } = createIngestHarness();
    const answer = await post(body, { base64: typeof body !== "string", headers });
    expect(answer.status).toBe(status);
    if (code !== undefined) {
      expect(answer.body).toMatchObject({ results: [{ problems: [{ code }] }] });
    }
    expect(answer.text).not.toContain(canary);
    expect(lines.filter(({ level }) => level === "error")).toEqual([]);
  });

  it("does not let a caller pollute a prototype", async () => {
    const { post, store } = createIngestHarness();
    await post(withMember('"__proto__":{"polluted":true},"constructor":{"polluted":true}'));
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    const [row] = store.history.values();
    expect(row?.thisDN).toBe("7001");
    expect(JSON.stringify(row?.other)).toContain('"__proto__":{"polluted":true}');
  });
});
