import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The Java class that runs DynamoDB Local on one address. */
export const launcherClass = "LoopbackDynamoDb";
const source = join(import.meta.dirname, `${launcherClass}.java`);

// Its optimizing compiler would take three times as long here.
const javac = ["-XX:TieredStopAtLevel=1", "--module", "jdk.compiler/com.sun.tools.javac.Main"];

const compileTo = (directory: string, jar: string, parent: string): string | undefined => {
  mkdirSync(parent, { recursive: true });
  const temporary = mkdtempSync(join(parent, "new-"));
  const args = [...javac, "-proc:none", "-cp", jar, "-d", temporary, source];
  const { status } = spawnSync("java", args, { stdio: "ignore" });
  // Another start may have been first.
  if (status === 0 && !existsSync(directory)) renameSync(temporary, directory);
  else rmSync(temporary, { recursive: true, force: true });
  return status === 0 ? directory : undefined;
};

/**
 * Compiles the launcher for a DynamoDB Local, once for each version of it, and returns the directory of the class. Undefined
 * where Java has no compiler, or the directory cannot be written.
 */
export const compileLauncher = (jar: string, version: string): string | undefined => {
  const parent = join(import.meta.dirname, "../../node_modules/.cache/loopback-dynamodb");
  const hash = createHash("sha256").update(readFileSync(source)).digest("hex").slice(0, 8);
  const directory = join(parent, `${version}-${hash}`);
  if (existsSync(directory)) return directory;
  try {
    return compileTo(directory, jar, parent);
  } catch {
    return undefined;
  }
};
