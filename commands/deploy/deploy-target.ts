import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import type { DeployArguments } from "./deploy-arguments.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const regionVariables = [
  "AWS_REGION",
  "AMAZON_REGION",
  "AWS_DEFAULT_REGION",
  "AMAZON_DEFAULT_REGION",
];

/** Keys in the environment go before the profile that is named there, as in the CDK; the SDK does it the other way round. */
const credentialsIn = ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_SESSION_TOKEN: sessionToken,
}: Environment) =>
  accessKeyId && secretAccessKey
    ? { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }
    : undefined;

/** The region of a client. Throws when none is given anywhere. */
export const regionOf = (client: CloudFormationClient): Promise<string> => client.config.region();

/**
 * The client of the account and region to which the CDK deploys with these arguments, except where no region is given: the
 * CDK would take us-east-1.
 */
export const createDeployClient = (
  { profile, region }: Pick<DeployArguments, "profile" | "region">,
  environment: Environment,
): CloudFormationClient => {
  const credentials = profile === undefined ? credentialsIn(environment) : undefined;
  const usedProfile = profile ?? (environment["AWS_PROFILE"] || environment["AWS_DEFAULT_PROFILE"]);
  const usedRegion =
    region ?? regionVariables.map((name) => environment[name]).find((value) => Boolean(value));
  return new CloudFormationClient({
    ...(credentials === undefined ? {} : { credentials }),
    ...(usedProfile ? { profile: usedProfile } : {}),
    ...(usedRegion === undefined ? {} : { region: usedRegion }),
  });
};
