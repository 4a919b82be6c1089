import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "node:process";
import { runGuarded } from "./run-guarded.ts";

/** A Python with the packages of requirements.txt, or why there is none. */
export type Packages = { readonly python: string } | { readonly missing: string };

const requirements = join(import.meta.dirname, "../requirements.txt");
const cache = join(import.meta.dirname, "../../../node_modules/.cache/deployed-test");

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";

// The user's own environment: pip may need a proxy or an index of theirs.
const environment = Object.fromEntries(
  Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);

const describePython = async (): Promise<{ id: string } | { missing: string }> => {
  const program =
    "import ensurepip, sys, venv; assert sys.version_info >= (3, 10); print(sys.executable, sys.version)";
  const { code, stdout, stderr } = await runGuarded(["python3", "-c", program], { environment });
  return code === 0
    ? { id: stdout }
    : { missing: `no Python 3.10 or newer with venv and pip (${lastLine(stderr)})` };
};

// Under another name until it is complete: then its guard finds nothing to remove. The programs in it know that first
// name, so Python is told their files. Wheels only, as a build would need a compiler; no cache of pip's elsewhere. The
// test files run side by side: one of them is the first.
const install = `python3 -m venv "$1" &&
  "$1/bin/python" -m pip install --quiet --disable-pip-version-check --no-cache-dir \\
    --only-binary=:all: --require-hashes --requirement "$2" &&
  if [ ! -d "$3" ]; then mv "$1" "$3"; fi`;

/**
 * Finds Python and installs the packages, once for each version of either, in a cache inside node_modules. Throws when
 * a package is not what it should be.
 */
export const preparePackages = async (): Promise<Packages> => {
  const found = await describePython();
  if ("missing" in found) return found;
  const key = createHash("sha256").update(readFileSync(requirements)).update(found.id);
  const directory = join(cache, key.digest("hex").slice(0, 16));
  const python = join(directory, "bin/python");
  if (existsSync(directory)) return { python };
  mkdirSync(cache, { recursive: true });
  const unfinished = join(cache, randomUUID());
  const { code, stderr } = await runGuarded(
    ["sh", "-c", install, "sh", unfinished, requirements, directory],
    { environment, removes: unfinished },
  );
  if (/DO NOT MATCH THE HASHES/.test(stderr)) throw new Error(stderr);
  return code === 0
    ? { python }
    : { missing: `its packages could not be installed (${lastLine(stderr)})` };
};
