import type { Construct } from "constructs";
import type { AuthorizeEnvironment } from "../../lambda/environment.ts";
import { LambdaFunction } from "./lambda-function.ts";
import { allow } from "./permissions.ts";
import type { ServiceProps } from "./service-props.ts";

/** Knows the readers' tokens, and which scopes each of them has. */
export class AuthorizeFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, { settings, data, code }: ServiceProps) {
    const { readerTokens } = data.secretArns;
    super(scope, id, {
      settings,
      code,
      name: "authorize",
      description: "Finds the scopes of a reader's token",
      memoryMegabytes: 256,
      timeoutSeconds: 5,
      environment: { READER_TOKENS_SECRET: readerTokens } satisfies AuthorizeEnvironment,
      allowed: [allow(["secretsmanager:GetSecretValue"], [readerTokens])],
    });
  }
}
