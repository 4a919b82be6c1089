import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HttpAnswer } from "../../bridge/answer.ts";
import { listRejected } from "../../commands/rejected/list-rejected.ts";
import { readMends } from "../../commands/rejected/mend-event.ts";
import { dropRejected, retryRejected, showRetry } from "../../commands/rejected/rejected-queue.ts";
import { chooseKey } from "../../commands/rejected/resend-rejected.ts";
import type { RejectedContext } from "../../commands/rejected/with-messages.ts";
import type { BridgeKey } from "../../lambda/domain/access/bridge-key.ts";
import { type Messaging, startMessaging } from "../support/emulated-messaging.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";

const key = (id: string, name: string): BridgeKey => ({
  id,
  name,
  key: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  createdAt: "2026-11-18T06:00:00Z",
});
const rejectedEvent = (more: Readonly<Record<string, unknown>> = {}) => ({
  receivedAt: "2026-11-18T06:00:00Z",
  application: "bridge-a",
  keyId: "key_1",
  requestId: "r",
  serverName: "SIPTS750",
  pointer: "/3",
  event: '{"Event": 53, "ThisDN": "7001"}',
  problems: [{ pointer: "/3/InfoType", code: "missing", detail: "InfoType is mandatory" }],
  ...more,
});
const all = { kind: "all" } as const;
const each = { each: true, group: {} };

