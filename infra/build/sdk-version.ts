import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** Leaves of a client's package.json, which the SDK imports whole, the version that it sends: 2 KB a client. */
export const sdkVersion: Plugin = {
  name: "sdk-version",
  setup: ({ onLoad }) => {
    onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, "utf8"));
      return { loader: "json", contents: JSON.stringify({ version }) };
    });
  },
};
