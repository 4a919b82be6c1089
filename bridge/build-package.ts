import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import manifest from "./package.json" with { type: "json" };

const project = join(import.meta.dirname, "..");

/**
 * Compiles the bridge, with what it shares with ingest and valibot, to the files of its package: a T-Server's host needs
 * Node alone, and no access to a registry. The code stays readable, so that a stack trace says something.
 */
const buildPackage = async (): Promise<void> => {
  const outdir = join(project, "bridge/dist");
  await rm(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: project,
    entryPoints: [{ in: "bridge/main.ts", out: "dn-registration-bridge" }],
    outdir,
    bundle: true,
    // What main.ts imports once it has looked at the Node goes into a file of its own.
    splitting: true,
    chunkNames: "[name]",
    platform: "node",
    target: `node${manifest.engines.node.replace(">=", "")}`,
    format: "esm",
    // Node 22 and 24 warn at each start that node:sqlite is new.
    banner: { js: "#!/usr/bin/env -S node --disable-warning=ExperimentalWarning" },
    logLevel: "warning",
  });
  for (const name of ["LICENSE", "NOTICE"]) await copyFile(join(project, name), join(outdir, name));
};

await buildPackage();
