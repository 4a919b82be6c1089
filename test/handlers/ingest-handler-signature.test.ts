import { Webhook } from "standardwebhooks";
import { describe, expect, it, vi } from "vitest";
import { verifySignature } from "../../lambda/domain/access/signature.ts";
import { type PostOptions, sign, testNowSeconds } from "../support/api-event.ts";
import { bridgeKey, rawRegistered } from "../support/build-event.ts";
import { createIngestHarness } from "../support/ingest-harness.ts";

const other = bridgeKey({ id: "key_2", name: "bridge-b", key: `whsec_${btoa("b".repeat(32))}` });
const head = `msg_1.${testNowSeconds}.`;
// Spaces and escapes that parsing and writing again would lose.
const body = JSON.stringify(rawRegistered({ CustomerID: "Zürich" }), null, 3);

const refusal = (code: string) => ({
  status: 401,
  headers: { "content-type": "application/problem+json" },
  body: { type: `urn:dn-registration-adapter:problem:signature-${code}`, status: 401 },
});

describe("the signature of POST /v1/events", () => {
  it("is accepted from the reference implementation", async () => {
    const { post } = createIngestHarness();
    const signer = new Webhook(bridgeKey().key);
    const signature = signer.sign("msg_1", new Date(testNowSeconds * 1000), body);
    expect((await post(body, { signature })).status).toBe(200);
  });

  it("is verified over the decoded bytes when API Gateway sends base64", async () => {
    const { post } = createIngestHarness();
    expect((await post(body, { base64: true })).status).toBe(200);
    const overBase64 = sign(bridgeKey().key, btoa("{}"), head);
    expect(await post("{}", { base64: true, signature: overBase64 })).toMatchObject(
      refusal("wrong"),
    );
  });

  it("is verified over the bytes as they came, not over their meaning", async () => {
    const signature = sign(bridgeKey().key, JSON.stringify(JSON.parse(body)), head);
    expect(await createIngestHarness().post(body, { signature })).toMatchObject(refusal("wrong"));
  });

  it("may be one of several in the header", async () => {
    const signature = `v1a,xyz v1,AAAA ${sign(other.key, body, head)} ${sign(bridgeKey().key, body, head)}`;
    expect((await createIngestHarness().post(body, { signature })).status).toBe(200);
  });

  it("may be of any of a bridge's live keys, and names the application", async () => {
    const second = bridgeKey({ id: "key_3", key: `whsec_${btoa("c".repeat(32))}` });
    const { post, store } = createIngestHarness({ keys: [other, bridgeKey(), second] });
    await post(body, { key: second.key });
    expect([...store.history.values()]).toMatchObject([
      { application: "bridge-a", keyId: "key_3" },
    ]);
    await post(body, { key: other.key });
    expect([...store.statuses.values()]).toMatchObject([
      { applications: { "bridge-a": {}, "bridge-b": {} } },
    ]);
  });

  it("is accepted with a key that the cache does not have yet", async () => {
    const readBridgeKeys = async ({ reload }: { reload: boolean }) =>
      reload ? [other, bridgeKey()] : [other];
    expect((await createIngestHarness({ readBridgeKeys }).post(body)).status).toBe(200);
  });

  it("costs one HMAC a key, however many signatures the caller sends", () => {
    const fits = vi.fn(() => false);
    const signature = Array.from({ length: 2000 }, () => "v1,A").join(" ");
    const headers = { id: "msg_1", timestamp: String(testNowSeconds), signature };
    const keys = [bridgeKey(), other];
    verifySignature(headers, new Uint8Array(), keys, testNowSeconds, fits);
    expect(fits).toHaveBeenCalledTimes(keys.length);
  });

  it.each<[string, PostOptions]>([
    ["webhook-id", { headers: { "webhook-id": undefined } }],
    ["webhook-timestamp", { headers: { "webhook-timestamp": undefined } }],
    ["webhook-signature", { headers: { "webhook-signature": undefined } }],
  ])("is missing without %s", async (_, options) => {
    const { post, metrics } = createIngestHarness();
    expect(await post(body, options)).toMatchObject(refusal("missing"));
    expect(metrics).toEqual([{ name: "SignaturesRefused", value: 1, unit: "Count" }]);
  });

  it("says so when the body may not have been UTF-8, with which no signature matches", async () => {
    const { post } = createIngestHarness();
    const replaced = await post('{"ErrorMessage":"Ger\ufffdt"}', { key: other.key });
    expect(replaced.text).toContain("the body may not have been UTF-8");
    expect((await post(body, { key: other.key })).text).not.toContain("UTF-8");
  });

  it("is wrong, too, where there is no body", async () => {
    const { post } = createIngestHarness();
    expect(await post("", { key: other.key })).toMatchObject(refusal("wrong"));
  });

  it.each<[string, PostOptions]>([
    ["another key", { key: other.key }],
    ["another body", { signature: sign(bridgeKey().key, "{}", head) }],
    ["an id with a dot", { id: "msg.1" }],
    ["a timestamp that is not a number", { timestamp: "now" }],
    ["no version", { signature: sign(bridgeKey().key, body, head).slice(3) }],
    ["an asymmetric version", { signature: sign(bridgeKey().key, body, head).replace("1", "1a") }],
  ])("is wrong with %s", async (_, options) => {
    const { post, metrics, lines, store } = createIngestHarness();
    expect(await post(body, options)).toMatchObject(refusal("wrong"));
    expect(metrics).toEqual([{ name: "SignaturesRefused", value: 1, unit: "Count" }]);
    expect(lines).toMatchObject([{ level: "warn", fields: { reason: "signature wrong" } }]);
    expect(store.history.size).toBe(0);
  });

  it.each([-300, 300])("is accepted with a timestamp %i seconds off", async (off) => {
    const { post } = createIngestHarness();
    expect((await post(body, { timestamp: testNowSeconds + off })).status).toBe(200);
  });

  it.each([-301, 301])("is stale with a timestamp %i seconds off", async (off) => {
    const { post, metrics, lines } = createIngestHarness();
    expect(await post(body, { timestamp: testNowSeconds + off })).toMatchObject(refusal("stale"));
    // The key is right, and operations learn whose it is: one request is no proof of a wrong clock.
    expect(metrics).toEqual([{ name: "StaleRequestsUnproven", value: 1, unit: "Count" }]);
    expect(lines).toMatchObject([{ fields: { bridge: "bridge-a", verdict: "unproven" } }]);
  });

  it("counts a stale signature of an unknown key as refused", async () => {
    const { post, metrics } = createIngestHarness();
    const answer = await post(body, { key: other.key, timestamp: testNowSeconds - 900 });
    expect(answer).toMatchObject(refusal("stale"));
    expect(metrics).toEqual([{ name: "SignaturesRefused", value: 1, unit: "Count" }]);
  });

  it("distinguishes missing, wrong and stale in its text, and repeats none of the headers", async () => {
    const { post } = createIngestHarness();
    const options: PostOptions[] = [
      { headers: { "webhook-id": undefined } },
      { id: "SECRET-1" },
      { id: "SECRET-1", timestamp: 1 },
    ];
    const key = other.key;
    const answers = await Promise.all(options.map((one) => post(body, { key, ...one })));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(3);
    for (const { text } of answers) expect(text).not.toContain("SECRET");
  });
});
