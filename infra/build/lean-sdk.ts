import type { Plugin } from "esbuild";

/** A file of the SDK that Lambda has no use for, and what stands in for it. */
interface Replacement {
  readonly file: RegExp;
  readonly contents: string;
}

const replacements: readonly Replacement[] = [
  // Of the chain of credential providers the one that a function uses: Lambda puts credentials into the environment.
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
  // Whether a body is a web stream or a blob: the question alone loads both into Node.
  {
    file: /[\\/]util-stream[\\/]stream-type-check\.js$/,
    contents: "export const isReadableStream = () => false; export const isBlob = () => false;",
  },
  // What is logged of each call: made ready whether there is a logger, and we give none, or not: 4 % of a call's CPU.
  {
    file: /[\\/]middleware-logger[\\/]loggerMiddleware\.js$/,
    contents: `
      export const loggerMiddlewareOptions = {};
      export const loggerMiddleware = () => (next) => next;
      export const getLoggerPlugin = () => ({ applyToStack: () => {} });`,
  },
  // Hashes in JavaScript, for a Node without crypto.
  { file: /[\\/]Sha256Js\.js$/, contents: "export const Sha256Js = undefined;" },
  { file: /[\\/]Md5Js\.js$/, contents: "export const Md5Js = undefined;" },
];

/** Replaces what the SDK brings for other places than Lambda: 150 KB a function and a third of its cold start (ADR 0006). */
export const leanSdk: Plugin = {
  name: "lean-sdk",
  setup: ({ onLoad }) => {
    for (const { file, contents } of replacements) onLoad({ filter: file }, () => ({ contents }));
  },
};
