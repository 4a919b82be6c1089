import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { builtinModules } from "./builtin-modules.ts";
import { leanSdk } from "./lean-sdk.ts";
import { sdkVersion } from "./sdk-version.ts";

// An entry is a function; this one only says what they read.
const notAFunction = "environment.ts";

const entriesIn = async (source: string): Promise<string[]> => {
  const files = await readdir(source, { withFileTypes: true });
  return files
    .filter((file) => file.isFile() && file.name.endsWith(".ts") && file.name !== notAFunction)
    .map(({ name }) => basename(name, ".ts"));
};

/**
 * Bundles every function of `source` to `outdir/<function>/index.mjs`: the one place that says how, for AWS and for the
 * local run alike. The source maps beside them are not deployed, as reading them costs a cold start 20 ms.
 */
export const buildFunctions = async (source = "lambda", outdir = "dist"): Promise<void> => {
  const entries = await entriesIn(source);
  await build({
    entryPoints: entries.map((name) => ({ in: join(source, `${name}.ts`), out: `${name}/index` })),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "esm",
    // The SDK's ES modules can be shaken, its CommonJS cannot: 186 to 259 KB a function.
    mainFields: ["module", "main"],
    // Loaded only by services that stream events; none of ours does: 20 KB a function.
    external: ["@smithy/core/event-streams"],
    sourcemap: "external",
    legalComments: "none",
    logLevel: "warning",
    plugins: [builtinModules, leanSdk, sdkVersion],
  });
};

if (import.meta.main) await buildFunctions();
