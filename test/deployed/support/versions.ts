import * as v from "valibot";
import { type Release, type TemplateJson, TemplateSchema } from "../../infra/support/releases.ts";

/** The template with other words in it. Throws where there is nothing to replace. */
const reword = (template: TemplateJson, before: string, after: string): TemplateJson => {
  const text = JSON.stringify(template);
  if (!text.includes(before)) throw new Error(`The template does not say ${before}.`);
  return v.parse(TemplateSchema, JSON.parse(text.replaceAll(before, after)));
};

/** The template with all that it exports as plain outputs. */
const withoutExports = ({ Outputs, ...rest }: TemplateJson): TemplateJson => ({
  ...rest,
  Outputs: Object.fromEntries(
    Object.entries(Outputs).map(([name, { Export: _, ...output }]) => [name, output]),
  ),
});

/** The template with the functions' code in `bucket`, as `query.zip` for the function query. */
export const withCode = ({ Resources, ...rest }: TemplateJson, bucket: string): TemplateJson => ({
  ...rest,
  Resources: Object.fromEntries(
    Object.entries(Resources).map(([id, resource]) => {
      const { Type, Properties } = resource;
      if (Type !== "AWS::Lambda::Function") return [id, resource];
      const name = /\w+$/.exec(String(Properties["FunctionName"]))?.[0];
      const Code = { S3Bucket: bucket, S3Key: `${name}.zip` };
      return [id, { ...resource, Properties: { ...Properties, Code } }];
    }),
  ),
});

/**
 * A version that could follow: the data stack has one more table, of this name, and exports nothing; the service stack
 * uses the new table in the place of another.
 */
export const followingVersion = ({ data, service }: Release, table: string): Release => {
  const before = "dn-registration-dev-windows";
  const added = Object.entries(data.Resources)
    .filter(([, { Properties }]) => Properties["TableName"] === before)
    .map(([id, { Properties, ...resource }]) => [
      `${id}Next`,
      { ...resource, Properties: { ...Properties, TableName: table } },
    ]);
  const Resources = { ...data.Resources, ...Object.fromEntries(added) };
  return { data: withoutExports({ ...data, Resources }), service: reword(service, before, table) };
};
