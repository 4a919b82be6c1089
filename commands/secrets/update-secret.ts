import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import * as v from "valibot";
import { CommandError } from "../../bridge/terminal/command-error.ts";

/** A secret whose text is JSON of a known shape: the shape that its readers demand. */
export type JsonSecret<T> = {
  readonly id: string;
  readonly schema: v.GenericSchema<unknown, T>;
};

/** The secret's value and the version that holds it. */
export type SecretVersion<T> = {
  readonly value: T;
  readonly versionId: string;
};

/** Our label for a version that is written and not yet in force; one label, so that none pile up. */
const pendingStage = "DN_REGISTRATION_PENDING";
const attempts = 5;

// https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
const maxSecretBytes = 65_536;

/** The value in force. The error of a value that cannot be read does not repeat it: it is secret. */
export const readSecret = async <T>(
  client: SecretsManagerClient,
  { id, schema }: JsonSecret<T>,
): Promise<SecretVersion<T>> => {
  const answer = await client.send(new GetSecretValueCommand({ SecretId: id }));
  const parsed = v.safeParse(schema, answer.SecretString);
  if (!parsed.success || answer.VersionId === undefined)
    throw new CommandError(
      `the secret ${id} does not hold what these commands write: correct it first`,
    );
  return { value: parsed.output, versionId: answer.VersionId };
};

const isOvertaken = (error: unknown): boolean =>
  error instanceof Error && error.name === "InvalidParameterException";

// Puts the new version in force where the one that was read still is; answers whether it was.
const replaceVersion = async (
  client: SecretsManagerClient,
  { id, value }: { readonly id: string; readonly value: unknown },
  versionId: string,
): Promise<boolean> => {
  const put = await client.send(
    new PutSecretValueCommand({
      SecretId: id,
      SecretString: JSON.stringify(value),
      VersionStages: [pendingStage],
    }),
  );
  const putInForce = new UpdateSecretVersionStageCommand({
    SecretId: id,
    VersionStage: "AWSCURRENT",
    MoveToVersionId: put.VersionId,
    RemoveFromVersionId: versionId,
  });
  try {
    await client.send(putInForce);
    return true;
  } catch (error) {
    if (isOvertaken(error)) return false;
    throw error;
  }
};

/**
 * Replaces the value in force by `change` of it, as compare-and-swap: the new version comes into force only where the one
 * that was read still is, so that two people who change keys at the same time lose nothing. `change` may run again, and
 * what it throws ends the update.
 */
export const updateSecret = async <T>(
  client: SecretsManagerClient,
  secret: JsonSecret<T>,
  change: (value: T) => T,
): Promise<T> => {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const { value, versionId } = await readSecret(client, secret);
    const changed = change(value);
    const bytes = Buffer.byteLength(JSON.stringify(changed));
    if (bytes > maxSecretBytes)
      throw new CommandError(
        `${secret.id} would take ${bytes} bytes, and a secret holds ${maxSecretBytes}: revoke what is no longer used, or give keys shorter lists of T-Servers. Nothing was changed`,
      );
    // One entry that its readers refuse would shut out everybody.
    if (!v.is(secret.schema, JSON.stringify(changed)))
      throw new CommandError(`${secret.id} would no longer be readable: nothing was changed`);
    if (await replaceVersion(client, { id: secret.id, value: changed }, versionId)) return changed;
  }
  throw new CommandError(
    `${secret.id} keeps changing: another command is writing it. Nothing was changed, try again`,
  );
};
