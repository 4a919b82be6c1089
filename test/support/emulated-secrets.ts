import { createServer } from "node:http";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createSecretStore } from "../../local/emulators/secret-store.ts";
import { secretsManager } from "../../local/emulators/secrets-manager.ts";

const arn = (name: string) => `arn:aws:secretsmanager:us-east-1:000000000000:secret:${name}-abcdef`;

/** The two secrets of a stack, still empty, behind an endpoint of their own in this process. */
export const startSecrets = async () => {
  const store = createSecretStore(Date.now);
  store.put({ arn: arn("keys"), name: "keys", text: '{"keys":[]}' });
  store.put({ arn: arn("tokens"), name: "tokens", text: '{"tokens":[]}' });
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const server = createServer(secretsManager({ store, credentials, now: Date.now }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const connection = {
    endpoint: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    region: "us-east-1",
    credentials,
  };
  const client = new SecretsManagerClient(connection);
  const stored = async (id: string) =>
    (await client.send(new GetSecretValueCommand({ SecretId: id }))).SecretString ?? "";
  const stop = () => {
    client.destroy();
    server.close();
  };
  const secrets = { bridgeKeys: arn("keys"), readerTokens: arn("tokens") };
  return { client, connection, secrets, stored, stop };
};

/** What `startSecrets` returns. */
export type EmulatedSecrets = Awaited<ReturnType<typeof startSecrets>>;
