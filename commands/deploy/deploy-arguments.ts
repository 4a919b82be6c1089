import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as v from "valibot";
import { CommandError } from "../../bridge/terminal/command-error.ts";
import { refuseSwallowedOptions } from "../../bridge/terminal/swallowed-options.ts";
import { UsageError } from "../../bridge/terminal/usage-error.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws UsageError where npm took options for itself: without its `-c stage=NAME`, the command would deploy stage dev. */
export const refuseOptionsTakenByNpm = (
  args: readonly string[],
  environment: Environment,
): void => {
  refuseSwallowedOptions(Object.keys(options), args, environment);
  // npm has a -c of its own, which is short for --call.
  const taken = environment["npm_config_call"];
  if (!taken) return;
  const call = ["npm run deploy -- -c", taken, ...args].join(" ");
  throw new UsageError(
    `npm took -c for itself: -- is missing before the options. Write\n  ${call}`,
  );
};

/** What `deploy` itself reads of the arguments, which all go to the CDK. */
export type DeployArguments = {
  /** The settings, each from where the CDK finds it first: the command line, cdk.json, or ~/.cdk.json. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly profile: string | undefined;
  readonly region: string | undefined;
};

const options = {
  context: { type: "string", short: "c", multiple: true },
  profile: { type: "string" },
  region: { type: "string" },
} as const;

const Texts = v.optional(v.array(v.string()), []);
const OptionalText = v.optional(v.string());
const ConfigurationSchema = v.object({
  context: v.optional(v.record(v.string(), v.unknown()), {}),
});

const contextIn = (file: string): Readonly<Record<string, unknown>> => {
  if (!existsSync(file)) return {};
  const read = v.safeParse(
    v.pipe(v.string(), v.parseJson(), ConfigurationSchema),
    readFileSync(file, "utf8"),
  );
  if (read.success) return read.output.context;
  throw new CommandError(`${file} is not JSON as the CDK reads it`);
};

/** `NAME=VALUE` as name and value. The CDK takes `-c=NAME=VALUE` too. */
const setting = (text: string): readonly [string, string] => {
  const [, name = "", value = ""] = /^=?([^=]*)=?(.*)$/s.exec(text) ?? [];
  return [name, value];
};

/** Reads what the deployment needs to know. Throws CommandError when a configuration file cannot be read. */
export const readDeployArguments = (
  args: readonly string[],
  { home, project }: { readonly home: string; readonly project: string } = {
    home: homedir(),
    project: process.cwd(),
  },
): DeployArguments => {
  // Not strict: everything else is the CDK's to understand.
  const { values } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true });
  return {
    context: {
      ...contextIn(join(home, ".cdk.json")),
      ...contextIn(join(project, "cdk.json")),
      ...Object.fromEntries(v.parse(Texts, values["context"]).map(setting)),
    },
    profile: v.parse(OptionalText, values["profile"]),
    region: v.parse(OptionalText, values["region"]),
  };
};
