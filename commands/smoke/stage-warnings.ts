import { GetAccountSettingsCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { explainError } from "../../bridge/terminal/explain-error.ts";
import { bridgeKeysOf } from "../secrets/manage-keys.ts";
import { readSecret } from "../secrets/update-secret.ts";
import type { Stack } from "../stacks/stack.ts";
import { listSubscriptions } from "../subscribe/list-subscriptions.ts";

// The functions of a busy stage together; Lambda's default for an account is 1,000, a new one has 10.
const enoughAtOnce = 100;

const concurrencyWarning = async ({ connections }: Stack): Promise<string | undefined> => {
  const client = new LambdaClient(connections.lambda);
  const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
  const atOnce = AccountLimit?.ConcurrentExecutions ?? enoughAtOnce;
  if (atOnce >= enoughAtOnce) return undefined;
  return `this account runs ${atOnce} functions at once, over all that is in it: when bridges are busy, Lambda throttles. Ask AWS for 1,000 (docs/first-deployment.md)`;
};

const alarmsWarning = async ({
  connections,
  topics,
  alarmTopic,
  stageOption,
}: Stack): Promise<string | undefined> => {
  // A topic of the company's own may not let us look; who set it knows who hears it.
  if (alarmTopic !== undefined && alarmTopic !== topics.operations) return undefined;
  const subscriptions = await listSubscriptions(new SNSClient(connections.sns), topics.operations);
  if (subscriptions.some(({ arn }) => arn !== undefined)) return undefined;
  const [pending] = subscriptions;
  return pending === undefined
    ? `no alarm of this stage reaches a person. Deploy with alarmEmail or alarmTopicArn, or subscribe:\n  npm run subscribe -- --topic operations --email YOU@EXAMPLE.ORG${stageOption}`
    : `no alarm of this stage reaches a person: ${pending.endpoint} has not confirmed its subscription`;
};

const keysWarning = async (stack: Stack): Promise<string | undefined> => {
  const client = new SecretsManagerClient(stack.connections.secretsManager);
  const { value } = await readSecret(client, bridgeKeysOf(stack));
  const unrestricted = value.keys.filter(({ servers }) => servers === undefined);
  const [first] = unrestricted;
  if (first === undefined) return undefined;
  const named = unrestricted.map(({ id, name }) => `${id} of ${name}`).join(", ");
  return `a key that was made without a list of T-Servers may name every one: ${named}. For each, add one with a list, give it to the bridge, then revoke the old one:\n  npm run keys -- add --name ${first.name} --servers LIST${stack.stageOption}`;
};

const orWhyNot = async (check: Promise<string | undefined>, what: string) =>
  check.catch((error: unknown) => `${what} could not be read: ${explainError(error)}`);

/**
 * What is wrong with a deployed stage although it works: a line each, and where a command mends it, a second line with that.
 * Nothing on this machine has such limits.
 */
export const stageWarnings = async (stack: Stack): Promise<string[]> => {
  if (stack.local !== undefined) return [];
  const found = await Promise.all([
    orWhyNot(concurrencyWarning(stack), "the account's limit of functions at once"),
    orWhyNot(alarmsWarning(stack), "who hears the alarms"),
    orWhyNot(keysWarning(stack), "the keys of the bridges"),
  ]);
  return found.filter((warning) => warning !== undefined);
};
