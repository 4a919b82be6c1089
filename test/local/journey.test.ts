import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateTopicCommand, DeleteTopicCommand } from "@aws-sdk/client-sns";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chunks } from "../../lambda/async/chunks.ts";
import { formatTime } from "../../lambda/domain/time.ts";
import {
  createLocalClients,
  type LocalClients,
  localCredentials,
} from "../../local/emulators/local-clients.ts";
import type { Answer } from "../support/answer.ts";
import { baseTime, rawRegistered, rawUnregistered } from "../support/build-event.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { type PostOptions, postEvents } from "../support/post-events.ts";
import { type Subscriber, subscribe } from "../support/subscriber.ts";
import { walkPages } from "../support/walk-pages.ts";

let stack: LocalStack;
let clients: LocalClients;
let changes: Subscriber;
let alerts: Subscriber;
let keys: { a: string; b: string };

const post = (body: unknown, options: Partial<PostOptions> = {}) =>
  postEvents(stack.url, body, { key: keys.a, ...options });
const read = async (path: string, token = stack.description.readerToken) => {
  const response = await fetch(stack.url + path, { headers: { authorization: `Bearer ${token}` } });
  const body: Record<string, unknown> = JSON.parse(await response.text());
  return { status: response.status, body };
};

const functionLog = () => readFileSync(join(stack.directory, ".local/functions.log"), "utf8");

/** A second of the morning, so that events of a test follow each other. */
const at = (second: number) => ({ time: { sec: 1_795_143_480 + second, usec: 1 } });

beforeAll(async () => {
  // A hold-down takes half a second, a second by SQS's clock, and an alert is held open for five.
  stack = await startLocalStack({ args: ["--time-lapse", "60"] });
  const { topics, bridge, secrets, endpoints, region } = stack.description;
  clients = createLocalClients(endpoints, region);
  keys = { a: bridge.key, b: `whsec_${Buffer.alloc(32, 7).toString("base64")}` };
  const toKey = (name: string, key: string) => ({ id: `key_${name}`, name, key, createdAt: "now" });
  const secretsManager = new SecretsManagerClient({
    region,
    endpoint: endpoints.secretsManager,
    credentials: localCredentials,
  });
  await secretsManager.send(
    new PutSecretValueCommand({
      SecretId: secrets.bridgeKeys,
      SecretString: JSON.stringify({
        keys: [toKey("bridge-a", keys.a), toKey("bridge-b", keys.b)],
      }),
    }),
  );
  changes = await subscribe(clients, topics.changes);
  alerts = await subscribe(clients, topics.alerts);
}, 60_000);
afterAll(() => stack.stop());

describe("a DN with 10 MB of history", () => {
  it("is read to the end by its cursors, though a function may answer only 6 MB", async () => {
    const Extensions = { filler: '"'.repeat(9_500) };
    const events = Array.from({ length: 500 }, (_, index) =>
      rawRegistered({ ThisDN: "7300", Extensions, ...at(index) }),
    );
    for (const some of chunks(events, 40)) expect((await post(some)).status).toBe(200);
    const ask = async (_: string, { query = "" }): Promise<Answer> => ({
      headers: {},
      text: "",
      ...(await read(`/v1/history?${query}`)),
    });
    const pages = await walkPages(ask, "GET /v1/history", "thisDN=7300&limit=500");
    const times = v.parse(v.array(v.object({ time: v.string() })), pages.flat());
    const wanted = events.map((_, index) => formatTime(baseTime + index * 1_000_000 - 123_455));
    expect(times.map(({ time }) => time)).toEqual(wanted.toReversed());
    expect(pages.length).toBeGreaterThan(2);
  });
});

