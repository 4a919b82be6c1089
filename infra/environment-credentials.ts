import type { Plugin } from "esbuild";

/**
 * Leaves of the SDK's chain of credential providers the one that a function uses: Lambda puts credentials into the
 * environment. Saves a function 135 KB and a third of its cold start.
 */
export const environmentCredentials: Plugin = {
  name: "environment-credentials",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ path, resolveDir }) => ({
      path,
      namespace: "environment-credentials",
      pluginData: { resolveDir },
    }));
    onLoad({ filter: /./, namespace: "environment-credentials" }, ({ pluginData }) => ({
      contents: 'export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";',
      ...pluginData,
    }));
  },
};
