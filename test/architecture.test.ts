import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { build } from "esbuild";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildFunctions } from "../infra/build.ts";

const compare = (a: string, b: string): number => a.localeCompare(b);
const filesOf = (pattern: string): string[] => globSync(pattern).toSorted(compare);

/** What a file imports, types too: files by their path from the project's folder, packages by their name. */
const importsOf = (file: string): string[] =>
  [...readFileSync(file, "utf8").matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(
    ([, path = ""]) => (path.startsWith(".") ? join(dirname(file), path) : path),
  );

/** The imports of some files that are not allowed there, each with the file. */
const violations = (pattern: string, isAllowed: (path: string) => boolean): string[] =>
  filesOf(pattern).flatMap((file) =>
    importsOf(file)
      .filter((path) => !isAllowed(path))
      .map((path) => `${file} imports ${path}`),
  );
const isIn =
  (...folders: string[]) =>
  (path: string) =>
    folders.some((folder) => path.startsWith(`${folder}/`));
const isPackage = (path: string): boolean =>
  !/^(lambda|infra|local|commands|bridge|proof|samples|test)\//.test(path);

const externalImportsOf = async (folder: string): Promise<string[]> => {
  const { metafile } = await build({
    entryPoints: filesOf(`${folder}/**/*.ts`),
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

describe("dependency direction", () => {
  it("keeps lambda/domain free of everything but valibot", async () => {
    expect(await externalImportsOf("lambda/domain")).toEqual(["valibot"]);
    const own = (path: string) => path === "valibot" || isIn("lambda/domain")(path);
    expect(violations("lambda/domain/**/*.ts", own)).toEqual([]);
  });

  it.each(["lambda/adapters", "lambda/handlers"])(
    "lets %s import itself, the domain and packages, so adapters and handlers never meet",
    (folder) => {
      const isOwn = isIn(folder, "lambda/domain");
      const isAllowed = (path: string) => isPackage(path) || isOwn(path);
      expect(violations(`${folder}/**/*.ts`, isAllowed)).toEqual([]);
    },
  );

  it("keeps the SDK out of the handlers", () => {
    const isAllowed = (path: string) => !path.startsWith("@aws");
    expect(violations("lambda/handlers/**/*.ts", isAllowed)).toEqual([]);
  });

  it("lets infra take from lambda the environments, the table keys and the rules of alerts alone", () => {
    const shared = [
      "lambda/environment.ts",
      "lambda/adapters/table-keys.ts",
      "lambda/domain/alerting/rules.ts",
    ];
    const isAllowed = (path: string) =>
      isPackage(path) || isIn("infra")(path) || shared.includes(path);
    expect(violations("infra/**/*.ts", isAllowed)).toEqual([]);
  });

  it.each([
    ["bridge", ["lambda/domain"]],
    ["bridge/terminal", []],
    ["commands", ["lambda/domain", "lambda/adapters", "bridge"]],
    ["samples", ["bridge", "commands/stacks"]],
  ])("lets %s import, of the project, only itself and %j", (folder, others) => {
    const isAllowed = (path: string) => isPackage(path) || isIn(folder, ...others)(path);
    expect(violations(`${folder}/**/*.ts`, isAllowed)).toEqual([]);
  });

  it("lets proof import everything but the tests, and its oracle nothing that it judges", () => {
    expect(violations("proof/**/*.ts", (path) => !isIn("test")(path))).toEqual([]);
    expect(violations("proof/chaos/oracle.ts", isIn("proof/chaos"))).toEqual([]);
  });

  it.each([
    ["results", ["bench", "load", "chaos"]],
    ["stack", ["bench", "load", "chaos"]],
    ["bench", ["load", "chaos"]],
    ["load", ["chaos"]],
    ["chaos", ["bench", "load"]],
  ])("keeps proof/%s apart from %j", (room, others) => {
    const isAllowed = (path: string) => !isIn(...others.map((one) => `proof/${one}`))(path);
    expect(violations(`proof/${room}/**/*.ts`, isAllowed)).toEqual([]);
  });

  it("lets the entries alone read the environment and the clock, of all in lambda", () => {
    const readers = filesOf("lambda/*/**/*.ts").filter((file) =>
      /process\.env|from "node:process"|Date\.now\(|new Date\(\)/.test(readFileSync(file, "utf8")),
    );
    expect(readers).toEqual([]);
  });
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
    expect(own.filter((source) => /^lambda\/[^/]+\.ts$/.test(source)).toSorted(compare)).toEqual(
      [`lambda/${name}.ts`, "lambda/environment.ts"].toSorted(compare),
    );
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
