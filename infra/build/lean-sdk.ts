import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";
import { leanSchemas, schemaFile } from "./lean-schemas.ts";

/** A file of the SDK that Lambda has no use for, and its replacement. */
type Replacement = {
  readonly file: RegExp;
  readonly contents: string;
};

const replacements: readonly Replacement[] = [
  // The chain of credential providers. A function uses one of them: Lambda puts credentials into the environment.
  {
    file: /[\\/]credential-provider-node[\\/]dist-es[\\/]index\.js$/,
    contents: 'export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";',
  },
  // ~/.aws/config and ~/.aws/credentials: each client would look for both before its first call.
  {
    file: /[\\/]node-config-provider[\\/]fromSharedConfigFiles\.js$/,
    contents:
      "export const fromSharedConfigFiles = () => () => Promise.reject({ tryNextLink: true });",
  },
  // The endpoint discovery of DynamoDB, which only AWS_ENABLE_ENDPOINT_DISCOVERY turns on.
  {
    file: /[\\/]endpoint-cache[\\/]dist-es[\\/]index\.js$/,
    contents: "export class EndpointCache {}",
  },
  // Whether a body is a web stream or a blob: the check alone makes Node load both.
  {
    file: /[\\/]util-stream[\\/]stream-type-check\.js$/,
    contents: "export const isReadableStream = () => false; export const isBlob = () => false;",
  },
  // Log records of each call. The SDK prepares them even without a logger, as here: 4 % of a call's CPU.
  {
    file: /[\\/]middleware-logger[\\/]loggerMiddleware\.js$/,
    contents: `
      export const loggerMiddlewareOptions = {};
      export const loggerMiddleware = () => (next) => next;
      export const getLoggerPlugin = () => ({ applyToStack: () => {} });`,
  },
  // What a command would write into the log of that middleware.
  {
    file: /[\\/]smithy-client[\\/]schemaLogFilter\.js$/,
    contents: "export const schemaLogFilter = () => undefined;",
  },
  // The retries that AWS_RETRY_MODE=adaptive asks for. No function has that variable; with it, they are the standard ones.
  {
    file: /[\\/]util-retry[\\/]AdaptiveRetryStrategy\.js$/,
    contents:
      'export { StandardRetryStrategy as AdaptiveRetryStrategy } from "./StandardRetryStrategy.js";',
  },
  // Signs the events of a stream, see `external` in build-functions.ts.
  {
    file: /[\\/]signature-v4[\\/]dist-es[\\/]HeaderFormatter\.js$/,
    contents: "export class HeaderFormatter {}",
  },
  // Asks an EC2 machine for its region. Lambda says it in AWS_REGION.
  {
    file: /[\\/]getInstanceMetadataRegion\.js$/,
    contents: "export const getInstanceMetadataRegion = async () => undefined;",
  },
  // What the SDK tells AWS of its settings in the user agent of each call.
  {
    file: /[\\/]middleware-user-agent[\\/]check-features\.js$/,
    contents: "export const checkFeatures = async () => undefined;",
  },
  // Times in answers, checked digit by digit. Of those that a function reads, only Retry-After and the age of a secret
  // have one, and JavaScript reads both.
  {
    file: /[\\/]serde[\\/]date-utils\.js$/,
    contents: `
      const read = (value) => {
        if (value === null || value === undefined) return undefined;
        const date = new Date(value);
        if (Number.isNaN(date.getTime())) throw new TypeError("Invalid date-time value");
        return date;
      };
      export const dateToUtcString = (date) => date.toUTCString();
      export const parseRfc3339DateTime = read;
      export const parseRfc3339DateTimeWithOffset = read;
      export const parseRfc7231DateTime = read;
      export const parseEpochTimestamp = (value) =>
        value === null || value === undefined ? undefined : read(Math.round(Number(value) * 1000));`,
  },
  // Hashes in JavaScript, for a Node without crypto.
  { file: /[\\/]Sha256Js\.js$/, contents: "export const Sha256Js = undefined;" },
  { file: /[\\/]Md5Js\.js$/, contents: "export const Md5Js = undefined;" },
];

// Each client imports its whole package.json, 2 KB, to send its version.
const clientManifest = /@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/;

/** Replaces what the SDK brings for other places than Lambda: 150 KB a function and a third of its cold start (ADR 0006). */
export const leanSdk: Plugin = {
  name: "lean-sdk",
  setup: ({ onLoad }) => {
    for (const { file, contents } of replacements) onLoad({ filter: file }, () => ({ contents }));
    onLoad({ filter: schemaFile }, async ({ path }) => ({
      contents: leanSchemas(path, await readFile(path, "utf8")),
    }));
    onLoad({ filter: clientManifest }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, "utf8"));
      return { loader: "json", contents: JSON.stringify({ version }) };
    });
  },
};
