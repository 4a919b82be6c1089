import * as v from "valibot";
import { StartFailure } from "../command/start-failure.ts";
import type { SecretStore } from "../emulators/secret-store.ts";
import type { LocalAccess } from "../stack/local-access.ts";
import type { Deployment } from "../templates/resolved-templates.ts";

const SecretSchema = v.object({
  Name: v.optional(v.string()),
  SecretString: v.optional(v.string(), ""),
});

/** Creates the template's secrets with their first values. */
export function createSecrets(deployment: Deployment, store: SecretStore): void {
  for (const { ref, logicalId, properties } of deployment.ofType("AWS::SecretsManager::Secret")) {
    const { Name = logicalId, SecretString } = v.parse(SecretSchema, properties());
    store.put({ arn: ref, name: Name, text: SecretString });
  }
}

/** Lets one bridge and one reader in; `secrets` are names or ARNs. */
export function grantLocalAccess(
  store: SecretStore,
  secrets: { readonly bridgeKeys: string; readonly readerTokens: string },
  access: LocalAccess,
): void {
  replace(store, secrets.bridgeKeys, { keys: [access.bridgeKey] });
  replace(store, secrets.readerTokens, { tokens: [access.readerToken] });
}

function replace(store: SecretStore, id: string, value: unknown): void {
  const secret = store.find(id);
  if (secret === undefined) throw new StartFailure(`The templates have no secret ${id}.`);
  store.put({ ...secret, text: JSON.stringify(value) });
}
