import { describe, expect, it } from "vitest";
import { stageWarnings } from "../../commands/smoke/stage-warnings.ts";
import type { Stack } from "../../commands/stacks/stack.ts";
import type { BridgeKey } from "../../lambda/domain/access/bridge-key.ts";
import { type AwsAnswer, queryError, startAwsServer } from "../support/aws-server.ts";
import { bridgeKey } from "../support/build-event.ts";
import { buildStack } from "../support/build-stack.ts";

const operations = "arn:aws:sns:eu-central-1:111122223333:dn-registration-prod-operations";
const atOnce = (ConcurrentExecutions: number): AwsAnswer => ({
  body: { AccountLimit: { ConcurrentExecutions } },
});
const subscribed = (...arns: readonly string[]): AwsAnswer => ({
  body: `<ListSubscriptionsByTopicResponse><ListSubscriptionsByTopicResult><Subscriptions>${arns
    .map(
      (arn) =>
        `<member><SubscriptionArn>${arn}</SubscriptionArn><Protocol>email</Protocol><Endpoint>operations@example.org</Endpoint></member>`,
    )
    .join("")}</Subscriptions></ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>`,
});
const confirmed = `${operations}:8c2f`;

const keysOf = (...keys: Partial<BridgeKey>[]): AwsAnswer => ({
  body: {
    SecretString: JSON.stringify({ keys: keys.map((key) => bridgeKey(key)) }),
    VersionId: "1",
  },
});

/** The warnings about a stage whose account and operations topic answer so. */
const warnings = async (
  lambda: AwsAnswer,
  sns: AwsAnswer,
  more: Partial<Stack> = {},
  secret: AwsAnswer = keysOf({ servers: ["*"] }),
) => {
  const { config } = await startAwsServer(({ action }) => {
    if (action === "GetSecretValue") return secret;
    return action === "" ? lambda : sns;
  });
  const { topics, connections } = buildStack();
  const stack = buildStack({
    topics: { ...topics, operations },
    alarmTopic: operations,
    connections: { ...connections, sns: config, lambda: config, secretsManager: config },
    ...more,
  });
  return stageWarnings(stack);
};

describe("the warnings about a stage", () => {
  it("are none where alarms are heard and the account has room", async () => {
    expect(await warnings(atOnce(1000), subscribed(confirmed))).toEqual([]);
  });

  it("say that a new account runs few functions at once, and what to do", async () => {
    const [warning, ...more] = await warnings(atOnce(10), subscribed(confirmed));
    expect(more).toEqual([]);
    expect(warning).toContain("runs 10 functions at once");
    expect(warning).toContain("docs/first-deployment.md");
  });

  it("say that nothing hears the alarms, and how to subscribe", async () => {
    const [warning] = await warnings(atOnce(1000), subscribed());
    expect(warning).toContain("no alarm of this stage reaches a person");
    expect(warning).toContain("--topic operations");
    expect(warning).toContain("--stage x");
  });

  it("say that a subscription is not confirmed, and whose", async () => {
    const [warning] = await warnings(atOnce(1000), subscribed("PendingConfirmation"));
    expect(warning).toContain("operations@example.org has not confirmed");
    expect(await warnings(atOnce(1000), subscribed("PendingConfirmation", confirmed))).toEqual([]);
  });

  it("say which keys may name every T-Server for want of a list, and how to replace them", async () => {
    const keys = keysOf({ id: "key_1" }, { servers: ["A"] }, { id: "key_3", name: "bridge-b" });
    const [warning, ...more] = await warnings(atOnce(1000), subscribed(confirmed), {}, keys);
    expect(more).toEqual([]);
    expect(warning).toContain("key_1 of bridge-a, key_3 of bridge-b");
    expect(warning).toContain("\n  npm run keys -- add --name bridge-a --servers LIST --stage x");
  });

  it("are silent about a topic of the company's own", async () => {
    const alarmTopic = "arn:aws:sns:eu-central-1:111122223333:on-call";
    expect(await warnings(atOnce(1000), subscribed(), { alarmTopic })).toEqual([]);
  });

  it("say what could not be read, and go on", async () => {
    const denied = { status: 403, body: { __type: "AccessDeniedException", message: "no" } };
    const found = await warnings(denied, queryError("AuthorizationError", 403), {}, denied);
    expect(found).toHaveLength(3);
    expect(found.join()).toMatch(/the keys of the bridges could not be read/);
    expect(found.join()).toMatch(/limit of functions at once could not be read/);
    expect(found.join()).toMatch(/who hears the alarms could not be read/);
  });

  it("are none on this machine, which has no such limits", async () => {
    const local = {
      bridge: { name: "b", key: "k" },
      readerToken: "t",
      alertsFile: "f",
      timeLapse: 1,
      pid: 1,
    };
    expect(await warnings(atOnce(10), subscribed(), { local })).toEqual([]);
  });
});
