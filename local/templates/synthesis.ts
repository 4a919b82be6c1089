import { chmodSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { AlertRulesSchema } from "../../lambda/domain/rules.ts";
import { StartFailure } from "../command/start-failure.ts";
import { endGuarded, spawnGuarded } from "../processes/guarded-process.ts";
import type { Shutdown } from "../processes/shutdown.ts";

/** The CDK copies files with their modes. */
const keepPrivate = (directory: string): void => {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) chmodSync(join(entry.parentPath, entry.name), 0o600);
  }
};

/** The directory of this project. */
export const projectDirectory = join(import.meta.dirname, "../..");

/** What to synthesize: the project, the output directory, and settings besides the stage. */
export type Synthesis = {
  readonly project: string;
  readonly outputDirectory: string;
  readonly settings: Readonly<Record<string, unknown>>;
};

const runScript = async (
  what: string,
  {
    script,
    project,
    ...options
  }: {
    readonly script: string;
    readonly project: string;
    readonly env: NodeJS.ProcessEnv;
    readonly umask?: number;
  },
  shutdown: Shutdown,
): Promise<void> => {
  const child = spawnGuarded(process.execPath, [script], {
    ...options,
    cwd: project,
    env: { ...process.env, ...options.env },
    output: "pipe",
  });
  shutdown.add(() => endGuarded(child));
  const output: string[] = [];
  child.stdout?.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0 && !shutdown.started()) {
    throw new StartFailure(
      `The ${what} failed (node ${script}):\n\n${output.join("").trimEnd()}\n`,
    );
  }
};

/** Builds a project's functions and synthesizes its stacks of stage "local". Throws StartFailure with the output when that fails. */
export const synthesize = async (
  { project, outputDirectory, settings }: Synthesis,
  shutdown: Shutdown,
): Promise<void> => {
  rmSync(outputDirectory, { recursive: true, force: true });
  // A deployment packs these files with their modes, and Lambda reads them as another user.
  const built = { script: "infra/build/build-functions.ts", env: {}, umask: 0o022 };
  await runScript("build", { ...built, project }, shutdown);
  const env = {
    // It takes longer than everything else, and what it finds matters on AWS: deploying does it, and the tests.
    CDK_VALIDATION: "false",
    CDK_OUTDIR: outputDirectory,
    CDK_CONTEXT_JSON: JSON.stringify({ stage: "local", ...settings }),
  };
  await runScript("synthesis", { script: "infra/app.ts", env, project }, shutdown);
  if (existsSync(outputDirectory)) keepPrivate(outputDirectory);
};

/** The settings of a run in time lapse: the alert rules with every time divided. Empty without a time lapse. */
export const lapsedSettings = (timeLapse: number): Readonly<Record<string, unknown>> => {
  if (timeLapse === 1) return {};
  const rules = Object.entries(v.parse(AlertRulesSchema, {}));
  const lapsed = rules.map(([name, value]) =>
    name.endsWith("Seconds") ? [name, Number(value) / timeLapse] : [name, value],
  );
  return { alerts: Object.fromEntries(lapsed) };
};
