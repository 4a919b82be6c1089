import { build } from "esbuild";
import { expect, it } from "vitest";

it("the bridge runs without AWS: it is made of its own files, valibot and what Node has", async () => {
  const { metafile } = await build({
    entryPoints: ["bridge/main.ts"],
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    outdir: "out",
    write: false,
    metafile: true,
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const packages = new Set(
    imports.map(({ path }) => path).filter((path) => !path.startsWith("node:")),
  );
  expect([...packages]).toEqual(["valibot"]);
  const adapter = Object.keys(metafile.inputs).filter((file) => file.startsWith("lambda/"));
  expect(adapter.filter((file) => !file.startsWith("lambda/domain/"))).toEqual([]);
});
