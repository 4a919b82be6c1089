import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildFunctions } from "../../infra/build/build-functions.ts";

const kilobyte = 1000;

/** Kilobytes (1,000 bytes) of a bundle: as deployed, and as gzip -9 makes it. */
export type BundleSize = {
  readonly minified: number;
  readonly gzipped: number;
};

/** What a file weighs. */
export const fileSize = (file: string): BundleSize => {
  const bytes = readFileSync(file);
  return {
    minified: bytes.length / kilobyte,
    gzipped: gzipSync(bytes, { level: 9 }).length / kilobyte,
  };
};

/** What the bundle of one of our functions weighs, built now. */
export const bundleSize = async (name: string): Promise<BundleSize> => {
  const folder = mkdtempSync(join(tmpdir(), "bench-bundle-"));
  try {
    await buildFunctions("lambda", folder);
    return fileSize(join(folder, name, "index.mjs"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
