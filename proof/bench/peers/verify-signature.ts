import { createHmac, timingSafeEqual } from "node:crypto";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { MiddlewareObj } from "@middy/core";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { z } from "zod";
import { HttpError } from "./http-error.ts";

const KeysSchema = z.object({ keys: z.array(z.object({ key: z.string() })) });
const toleranceSeconds = 300;
const secrets = new SecretsManagerClient({});
let keys: Promise<Buffer[]> | undefined;

const readKeys = async (): Promise<Buffer[]> => {
  const SecretId = process.env["BRIDGE_KEYS_SECRET"];
  const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  const { keys: all } = KeysSchema.parse(JSON.parse(SecretString));
  return all.map(({ key }) => Buffer.from(key.replace("whsec_", ""), "base64"));
};

/** Standard Webhooks: refuses with 401 what none of the keys in the secret has signed within five minutes. */
export const verifyPeerSignature = (): MiddlewareObj<APIGatewayProxyEventV2> => ({
  before: async ({ event }) => {
    keys ??= readKeys();
    const id = event.headers["webhook-id"] ?? "";
    const timestamp = event.headers["webhook-timestamp"] ?? "";
    const [, given = ""] = (event.headers["webhook-signature"] ?? "").split(",");
    const signature = Buffer.from(given, "base64");
    const fits = (await keys).some((key) => {
      const digest = createHmac("sha256", key).update(`${id}.${timestamp}.${event.body}`).digest();
      return digest.length === signature.length && timingSafeEqual(digest, signature);
    });
    const age = Math.abs(Date.now() / 1000 - Number(timestamp));
    if (!fits || !(age <= toleranceSeconds)) throw new HttpError(401, "bad signature");
  },
});