describe("a DN's morning", () => {
  it("is registered: stored, readable, published to subscribers", async () => {
    const { status, body } = await post(rawRegistered({ AgentID: "4711", ...at(0) }));
    expect([status, body]).toMatchObject([200, { results: [{ index: 0, outcome: "applied" }] }]);
    expect(await read("/v1/registrations/7001")).toMatchObject({
      status: 200,
      body: {
        data: [
          {
            thisDN: "7001",
            server: "SIPTS750",
            status: "registered",
            applications: [{ name: "bridge-a", agentID: "4711" }],
          },
        ],
      },
    });
    const told = await changes.until(({ subject }) => subject === "7001");
    expect(told).toMatchObject({
      type: "registration.registered",
      source: "/servers/SIPTS750",
      data: { status: "registered", application: "bridge-a" },
    });
  });

  it("knows a repetition and a late event, and keeps each event once", async () => {
    const again = await post([rawRegistered({ AgentID: "4711", ...at(0) }), rawRegistered(at(-9))]);
    expect(again.body).toMatchObject({
      results: [{ outcome: "duplicate" }, { outcome: "outdated" }],
    });
    expect(await read("/v1/history?thisDN=7001")).toMatchObject({
      body: {
        data: [
          { event: "EventRegistered", outcome: "applied", agentID: "4711", keyId: "key_bridge-a" },
          { event: "EventRegistered", outcome: "outdated" },
        ],
        nextCursor: null,
      },
    });
  });

  it("warns while a second application still sees it, and is critical when none does", async () => {
    await post(rawRegistered(at(1)), { key: keys.b });
    await post(rawUnregistered(at(2)));
    const opened = await alerts.until(({ type }) => type === "alert.opened");
    expect(opened.data).toMatchObject({
      kind: "dn",
      severity: "warning",
      title:
        "OPEN SIPTS750: bridge-a lost DN 7001 at 2026-11-20 02:58 UTC, still seen by bridge-b: DN is not configured in CME (59)",
    });
    await post(rawUnregistered({ ...at(3), ErrorCode: 109 }), { key: keys.b });
    const updated = await alerts.until(({ type }) => type === "alert.updated");
    expect(updated.data).toMatchObject({
      alertId: opened.data["alertId"],
      severity: "critical",
      dns: [{ thisDN: "7001", applications: ["bridge-a", "bridge-b"] }],
    });
    const types = ["registration.updated", "registration.unregistered"];
    for (const type of types) await changes.until((message) => message.type === type);
  });

  it("shows what it was at a time, and lists what is lost", async () => {
    const then = encodeURIComponent("2026-11-20T02:58:01.5Z");
    expect(await read(`/v1/registrations?thisDN=7001&at=${then}`)).toMatchObject({
      body: { data: [{ status: "registered", applications: [{}, { name: "bridge-b" }] }] },
    });
    expect(await read("/v1/registrations?verdict=unexpected&server=SIPTS750")).toMatchObject({
      body: { data: [{ thisDN: "7001", verdict: "unexpected", reason: { category: "link" } }] },
    });
  });

  it("resolves the alert by its name when both applications are back", async () => {
    await post(rawRegistered(at(4)));
    await post(rawRegistered(at(5)), { key: keys.b });
    const resolved = await alerts.until(({ type }) => type === "alert.resolved");
    const opened = alerts.received.find(({ type }) => type === "alert.opened");
    expect(resolved.data).toMatchObject({
      alertId: opened?.data["alertId"],
      resolution: "registered",
    });
  });

  it("raises no alert for what the application asked for", async () => {
    const dn = { ThisDN: "7100" };
    await post([rawRegistered({ ...dn, ...at(0) })]);
    await post(rawUnregistered({ ...dn, ...at(1), ReferenceID: 9, ErrorCode: 0 }));
    const told = await changes.until(
      ({ type, subject }) => type === "registration.unregistered" && subject === "7100",
    );
    expect(told.data).toMatchObject({ verdict: "expected", reason: { category: "requested" } });
    expect(alerts.received.filter(({ subject }) => subject === "7100")).toEqual([]);
  });
});

describe("a subscriber with a filter policy", () => {
  it("gets only what it asked for", async () => {
    const filtered = await subscribe(clients, stack.description.topics.changes, {
      server: ["AVAYATS1"],
      type: ["registration.registered"],
    });
    await post([
      rawRegistered({ ThisDN: "7200" }),
      rawRegistered({ ThisDN: "7201", ServerName: "AVAYATS1" }),
      rawUnregistered({ ThisDN: "7202", ServerName: "AVAYATS1", ReferenceID: 1, ErrorCode: 0 }),
    ]);
    await filtered.until(({ subject }) => subject === "7201");
    for (const dn of ["7200", "7202"]) await changes.until(({ subject }) => subject === dn);
    expect(filtered.received.map(({ subject }) => subject)).toEqual(["7201"]);
  });
});

