import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { EngineSearch } from "./dynamodb-engine.ts";

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
    command: binary,
    args: (port, dataDirectory) => [
      "serve",
      "--host",
      "127.0.0.1",
      "--port",
      String(port),
      ...(dataDirectory === undefined ? [] : ["--db-path", join(dataDirectory, "dynoxide.db")]),
    ],
    workingDirectory: undefined,
  };
};
