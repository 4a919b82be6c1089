import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { replaceKept } from "../../../local/disk/replace-kept.ts";
import { prepareStateFiles } from "../../../local/stack/state-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "state-files-"));
  vi.spyOn(process, "cwd").mockReturnValue(folder);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});
const modeOf = (path: string): number => statSync(path).mode & 0o777;

it("closes to other users the directory and the files of an earlier run", () => {
  const directory = join(folder, ".local");
  mkdirSync(directory);
  chmodSync(directory, 0o755);
  for (const name of ["stack.json", "functions.log", "alerts.ndjson"]) {
    writeFileSync(join(directory, name), "", { mode: 0o644 });
  }
  const files = prepareStateFiles();
  expect(files.directory).toBe(directory);
  expect(modeOf(directory)).toBe(0o700);
  for (const path of [files.stack, files.functionLog, files.alerts]) {
    expect(modeOf(path)).toBe(0o600);
  }
});

it("makes a directory for its owner only", () => {
  expect(modeOf(prepareStateFiles().directory)).toBe(0o700);
});

it("replaces a file by one for its owner only, although a kill left an open one", () => {
  const path = join(folder, "kept.json");
  writeFileSync(`${path}.new`, "half", { mode: 0o644 });
  replaceKept(path, "whole");
  expect(modeOf(path)).toBe(0o600);
});
