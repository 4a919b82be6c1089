import { SecretValue, Validations } from "aws-cdk-lib";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { removalPolicyOf } from "../settings/removal-policy.ts";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";

/** The bridges' signing keys, and the hashes of the readers' tokens. */
export class Secrets extends Construct {
  readonly bridgeKeys: Secret;
  readonly readerTokens: Secret;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.bridgeKeys = this.secret("BridgeKeys", settings, {
      name: "bridge-keys",
      description: "Signing keys of the bridges. Change them with: npm run keys",
      empty: '{"keys":[]}',
    });
    this.readerTokens = this.secret("ReaderTokens", settings, {
      name: "reader-tokens",
      description: "Hashes of the readers' tokens. Change them with: npm run tokens",
      empty: '{"tokens":[]}',
    });
  }

  private secret(
    id: string,
    settings: Settings,
    { name, description, empty }: { name: string; description: string; empty: string },
  ): Secret {
    const secret = new Secret(this, id, {
      secretName: `${resourceName(settings)}/${name}`,
      description,
      // Never change this first value: CloudFormation would overwrite the keys and tokens that the commands have stored.
      secretStringValue: SecretValue.unsafePlainText(empty),
      removalPolicy: removalPolicyOf(settings),
    });
    Validations.of(secret).acknowledge({
      id: "AwsSolutions-SMG4",
      reason:
        "A bridge outside AWS shares each key, so people rotate it: two keys are valid meanwhile.",
    });
    return secret;
  }
}