describe("a request that cannot be taken whole", () => {
  const good = rawRegistered({ ThisDN: "7300" });
  const bad = rawRegistered({ ThisDN: null });

  it.each<[number, string, unknown, Partial<PostOptions>]>([
    [207, "some rejected", [good, bad], {}],
    [422, "none valid", bad, {}],
    [400, "no JSON", "{", {}],
    [413, "too many", Array(501).fill(good), {}],
    [413, "too large", " ".repeat(1_048_577), {}],
    [415, "another content type", good, { contentType: "text/plain" }],
    [415, "a Content-Encoding", good, { headers: { "content-encoding": "gzip" } }],
    [401, "a wrong key", good, { key: `whsec_${Buffer.alloc(32, 9).toString("base64")}` }],
    [401, "a stale timestamp", good, { clockOffset: -360 }],
    [401, "no signature", good, { headers: { "webhook-signature": "" } }],
  ])("is answered %i: %s", async (status, _, body, options) => {
    const answer = await post(body, options);
    expect(answer.status).toBe(status);
    if (status !== 207) {
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(answer.body).toMatchObject({ status, title: expect.any(String) });
    }
    expect(answer.headers.get("date")).toBeTruthy();
  });

  it("leaves what was rejected in the queue for operations", async () => {
    const { Messages = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: stack.description.queues.rejectedEvents,
        MaxNumberOfMessages: 10,
      }),
    );
    const bodies = Messages.map(({ Body = "" }): unknown => JSON.parse(Body));
    expect(bodies).toContainEqual(
      expect.objectContaining({
        application: "bridge-a",
        event: JSON.stringify(bad),
        problems: [expect.objectContaining({ code: "missing" })],
      }),
    );
  });

  it("is refused to readers without a token, with a bad one, and by an unknown path", async () => {
    expect((await fetch(`${stack.url}/v1/registrations`)).status).toBe(401);
    expect((await read("/v1/registrations", "dnr_nobody")).status).toBe(401);
    expect((await read("/v1/nowhere")).status).toBe(404);
    expect((await read("/v1/registrations/never-seen")).status).toBe(404);
    expect(await (await fetch(`${stack.url}/v1/health`)).json()).toEqual({ status: "ok" });
  });
});

describe("when publishing fails", () => {
  it("sets a foreign record aside, and publishes the others", async () => {
    const { tables, queues } = stack.description;
    const item = { ThisDN: { S: "poison" }, server: { S: "X" }, changed: { BOOL: true } };
    await clients.dynamodb.send(new PutItemCommand({ TableName: tables.status, Item: item }));
    await post(rawRegistered({ ThisDN: "7400" }));
    await changes.until(({ subject }) => subject === "7400");
    const { Messages = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queues.failedChanges, WaitTimeSeconds: 5 }),
    );
    expect(JSON.parse(Messages[0]?.Body ?? "{}")).toMatchObject({
      record: { dynamodb: { Keys: { ThisDN: { S: "poison" } } } },
    });
  });

  it("publishes again what a topic did not accept, once it does, and changes meanwhile", async () => {
    const { topics } = stack.description;
    await clients.sns.send(new DeleteTopicCommand({ TopicArn: topics.alerts }));
    await post(rawUnregistered({ ThisDN: "7501" }));
    await expect.poll(functionLog).toContain("records not published");
    await post(rawRegistered({ ThisDN: "7502" }));
    await changes.until(({ subject }) => subject === "7502");
    const before = functionLog().length;
    const name = topics.alerts.split(":").at(-1);
    await clients.sns.send(new CreateTopicCommand({ Name: name }));
    // The metric, as the alert may be published again before anybody can subscribe to the new topic.
    await expect.poll(() => functionLog().slice(before)).toContain('"AlertsTold":1');
    const late = await subscribe(clients, topics.alerts);
    await post(rawUnregistered({ ThisDN: "7503" }));
    await late.until(({ type, subject }) => type === "alert.opened" && subject === "7503");
  });
});
