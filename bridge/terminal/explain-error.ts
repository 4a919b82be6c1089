import { CommandError } from "./command-error.ts";

const hints: Readonly<Record<string, string>> = {
  CredentialsProviderError: "give AWS credentials (AWS_PROFILE, or aws sso login)",
  ExpiredToken: "the AWS credentials are out of date: log in again",
  ExpiredTokenException: "the AWS credentials are out of date: log in again",
  UnrecognizedClientException: "AWS does not know these credentials",
  InvalidClientTokenId: "AWS does not know these credentials",
  AccessDenied: "these AWS credentials may not do that",
  AccessDeniedException: "these AWS credentials may not do that",
};

const regionMissing = (error: Error): string | undefined =>
  error.message.includes("Region is missing")
    ? "set AWS_REGION, or a region in the profile"
    : undefined;

const causes = (error: Error): string =>
  error instanceof AggregateError
    ? [
        error.message,
        ...error.errors.map((each) => (each instanceof Error ? each.message : String(each))),
      ]
        .filter(Boolean)
        .join("; ")
    : error.message;

/** One line that says what went wrong and, where we know it, what to do about it. */
export const explainError = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof CommandError) return error.message;
  const hint = hints[error.name] ?? regionMissing(error);
  const message = causes(error) || error.name;
  return hint === undefined ? `${error.name}: ${message}` : `${hint} (${error.name}: ${message})`;
};
