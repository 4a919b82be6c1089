/**
 * Errors of AWS that stay classes of their own: those that our code tells apart by class, and the one that the SDK sends
 * again for a mark on its class rather than for its name or its HTTP status.
 */
export const knownErrors: readonly string[] = [
  "ConditionalCheckFailedException",
  "ReplicatedWriteConflictException",
];

/** Files that say what each command sends and receives, and which errors there are. */
export const schemaFile = /[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/;

// SNS is left as it is: its errors have another name on the wire, and the SDK finds their names in the schemas.
const hasErrorsByName = /[\\/]client-(?:dynamodb|sqs|secrets-manager)[\\/]/;

// `{ [_aQE]: … }` with a constant may have an effect, for all that a bundler knows; `{ awsQueryError: … }` has none.
const spellOutNames = (text: string): string => {
  const constants = new Map(
    [...text.matchAll(/^const (_\w+) = "(\w+)";$/gm)].map(([, name, value]) => [name, value]),
  );
  return text.replace(/\[(_\w+)\](?=:)/g, (all, name) => constants.get(name) ?? all);
};

const forgetErrors = (text: string): string =>
  text.replace(/^\w+\.registerError\((\w+)\$, \w+\);$/gm, (all, name) =>
    knownErrors.includes(name) || name.endsWith("ServiceException") ? all : "",
  );

/**
 * Leaves of a client's schemas what the commands need that a function imports. An error without a schema becomes its
 * service's general exception, with the same name, message and HTTP status.
 */
export const leanSchemas = (path: string, text: string): string =>
  spellOutNames(hasErrorsByName.test(path) ? forgetErrors(text) : text);
