import { App, Validations } from "aws-cdk-lib";
import { CURRENTLY_RECOMMENDED_FLAGS } from "aws-cdk-lib/cx-api";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { DataStack } from "./data-stack.ts";
import { builtCode, type FunctionCode } from "./functions/function-code.ts";
import { ServiceStack } from "./service-stack.ts";
import { readSettings, SettingsError } from "./settings/read-settings.ts";

/** What a synthesis may get besides the command line: more context, another output directory, other code. */
export type AppOptions = {
  readonly context?: Readonly<Record<string, unknown>>;
  readonly outdir?: string;
  readonly code?: FunctionCode;
};

/** Creates a stage's two stacks. They name no account and no region, so one synthesis serves all. Throws SettingsError. */
export const createApp = ({ context = {}, outdir, code = builtCode }: AppOptions = {}) => {
  const app = new App({
    context: { ...CURRENTLY_RECOMMENDED_FLAGS, ...context },
    ...(outdir === undefined ? {} : { outdir }),
  });
  const settings = readSettings(app.node.getAllContext());
  const data = new DataStack(app, settings);
  const service = new ServiceStack(app, { settings, code });
  service.addStackDependency(data, "the first deployment needs the queues and streams");
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return { app, data, service };
};

if (import.meta.main) {
  try {
    createApp().app.synth();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
