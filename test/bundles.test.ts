import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { build } from "esbuild";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildFunctions } from "../infra/build/build-functions.ts";

const compare = (a: string, b: string): number => a.localeCompare(b);

const externalImportsOf = async (folder: string): Promise<string[]> => {
  const { metafile } = await build({
    entryPoints: globSync(`${folder}/**/*.ts`),
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    outdir: "out",
    write: false,
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs).filter((file) => !file.startsWith(`${folder}/`));
  const externals = Object.values(metafile.outputs).flatMap(({ imports }) =>
    imports.map(({ path }) => path),
  );
  return [...new Set([...inputs, ...externals])].toSorted(compare);
};

it("lambda/domain bundles to nothing but itself and valibot", async () => {
  expect(await externalImportsOf("lambda/domain")).toEqual(["valibot"]);
});

const ManifestSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    dependencies: v.record(v.string(), v.string()),
    devDependencies: v.record(v.string(), v.string()),
    optionalDependencies: v.record(v.string(), v.string()),
  }),
);
const SourceMapSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ sources: v.array(v.string()) }),
);
// Left out by the build: no service of ours streams events.
const neverLoaded = "@smithy/core/event-streams";
const functions = ["authorize", "evaluate", "fanout", "ingest", "operate", "query"];

describe("the bundle of each function", () => {
  let folder = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "architecture-"));
    await buildFunctions("lambda", folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const bundle = (name: string) => join(folder, name, "index.mjs");
  // The files that a bundle is made of, as its source map says; what a build plugin wrote has a namespace.
  const sourcesOf = (name: string): string[] =>
    v
      .parse(SourceMapSchema, readFileSync(`${bundle(name)}.map`, "utf8"))
      .sources.filter((source) => !/^[\w-]+:/.test(source))
      .map((source) => relative(process.cwd(), join(folder, name, source)));

  it("is there for each entry, and for nothing else", () => {
    expect(readdirSync(folder).toSorted(compare)).toEqual(functions);
  });

  it.each(functions)("of %s holds no development dependency", (name) => {
    const { dependencies, ...development } = v.parse(
      ManifestSchema,
      readFileSync("package.json", "utf8"),
    );
    const kept = { ...development.devDependencies, ...development.optionalDependencies };
    const packages = sourcesOf(name).flatMap(
      (source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? [],
    );
    expect(packages).toContain("valibot");
    expect(Object.keys(dependencies)).toContain("valibot");
    expect([...new Set(packages)].filter((one) => Object.hasOwn(kept, one))).toEqual([]);
  });

  it.each(functions)("of %s is made of lambda's own files and packages", (name) => {
    const own = sourcesOf(name).filter((source) => !source.startsWith("node_modules/"));
    expect(own).toContain(`lambda/${name}.ts`);
    expect(own.filter((source) => !source.startsWith("lambda/"))).toEqual([]);
    // No function carries another.
    const shared = ["lambda/environment.ts", "lambda/routes.ts"];
    const entries = own.filter((source) => /^lambda\/[^/]+\.ts$/.test(source));
    expect(entries.filter((source) => !shared.includes(source))).toEqual([`lambda/${name}.ts`]);
  });

  it.each(functions)("of %s passes the trace header on, by which Lambda finds loops", (name) => {
    const text = readFileSync(bundle(name), "utf8");
    expect(text).toContain("_X_AMZN_TRACE_ID");
    expect(text).toContain("X-Amzn-Trace-Id");
  });

  it.each(functions)("of %s carries nothing of the SDK that no function uses", (name) => {
    const text = readFileSync(bundle(name), "utf8");
    // An error that no code tells apart, retries that no setting asks for, a region from an EC2 machine.
    const unused = /QueueDeletedRecently|TableInUseException|measuredTxRate|placement\/region/;
    expect(unused.exec(text)?.[0]).toBeUndefined();
  });

  it.each(functions)("of %s reads no other file: what it imports, Node has", async (name) => {
    const { metafile } = await build({
      entryPoints: [bundle(name)],
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      outdir: "out",
      write: false,
      metafile: true,
    });
    const imported = Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.map(({ path }) => path.replace("node:", "")),
    );
    const known = [...builtinModules, neverLoaded];
    expect(imported.filter((path) => !known.includes(path))).toEqual([]);
    expect(Object.keys(metafile.inputs)).toHaveLength(1);
  });
});
