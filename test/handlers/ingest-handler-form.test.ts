import { describe, expect, it } from "vitest";
import { rawRegistered, rawUnregistered } from "../support/build-event.ts";
import { createIngestHarness } from "../support/ingest-harness.ts";

const ndjson = { headers: { "content-type": "application/x-ndjson" } };
const noDn = rawRegistered({ ThisDN: undefined });
const problemAt = (pointer: string) => ({ outcome: "rejected", problems: [{ pointer }] });

describe("the form of POST /v1/events", () => {
  it.each([
    ["a single event", noDn, "/ThisDN", {}],
    ["an array", [noDn], "/0/ThisDN", {}],
    ["an envelope", { events: [noDn] }, "/events/0/ThisDN", {}],
    ["NDJSON", `\n${JSON.stringify(noDn)}\n`, "/1/ThisDN", ndjson],
    ["a flat attribute", rawRegistered({ InfoStatus: "x" }), "/InfoStatus", {}],
    [
      "a nested attribute",
      [rawRegistered({ InfoStatus: { AddressType: 77 } })],
      "/0/InfoStatus/AddressType",
      {},
    ],
    [
      "the envelope's name",
      { serverName: 5, events: [rawRegistered({ ServerName: null })] },
      "/serverName",
      {},
    ],
  ])("points into %s", async (_, body, pointer, options) => {
    const answer = await createIngestHarness().post(body, options);
    expect(answer).toMatchObject({ status: 422, body: { results: [problemAt(pointer)] } });
  });

  it("accepts NDJSON with a bad line, which spoils no other", async () => {
    const lines = [JSON.stringify(rawRegistered()), "{oops", JSON.stringify(rawUnregistered())];
    const answer = await createIngestHarness().post(lines.join("\r\n"), ndjson);
    expect(answer).toMatchObject({
      status: 207,
      body: { results: [{ outcome: "applied" }, problemAt("/1"), { outcome: "applied" }] },
    });
  });

  it.each([
    "application/json",
    "Application/JSON; charset=UTF-8",
    'application/json;charset="utf-8"',
    "application/json; profile=x; charset=utf8",
  ])("accepts the content type %s", async (type) => {
    const { post } = createIngestHarness();
    const answer = await post(rawRegistered(), { headers: { "content-type": type } });
    expect(answer.status).toBe(200);
  });

  it.each([undefined, "", "text/plain", "application/xml", "application/json; charset=latin1"])(
    "answers 415 to the content type %s",
    async (type) => {
      const { post, store } = createIngestHarness();
      const answer = await post(rawRegistered(), { headers: { "content-type": type } });
      expect(answer.headers["content-type"]).toBe("application/problem+json");
      expect(answer).toMatchObject({
        status: 415,
        body: { type: "urn:dn-registration-adapter:problem:unsupported-media-type" },
      });
      expect(answer.text).not.toContain('detail":""');
      expect(store.history.size).toBe(0);
    },
  );

  it("answers 415 to a Content-Encoding, and accepts identity", async () => {
    const { post } = createIngestHarness();
    const encoded = await post(rawRegistered(), { headers: { "content-encoding": "gzip" } });
    expect(encoded).toMatchObject({
      status: 415,
      body: { type: "urn:dn-registration-adapter:problem:encoded" },
    });
    const plain = await post(rawRegistered(), { headers: { "content-encoding": "Identity" } });
    expect(plain.status).toBe(200);
  });

  it.each([
    ["not JSON", "{oops", "not-json"],
    ["empty", "", "not-json"],
    ["not UTF-8", new Uint8Array([0x22, 0xff, 0x22]), "not-utf8"],
    ["an envelope without an array", '{"events":{}}', "not-an-envelope"],
  ])("answers 400 when the body is %s", async (_, body, code) => {
    const { post, lines } = createIngestHarness();
    const answer = await post(body, { base64: true });
    expect(answer).toMatchObject({
      status: 400,
      headers: { "content-type": "application/problem+json" },
      body: {
        type: `urn:dn-registration-adapter:problem:${code}`,
        status: 400,
        detail: expect.stringMatching(/./),
      },
    });
    expect(lines.every(({ level }) => level === "warn")).toBe(true);
  });

  it("accepts a body with a byte order mark", async () => {
    const answer = await createIngestHarness().post(`\ufeff${JSON.stringify(rawRegistered())}`);
    expect(answer.status).toBe(200);
  });

  it("accepts 500 events and answers 413 to 501, in every form", async () => {
    const { post } = createIngestHarness();
    const events = (count: number) => Array.from({ length: count }, () => ({ Event: 60 }));
    const lines = (count: number) =>
      events(count)
        .map((one) => JSON.stringify(one))
        .join("\n");
    expect((await post(events(500))).status).toBe(200);
    expect((await post(lines(500), ndjson)).status).toBe(200);
    const tooMany = {
      status: 413,
      headers: { "content-type": "application/problem+json" },
      body: {
        type: "urn:dn-registration-adapter:problem:too-many",
        detail: expect.stringMatching(/./),
      },
    };
    expect(await post(events(501))).toMatchObject(tooMany);
    expect(await post({ events: events(501) })).toMatchObject(tooMany);
    expect(await post(lines(501), ndjson)).toMatchObject(tooMany);
  });

  it("accepts a body of 1 MiB and answers 413 to one byte more, counted in bytes", async () => {
    const { post } = createIngestHarness();
    const full = `[]${" ".repeat(1_048_574)}`;
    expect((await post(full)).status).toBe(200);
    expect((await post(full, { base64: true })).status).toBe(200);
    const tooLarge = {
      status: 413,
      body: { type: "urn:dn-registration-adapter:problem:too-large", status: 413 },
    };
    expect(await post(`${full} `)).toMatchObject(tooLarge);
    expect(await post(`"${"ä".repeat(524_288)}"`)).toMatchObject(tooLarge);
  });

  it("rejects only the event of more than 20 kB", async () => {
    const long = rawRegistered({ Extensions: { filler: "ä".repeat(10_000) } });
    const answer = await createIngestHarness().post([long, rawRegistered()]);
    expect(answer).toMatchObject({
      status: 207,
      body: {
        results: [
          { outcome: "rejected", problems: [{ pointer: "/0", code: "too-long" }] },
          { outcome: "applied" },
        ],
      },
    });
  });

  it("rejects only the event that is nested too deeply", async () => {
    const deep = `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    const answer = await createIngestHarness().post(`[${deep},${JSON.stringify(rawRegistered())}]`);
    expect(answer).toMatchObject({
      status: 207,
      body: { results: [{ problems: [{ code: "too-deep" }] }, { outcome: "applied" }] },
    });
  });

  it("keeps no impossible server name of the envelope", async () => {
    const { post, rejected } = createIngestHarness();
    const serverName = "x".repeat(300_000);
    const answer = await post({ serverName, events: [rawRegistered({ ServerName: null })] });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(rejected).length).toBeLessThan(2_000);
  });
});
