import { readdirSync, readFileSync, rmSync } from "node:fs";
import { Template } from "aws-cdk-lib/assertions";
import { Code } from "aws-cdk-lib/aws-lambda";
import * as v from "valibot";
import { vi } from "vitest";
import { createApp } from "../../../infra/app.ts";

const ResourceSchema = v.looseObject({
  Type: v.string(),
  Properties: v.optional(v.record(v.string(), v.unknown()), {}),
});

/** Reads a template. */
export const TemplateSchema = v.looseObject({
  Resources: v.record(v.string(), ResourceSchema),
  Outputs: v.optional(
    v.record(v.string(), v.looseObject({ Export: v.optional(v.object({ Name: v.string() })) })),
    {},
  ),
});
export type TemplateJson = v.InferOutput<typeof TemplateSchema>;

/** The templates of a version's two stacks, of the stage dev, with no settings. */
export type Release = { readonly data: TemplateJson; readonly service: TemplateJson };

const kept = "test/infra/releases";

/** The versions whose templates are kept. */
export const keptVersions: readonly string[] = readdirSync(kept);

/** The templates of an earlier version, as they were deployed. */
export const readRelease = (version: string): Release => {
  const read = (stack: string) =>
    v.parse(
      TemplateSchema,
      JSON.parse(readFileSync(`${kept}/${version}/${stack}.template.json`, "utf8")),
    );
  return { data: read("data"), service: read("service") };
};

/** Today's templates; the functions get a placeholder for code. */
export const synthesizeRelease = (): Release => {
  // validation.test.ts does it.
  vi.stubEnv("CDK_VALIDATION", "false");
  const { app, data, service } = createApp({ code: (name) => Code.fromInline(`// ${name}`) });
  const read = (stack: typeof data | typeof service) =>
    v.parse(TemplateSchema, Template.fromStack(stack).toJSON());
  const release = { data: read(data), service: read(service) };
  rmSync(app.outdir, { recursive: true });
  return release;
};