describe.concurrent("rejected events", () => {
  let messaging: Messaging;
  let count = 0;
  beforeAll(async () => {
    messaging = await startMessaging();
  });
  afterAll(() => messaging.stop());

  // A queue of its own for each test: they wait for the end of a queue, together.
  const start = async (...bodies: readonly unknown[]) => {
    count += 1;
    const { url: queueUrl } = await messaging.makeQueue(`rejected-${count}`);
    const ids: string[] = [];
    for (const body of bodies) ids.push(await messaging.put(queueUrl, body));
    const terminal = createRecordingTerminal();
    const controller = new AbortController();
    const { signal } = controller;
    const { sqs } = messaging;
    const context: RejectedContext = { sqs, queueUrl, terminal, signal, stageOption: " --stage s" };
    return {
      end: () => controller.abort(),
      terminal,
      context,
      ids,
      bodiesLeft: () => messaging.bodiesIn(queueUrl),
    };
  };
  const resend = (status: number, outcome = "applied", keys = [key("key_1", "bridge-a")]) => {
    const bodies: string[] = [];
    const post = async (body: string): Promise<HttpAnswer> => {
      bodies.push(body);
      const problems = [{ pointer: "/events/0/InfoType", code: "missing", detail: "it is" }];
      const text = JSON.stringify({ results: [{ index: 0, id: null, outcome, problems }] });
      return { status, headers: new Headers(), text };
    };
    const resend = { keys, post, serverName: undefined, mends: [], nowMs: Date.now };
    return { bodies, resend };
  };

  it("are listed with their problems and stay where they are", async () => {
    const { context, terminal, ids, bodiesLeft } = await start(rejectedEvent());
    await listRejected(context, each);
    await listRejected(context, each);
    const lines = [
      `${ids[0]?.slice(0, 8)}  2026-11-18T06:00:00Z  bridge-a  SIPTS750 7001 EventRegistered ?`,
      "          /InfoType  missing  InfoType is mandatory",
    ];
    expect(terminal.printed).toEqual([...lines, ...lines]);
    expect(await bodiesLeft()).toHaveLength(1);
  });

  it("are listed by bridge and problem, with what to do", async () => {
    const problem = (place: string) => ({
      pointer: `/3/${place}`,
      code: "missing",
      detail: "it is",
    });
    const { context, terminal, ids } = await start(
      rejectedEvent(),
      rejectedEvent({ problems: [problem("InfoType"), problem("odd name")] }),
      rejectedEvent({
        receivedAt: "2026-11-18T07:00:00Z",
        pointer: "/events/9",
        serverName: "SIPTS751",
        problems: [{ pointer: "/events/9/InfoType", code: "missing", detail: "newest" }],
      }),
      rejectedEvent({ application: "bridge-b" }),
      "oops",
    );
    await listRejected(context, { each: false, group: {} });
    expect(terminal.printed).toEqual([
      "bridge-a  missing  /InfoType  3 events",
      "  newest",
      `  2026-11-18 06:00:00 UTC to 2026-11-18 07:00:00 UTC, of SIPTS750 and SIPTS751; for example ${ids[2]?.slice(0, 8)}`,
      "  correct the bridge; then retry, with the right value:",
      "  npm run rejected -- retry --bridge bridge-a --problem missing/InfoType --set InfoType=VALUE --stage s\n",
      "bridge-a  missing  /odd name  1 event",
      "  it is",
      `  2026-11-18 06:00:00 UTC, of SIPTS750; for example ${ids[1]?.slice(0, 8)}`,
      "  correct the bridge; then retry, with the right value:",
      "  npm run rejected -- retry --bridge bridge-a --problem 'missing/odd name' --stage s\n",
      "bridge-b  missing  /InfoType  1 event",
      ...Array.from({ length: 4 }, (): unknown => expect.anything()),
      `${ids[4]?.slice(0, 8)}  a message that cannot be read: drop it`,
    ]);
    expect(terminal.noted).toEqual([
      "5 rejected",
      "each of them, with its id: npm run rejected -- list --each --stage s",
    ]);
    await listRejected(context, { each: true, group: { bridge: "bridge-b" } });
    expect(terminal.noted.at(-1)).toBe("1 rejected");
  });

  it("are mended group by group, and the others stay", async () => {
    const other = rejectedEvent({ application: "bridge-b" });
    const { context, bodiesLeft } = await start(rejectedEvent(), other);
    const { resend: to, bodies } = resend(200);
    const group = { bridge: "bridge-a", problem: "missing" };
    const mends = readMends(["InfoType=8"]);
    await retryRejected(context, { kind: "group", group }, { ...to, mends });
    expect(bodies).toEqual([
      '{"serverName":"SIPTS750","events":[{"Event":53,"ThisDN":"7001","InfoType":"8"}]}',
    ]);
    expect(await bodiesLeft()).toEqual([JSON.stringify(other)]);
  });

  it("get no value in common where it differs from event to event, and all stay", async () => {
    const { context, bodiesLeft } = await start(rejectedEvent(), rejectedEvent());
    const { resend: to, bodies } = resend(200);
    const mended = { ...to, mends: readMends(["ThisDN=7001"]) };
    await expect(retryRejected(context, all, mended)).rejects.toThrow("give one id");
    await expect(showRetry(context, all, mended)).rejects.toThrow("give one id");
    expect(bodies).toEqual([]);
    expect(await bodiesLeft()).toHaveLength(2);
  });

  it("are shown as they would be sent, and stay", async () => {
    const { context, terminal, ids, bodiesLeft } = await start(
      rejectedEvent(),
      rejectedEvent({ application: "gone" }),
    );
    const { keys } = resend(200).resend;
    await showRetry(context, all, { keys, serverName: "S", mends: readMends(["Server=T"]) });
    const [first = "", second = ""] = ids.map((id) => id.slice(0, 8));
    expect(terminal.printed).toEqual([
      `${first}  would be sent as bridge-a: {"serverName":"SIPTS750","events":[{"Event":53,"ThisDN":"7001","Server":"T"}]}`,
      expect.stringMatching(`^${second}  would be kept: T 7001 .* gone has no live key`),
    ]);
    expect(await bodiesLeft()).toHaveLength(2);
  });

  it("that were not reached when the person ended the command stay", async () => {
    const { context, end, bodiesLeft } = await start(rejectedEvent(), rejectedEvent());
    const { resend: to } = resend(200);
    const post = async (...given: Parameters<typeof to.post>) => {
      end();
      return to.post(...given);
    };
    await expect(retryRejected(context, all, { ...to, post })).rejects.toThrow(
      "ended early: 1 were not reached, and stay",
    );
    await expect(dropRejected(context, all)).rejects.toThrow("ended early");
    expect(await bodiesLeft()).toHaveLength(1);
  });

  it("are sent again as they came, with their server's name, and leave when they are taken", async () => {
    const { context, terminal, bodiesLeft } = await start(rejectedEvent());
    const api = resend(200);
    expect(await retryRejected(context, all, api.resend)).toBe(0);
    expect(api.bodies).toEqual([
      '{"serverName":"SIPTS750","events":[{"Event": 53, "ThisDN": "7001"}]}',
    ]);
    expect(terminal.printed[0]).toContain("accepted");
    expect(await bodiesLeft()).toEqual([]);
  });

  it("are not doubled where ingest rejects them, and keeps them, again", async () => {
    const { context, terminal, bodiesLeft } = await start(rejectedEvent());
    expect(await retryRejected(context, all, resend(422, "rejected").resend)).toBe(1);
    expect(terminal.printed[0]).toContain("/InfoType  missing  it is");
    expect(await bodiesLeft()).toEqual([]);
  });

  it("take the server name that a person gives where they came without one", async () => {
    const { context } = await start(rejectedEvent({ serverName: undefined }));
    const api = resend(200);
    await retryRejected(context, all, { ...api.resend, serverName: "S" });
    expect(api.bodies[0]).toContain('{"serverName":"S",');
  });

  it.each([
    ["the API does not answer well", rejectedEvent(), 503, "answered 503"],
    [
      "the bridge has no live key",
      rejectedEvent({ application: "gone" }),
      200,
      "gone has no live key",
    ],
    ["the text was cut", rejectedEvent({ truncated: true }), 200, "too long to be kept whole"],
    ["the text is no JSON", rejectedEvent({ event: "{" }), 200, "no retry mends"],
    ["the message is something else", "oops", 200, "cannot be read"],
  ])("stay where %s", async (_, body, status, why) => {
    const { context, terminal, bodiesLeft } = await start(body);
    expect(await retryRejected(context, all, resend(status).resend)).toBe(1);
    expect(terminal.printed[0]).toMatch(/^kept {6}/);
    expect(terminal.printed[0]).toContain(why);
    expect(await bodiesLeft()).toHaveLength(1);
  });

  it("are dropped when they are named, and each is shown", async () => {
    const { context, terminal, ids, bodiesLeft } = await start(rejectedEvent(), rejectedEvent());
    await dropRejected(context, { kind: "ids", ids: ids.slice(0, 1) });
    expect(terminal.printed).toHaveLength(1);
    expect(terminal.noted).toEqual(["1 dropped, 1 left"]);
    expect(await bodiesLeft()).toHaveLength(1);
  });

  it("all stay where an id is unknown", async () => {
    const { context, bodiesLeft } = await start(rejectedEvent());
    const attempt = dropRejected(context, { kind: "ids", ids: ["zzzz"] });
    await expect(attempt).rejects.toThrow("nothing was done");
    expect(await bodiesLeft()).toHaveLength(1);
  });
});

