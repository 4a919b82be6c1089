import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import * as v from "valibot";
import { listenerOf, readWholeBody } from "../loopback/loopback-server.ts";
import { type AwsCredentials, signatureFault } from "./request-signature.ts";
import type { SecretStore, StoredSecret } from "./secret-store.ts";

const RequestSchema = v.object({
  SecretId: v.string(),
  SecretString: v.optional(v.string()),
  VersionStages: v.optional(v.array(v.string()), ["AWSCURRENT"]),
  VersionStage: v.optional(v.string()),
  MoveToVersionId: v.optional(v.string(), ""),
  RemoveFromVersionId: v.optional(v.string(), ""),
});
/** What Secrets Manager needs. */
export type SecretsManagerParts = {
  readonly store: SecretStore;
  /** Those with which requests must be signed. */
  readonly credentials: AwsCredentials;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

type Input = v.InferOutput<typeof RequestSchema>;
type Answer = { readonly status: number; readonly body: Record<string, unknown> };

const version = ({ arn, name, versionId }: StoredSecret) => ({
  ARN: arn,
  Name: name,
  VersionId: versionId,
  VersionStages: ["AWSCURRENT"],
});

const succeed = (body: Record<string, unknown>): Answer => ({ status: 200, body });

const failure = (type: string, message: string): Answer => ({
  status: 400,
  body: { __type: type, Message: message, message },
});

const put = (store: SecretStore, secret: StoredSecret, input: Input): Answer => {
  const { SecretString: text, VersionStages } = input;
  if (text === undefined) {
    return failure("InvalidParameterException", "You must provide SecretString.");
  }
  if (VersionStages.includes("AWSCURRENT")) return succeed(version(store.put({ ...secret, text })));
  const VersionId = store.putPending(secret, text);
  return succeed({ ARN: secret.arn, Name: secret.name, VersionId, VersionStages });
};

// This is a compare-and-swap: the label moves only from the version that the caller names.
const moveStage = (store: SecretStore, secret: StoredSecret, input: Input): Answer => {
  const { VersionStage, MoveToVersionId, RemoveFromVersionId } = input;
  const moved =
    VersionStage === "AWSCURRENT" && store.promote(secret, MoveToVersionId, RemoveFromVersionId);
  if (moved) return succeed({ ARN: secret.arn, Name: secret.name });
  const message = "The staging label is attached to another version, or the version is not there.";
  return failure("InvalidParameterException", message);
};

const seconds = ({ createdAt }: StoredSecret): number => createdAt / 1000;

const perform = (store: SecretStore, action: string, text: string): Answer => {
  const input = v.safeParse(v.pipe(v.string(), v.parseJson(), RequestSchema), text);
  if (!input.success) return failure("InvalidRequestException", "The request is not understood.");
  const secret = store.find(input.output.SecretId);
  if (secret === undefined) {
    const message = "Secrets Manager can't find the specified secret.";
    return failure("ResourceNotFoundException", message);
  }
  switch (action) {
    case "GetSecretValue":
      return succeed({
        ...version(secret),
        SecretString: secret.text,
        CreatedDate: seconds(secret),
      });
    case "DescribeSecret":
      return succeed({
        ARN: secret.arn,
        Name: secret.name,
        LastChangedDate: seconds(secret),
        VersionIdsToStages: { [secret.versionId]: ["AWSCURRENT"] },
      });
    case "PutSecretValue":
      return put(store, secret, input.output);
    case "UpdateSecretVersionStage":
      return moveStage(store, secret, input.output);
    default:
      return failure("UnknownOperationException", `The local stack does not support ${action}.`);
  }
};

/** A secret that cannot be kept, on a full disk for one, is not changed. */
const performSafely = (store: SecretStore, action: string, text: string): Answer => {
  try {
    return perform(store, action, text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ...failure("InternalServiceError", `The secret cannot be kept: ${why}`), status: 500 };
  }
};

const answer = async (
  { store, credentials, now }: SecretsManagerParts,
  request: IncomingMessage,
): Promise<Answer> => {
  const { method, url, headers } = request;
  const body = (await readWholeBody(request, 1_048_576)) ?? Buffer.alloc(0);
  const fault = await signatureFault({ method, url, headers, body }, credentials, now());
  if (fault !== undefined) return { ...failure(fault.type, fault.message), status: 403 };
  const action = String(headers["x-amz-target"] ?? "").replace("secretsmanager.", "");
  return performSafely(store, action, body.toString());
};

const send = (response: ServerResponse, { status, body }: Answer): void => {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
  response.end(JSON.stringify(body));
};

/** The part of Secrets Manager's JSON protocol that the stack and its commands use. */
export const secretsManager = (parts: SecretsManagerParts): RequestListener =>
  listenerOf(async (request, response) => send(response, await answer(parts, request)));
