import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as v from "valibot";
import { CommandError } from "../../bridge/terminal/command-error.ts";
import { refuseSwallowedOptions } from "../../bridge/terminal/swallowed-options.ts";
import { UsageError } from "../../bridge/terminal/usage-error.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The arguments for the CDK, and what decides where it deploys which stage. */
export type DeployArguments = {
  readonly forCdk: readonly string[];
  /** The settings: of the command line, else of cdk.json, cdk.context.json or ~/.cdk.json, in this order as in the CDK. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly profile: string | undefined;
  readonly region: string | undefined;
};

const options = {
  stage: { type: "string" },
  context: { type: "string", short: "c", multiple: true },
  // The CDK takes --c too.
  c: { type: "string", multiple: true },
  profile: { type: "string" },
  region: { type: "string" },
} as const;

/** Throws UsageError where npm took options for itself: without its `-c stage=NAME`, the command would deploy stage dev. */
export const refuseOptionsTakenByNpm = (
  args: readonly string[],
  environment: Environment,
): void => {
  refuseSwallowedOptions(["stage", "context", "profile", "region"], args, environment);
  // npm has a -c of its own, which is short for --call.
  const taken = environment["npm_config_call"];
  if (!taken) return;
  const call = ["npm run deploy -- -c", taken, ...args].join(" ");
  throw new UsageError(
    `npm took -c for itself: -- is missing before the options. Write\n  ${call}`,
  );
};

const ContextSchema = v.record(v.string(), v.unknown());
const ConfigurationSchema = v.object({
  context: v.optional(ContextSchema, {}),
  profile: v.optional(v.string()),
  region: v.optional(v.string()),
});

const readJson = <Schema extends v.GenericSchema>(
  file: string,
  schema: Schema,
): v.InferOutput<Schema> | undefined => {
  if (!existsSync(file)) return undefined;
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), readFileSync(file, "utf8"));
  if (read.success) return read.output;
  throw new CommandError(`${file} is not JSON as the CDK reads it`);
};

/** `NAME=VALUE` as name and value. The CDK takes `-c=NAME=VALUE` too. */
const setting = (text: string): readonly [string, string] => {
  const [, name = "", value = ""] = /^=?([^=]*)=?(.*)$/s.exec(text) ?? [];
  return [name, value];
};

const parse = (args: readonly string[]) => {
  if (args.includes("--")) throw new UsageError("one -- is enough, before all options");
  // Not strict: everything else is the CDK's to understand.
  const settings = { options, strict: false, allowPositionals: true, tokens: true } as const;
  const { tokens } = parseArgs({ args: [...args], ...settings });
  const given = tokens.flatMap((token) =>
    token.kind === "option" && token.name in options ? [token] : [],
  );
  const empty = given.find(({ value }) => value === undefined);
  if (empty !== undefined) throw new UsageError(`${empty.rawName} needs a value`);
  const valuesOf = (...names: readonly string[]) =>
    given.flatMap(({ name, value }) => (names.includes(name) ? (value ?? []) : []));
  // The CDK does not know --stage.
  const own = given
    .filter(({ name }) => name === "stage")
    .flatMap(({ index, inlineValue }) => (inlineValue ? [index] : [index, index + 1]));
  return { valuesOf, forCdk: args.filter((_, index) => !own.includes(index)) };
};

/** Reads the arguments. Throws UsageError for a mistake in them, CommandError when a configuration file cannot be read. */
export const readDeployArguments = (
  args: readonly string[],
  { home, project }: { readonly home: string; readonly project: string } = {
    home: homedir(),
    project: process.cwd(),
  },
): DeployArguments => {
  const { valuesOf, forCdk } = parse(args);
  const ownConfiguration = readJson(join(home, ".cdk.json"), ConfigurationSchema);
  const configuration = readJson(join(project, "cdk.json"), ConfigurationSchema);
  const stages = valuesOf("stage").map((stage) => ["stage", stage] as const);
  return {
    forCdk,
    context: {
      ...ownConfiguration?.context,
      ...readJson(join(project, "cdk.context.json"), ContextSchema),
      ...configuration?.context,
      ...Object.fromEntries([...valuesOf("context", "c").map(setting), ...stages]),
    },
    profile: valuesOf("profile").at(-1) ?? configuration?.profile ?? ownConfiguration?.profile,
    region: valuesOf("region").at(-1) ?? configuration?.region ?? ownConfiguration?.region,
  };
};