describe("chooseKey", () => {
  const keys = [key("key_1", "bridge-a"), key("key_2", "bridge-b"), key("key_3", "bridge-a")];
  const event = JSON.stringify({ Event: "EventRegistered", ServerName: "SIPTS751", ThisDN: "1" });
  it.each([
    ["key_1", "bridge-a", "key_1"],
    ["key_0", "bridge-a", "key_3"],
    ["key_0", "bridge-c", undefined],
  ])("%s of %s: %s", (keyId, application, expected) => {
    expect(chooseKey(keys, { keyId, application, event })?.id).toBe(expected);
  });

  it.each<[string, string[] | undefined, string, string | undefined, string]>([
    [
      "the one that may name the server, where the event's own may not",
      ["SIPTS751"],
      event,
      undefined,
      "key_3",
    ],
    ["the event's own, where none may", ["SIPTS752"], event, undefined, "key_1"],
    ["one that may name the request's server", ["S"], "{}", "S", "key_3"],
    ["the event's own, where the server is unknown", undefined, "{}", undefined, "key_1"],
  ])("chooses %s", (_, servers, text, serverName, expected) => {
    const some = [
      { ...key("key_1", "bridge-a"), servers: ["SIPTS750"] },
      { ...key("key_3", "bridge-a"), servers },
    ];
    const rejected = { keyId: "key_1", application: "bridge-a", event: text, serverName };
    expect(chooseKey(some, rejected)?.id).toBe(expected);
  });
});
