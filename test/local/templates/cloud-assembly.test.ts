import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Manifest } from "aws-cdk-lib/cloud-assembly-schema";
import { beforeEach, describe, expect, it } from "vitest";
import { newestAssemblyVersion } from "../../../local/templates/assembly-file.ts";
import { loadCloudAssembly } from "../../../local/templates/cloud-assembly.ts";
import { writeTinyAssembly } from "../../support/tiny-assembly.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "assembly-"));
  writeTinyAssembly(directory, { api: "", stream: "" });
});

const write = (file: string, text: string) => writeFileSync(join(directory, file), text);
const refusal = (path = directory): string => {
  try {
    loadCloudAssembly(path);
  } catch (error) {
    expect(error).toMatchObject({ name: "StartFailure" });
    return error instanceof Error ? error.message : "";
  }
  throw new Error("it was read");
};

describe("a cloud assembly", () => {
  it("is read up to the version of this CDK", () => {
    expect(Number.parseInt(Manifest.version(), 10)).toBe(newestAssemblyVersion);
    write("manifest.json", '{"version":"1.0.0","artifacts":{}}');
    expect(refusal()).toMatch(/There is no stack in/);
  });

  it.each([
    ["a missing directory", "missing", /missing\/manifest\.json .* it is missing\. Synthesize/],
    ["a file", "tiny.template.json", /a part of the path is a file, not a directory/],
    ["one without a manifest", "asset.api", /asset\.api\/manifest\.json .* it is missing/],
  ])("is not %s", (_what, path, message) => {
    expect(refusal(join(directory, path))).toMatch(message);
  });

  it.each([
    ["", /manifest\.json is not what this version of the CDK writes/],
    ['{"version":', /manifest\.json is not what .* JSON/],
    ["null", /manifest\.json is not what/],
    ["{}", /manifest\.json is not what .* at artifacts/],
    ['{"version":56,"artifacts":{}}', /at version/],
    ['{"version":"56.0.0","artifacts":{}}', /another version of the CDK: its schema is 56\.0\.0/],
    ['{"artifacts":{"a":{"type":1}}}', /at artifacts\.a\.type/],
  ])("has no manifest like %s", (text, message) => {
    write("manifest.json", text);
    expect(refusal()).toMatch(message);
    expect(refusal()).toMatch(/Synthesize it again/);
  });

  it.each([
    ["tiny.template.json", "{", /tiny\.template\.json is not what/],
    ["tiny.template.json", "{}", /tiny\.template\.json is not what .* at Resources/],
    ["tiny.assets.json", "[]", /tiny\.assets\.json is not what/],
  ])("has no %s like %s", (file, text, message) => {
    write(file, text);
    expect(refusal()).toMatch(message);
  });

  it("has files: a template that is missing, or a pipe, is not waited for", () => {
    rmSync(join(directory, "tiny.template.json"));
    expect(refusal()).toMatch(/tiny\.template\.json .* it is missing/);
    mkdirSync(join(directory, "tiny.template.json"));
    expect(refusal()).toMatch(/it is not a file/);
    rmSync(join(directory, "manifest.json"));
    spawnSync("mkfifo", [join(directory, "manifest.json")]);
    expect(refusal()).toMatch(/it is not a file|it is missing/);
  });
});
