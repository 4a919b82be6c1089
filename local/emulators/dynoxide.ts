import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { EngineSearch } from "./dynamodb-engine.ts";
import { openDynoxideStreams } from "./dynoxide-streams.ts";

const fileIn = (directory: string): string => join(directory, "dynoxide.db");

const findBinary = (): string | undefined => {
  try {
    const manifest = createRequire(import.meta.url).resolve("@dynoxide/linux-x64/package.json");
    const binary = join(dirname(manifest), "dynoxide");
    const fits = process.platform === "linux" && process.arch === "x64" && existsSync(binary);
    return fits ? binary : undefined;
  } catch {
    return undefined;
  }
};

/** Looks for the native emulator, an optional dependency that npm installs on the platforms it supports. */
export const findDynoxide = (): EngineSearch => {
  const binary = findBinary();
  if (binary === undefined) {
    const platform = `${process.platform}-${process.arch}`;
    return {
      kind: "missing",
      reason: `dynoxide: not installed (available for linux-x64 only; this machine is ${platform})`,
    };
  }
  return {
    kind: "process",
    name: "dynoxide",
    warning: undefined,
    takesHost: true,
    command: binary,
    args: ({ host, port, directory }) => [
      "serve",
      "--host",
      host,
      "--port",
      String(port),
      ...(directory === undefined ? [] : ["--db-path", fileIn(directory)]),
    ],
    workingDirectory: undefined,
    // It works on its tables one request at a time. A second thread only fights the first for memory: a write cost twice the CPU.
    environment: { TOKIO_WORKER_THREADS: "1" },
    openStreams: (directory, shutdown) => openDynoxideStreams(fileIn(directory), shutdown),
  };
};
