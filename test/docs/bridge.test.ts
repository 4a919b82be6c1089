import { readFileSync } from "node:fs";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { bridgeUsage } from "../../bridge/options.ts";
import { readPage } from "./pages.ts";

const VersionSchema = v.object({ version: v.string() });
const { version } = v.parse(VersionSchema, JSON.parse(readFileSync("package.json", "utf8")));

describe("bridge/README.md", () => {
  const page = readPage("bridge/README.md");

  it("names options that the bridge has", () => {
    const named = [...page.matchAll(/(?<=[\s`])--[a-z-]+/g)].map(([option]) => option);
    const taken = new Set(bridgeUsage("").match(/--[a-z-]+/g));
    const ofNpm = ["--workspace", "--help"];
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !(taken.has(name) || ofNpm.includes(name)))).toEqual([]);
  });

  it("names the archive of this version", () => {
    const archives = new Set(page.match(/dn-registration-bridge-[\d.]+\.tgz/g));
    expect(archives).toEqual(new Set([`dn-registration-bridge-${version}.tgz`]));
  });
});

describe("CHANGELOG.md", () => {
  it("begins with this version", () => {
    const [newest] = readPage("CHANGELOG.md").match(/(?<=^## \[)[\d.]+/m) ?? [];
    expect(newest).toBe(version);
  });
});
