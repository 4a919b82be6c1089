import { readdir } from "node:fs/promises";
import { builtinModules } from "node:module";
import { basename, join } from "node:path";
import { build, type Plugin } from "esbuild";
import { leanSdk } from "./lean-sdk.ts";
import { replaceFile } from "./replace-file.ts";

// Every file is a function, except for these two, which only say which variables they read and which routes they answer.
const notFunctions = ["environment.ts", "routes.ts"];

const entriesIn = async (source: string): Promise<string[]> => {
  const files = await readdir(source, { withFileTypes: true });
  return files
    .filter((file) => file.isFile() && file.name.endsWith(".ts"))
    .map(({ name }) => name)
    .filter((name) => !notFunctions.includes(name))
    .map((name) => basename(name, ".ts"));
};

/**
 * Takes Node's own modules as Node has them. An `import` of one in an ES module reads all its exports, and so loads even
 * those that Node makes only on demand: `WebSocket` of `node:http` loads undici, `ReadStream` of `node:fs` the file
 * streams.
 */
const lazyBuiltins: Plugin = {
  name: "builtin-modules",
  setup: ({ onResolve, onLoad }) => {
    const filter = new RegExp(`^(?:node:)?(?:${builtinModules.join("|")})$`);
    onResolve({ filter }, ({ path }) => ({ path, namespace: "builtin-modules" }));
    onLoad({ filter: /./, namespace: "builtin-modules" }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule("${path}");`,
    }));
  },
};

/**
 * Bundles every function of `source` to `outdir/<function>/index.mjs`: the one place that says how, for AWS and for the
 * local run alike. The source maps beside them are not deployed, as reading them costs a cold start 20 ms. Who reads the
 * bundles while they are built again finds the old or the new one, and always a whole one.
 */
export const buildFunctions = async (source = "lambda", outdir = "dist"): Promise<void> => {
  const entries = await entriesIn(source);
  const { outputFiles } = await build({
    entryPoints: entries.map((name) => ({ in: join(source, `${name}.ts`), out: `${name}/index` })),
    outdir,
    write: false,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "esm",
    // esbuild can shake the SDK's ES modules, but not its CommonJS: 186 to 259 KB a function.
    mainFields: ["module", "main"],
    // The SDK loads it only for services that stream events, and no function uses one: 20 KB a function.
    external: ["@smithy/core/event-streams"],
    sourcemap: "external",
    legalComments: "none",
    logLevel: "warning",
    plugins: [lazyBuiltins, leanSdk],
  });
  // In the folder of a function, an unfinished file would be taken for a part of it.
  await Promise.all(outputFiles.map((file) => replaceFile({ ...file, unfinished: outdir })));
};

if (import.meta.main) await buildFunctions();
