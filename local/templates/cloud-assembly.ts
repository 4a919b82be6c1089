import { join, resolve } from "node:path";
import * as v from "valibot";
import { StartFailure } from "../command/start-failure.ts";
import { checkAssemblyVersion, readAssemblyFile } from "./assembly-file.ts";

const ResourceSchema = v.object({
  Type: v.string(),
  Properties: v.optional(v.record(v.string(), v.unknown()), {}),
  Condition: v.optional(v.string()),
});
const OutputSchema = v.object({
  Value: v.unknown(),
  Export: v.optional(v.object({ Name: v.unknown() })),
});
const TemplateSchema = v.object({
  Resources: v.record(v.string(), ResourceSchema),
  Outputs: v.optional(v.record(v.string(), OutputSchema), {}),
  Parameters: v.optional(v.record(v.string(), v.object({ Default: v.optional(v.unknown()) })), {}),
  Mappings: v.optional(v.record(v.string(), v.unknown()), {}),
});
const ManifestSchema = v.object({
  version: v.optional(v.string()),
  artifacts: v.record(
    v.string(),
    v.object({
      type: v.string(),
      environment: v.optional(v.string()),
      properties: v.optional(
        v.object({
          templateFile: v.optional(v.string()),
          stackName: v.optional(v.string()),
          file: v.optional(v.string()),
        }),
        {},
      ),
    }),
  ),
});
const AssetFileSchema = v.object({ path: v.string() });
const AssetsSchema = v.object({
  files: v.record(v.string(), v.object({ source: AssetFileSchema })),
});

export type TemplateResource = v.InferOutput<typeof ResourceSchema>;
export type Template = v.InferOutput<typeof TemplateSchema>;
/** One stack of the assembly. `region` is undefined when the stack has no fixed region. */
export type AssemblyStack = {
  readonly name: string;
  readonly region: string | undefined;
  readonly template: Template;
};
/** A synthesized app: its stacks, and the directory of each file asset by hash. */
export type CloudAssembly = {
  readonly stacks: readonly AssemblyStack[];
  readonly assets: ReadonlyMap<string, string>;
};

const readAssets = (directory: string, file: string): [string, string][] => {
  const { files } = readAssemblyFile(join(directory, file), AssetsSchema);
  return Object.entries(files).map(([hash, asset]) => [
    hash,
    resolve(directory, asset.source.path),
  ]);
};

const regionOf = (environment: string | undefined): string | undefined => {
  const region = environment?.split("/").at(-1);
  return region === undefined || region === "unknown-region" ? undefined : region;
};

/** Reads a cloud assembly that `cdk synth` or the app itself wrote. Throws StartFailure when it is something else. */
export const loadCloudAssembly = (directory: string): CloudAssembly => {
  const file = join(directory, "manifest.json");
  const manifest = readAssemblyFile(file, ManifestSchema);
  checkAssemblyVersion(file, manifest.version);
  const stacks: AssemblyStack[] = [];
  const assets = new Map<string, string>();
  for (const [id, artifact] of Object.entries(manifest.artifacts)) {
    const { templateFile, stackName, file: assetFile } = artifact.properties;
    if (artifact.type === "aws:cloudformation:stack" && templateFile !== undefined) {
      const template = readAssemblyFile(join(directory, templateFile), TemplateSchema);
      stacks.push({
        name: stackName ?? id,
        region: regionOf(artifact.environment),
        template,
      });
    }
    if (artifact.type === "cdk:asset-manifest" && assetFile !== undefined) {
      for (const [hash, path] of readAssets(directory, assetFile)) assets.set(hash, path);
    }
  }
  if (stacks.length === 0) throw new StartFailure(`There is no stack in ${directory}.`);
  return { stacks, assets };
};
