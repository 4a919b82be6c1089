import { Duration } from "aws-cdk-lib";
import {
  HttpLambdaAuthorizer,
  HttpLambdaResponseType,
} from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import type { LambdaFunction } from "../functions/lambda-function.ts";

/**
 * Asks `authorize` once for each token and half minute. It passes the token's scopes on instead of refusing: the cached
 * answer serves every route, and each handler checks its own scope.
 */
export const readerAuthorizer = ({ function: handler }: LambdaFunction): HttpLambdaAuthorizer =>
  new HttpLambdaAuthorizer("ReaderAuthorizer", handler, {
    authorizerName: "reader-token",
    identitySource: ["$request.header.Authorization"],
    responseTypes: [HttpLambdaResponseType.SIMPLE],
    // With the 25 seconds that authorize keeps the secret, a revoked token is refused within a minute.
    resultsCacheTtl: Duration.seconds(30),
  });
