import { join } from "node:path";
import { build } from "esbuild";

/** Bundles the peer's ingest to `<outdir>/index.mjs` as the documentation of Powertools shows it for esbuild and ES modules. */
export const buildPeer = async (outdir: string): Promise<void> => {
  await build({
    entryPoints: [join(import.meta.dirname, "ingest.ts")],
    outfile: join(outdir, "index.mjs"),
    bundle: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    banner: {
      js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
    },
    legalComments: "none",
    logLevel: "error",
  });
};
