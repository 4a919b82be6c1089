import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const project = join(import.meta.dirname, "../..");

/**
 * Compiles the bridge, with what it shares with ingest and valibot, to the files of its package: a T-Server's host needs
 * Node alone, and no access to a registry. The code stays readable, so that a stack trace says something.
 */
export const buildBridge = async (outdir = join(project, "bridge/dist")): Promise<void> => {
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
    // The oldest Node with node:sqlite, which a T-Server's host may have.
    target: "node22.13",
    format: "esm",
    // Node 22 and 24 warn at each start that node:sqlite is new.
    banner: { js: "#!/usr/bin/env -S node --disable-warning=ExperimentalWarning" },
    logLevel: "warning",
  });
  for (const name of ["LICENSE", "NOTICE"]) await copyFile(join(project, name), join(outdir, name));
};

if (import.meta.main) await buildBridge();
