import { join } from "node:path";
import { takeApiPort } from "../api/api-port.ts";
import type { Options } from "../command/local-options.ts";
import { beforeReady, whatToTry } from "../command/welcome.ts";
import { chooseEngine } from "../emulators/choose-engine.ts";
import type { DynamoDbEngine } from "../emulators/dynamodb-engine.ts";
import { createSecretStore } from "../emulators/secret-store.ts";
import { startEmulators } from "../emulators/start-emulators.ts";
import { createLateFunctions } from "../functions/function-registry.ts";
import type { Runner } from "../processes/stack-process.ts";
import { createResources } from "../resources/create-resources.ts";
import { loadCloudAssembly } from "../templates/cloud-assembly.ts";
import { projectDirectory, synthesize } from "../templates/synthesis.ts";
import { lapsedSettings } from "../templates/time-lapse.ts";
import { createSystem } from "./created-stack.ts";
import { type RunningSystem, runSystem } from "./run-stack.ts";
import { claimStackFile, releaseStackFile, writeStackFile } from "./stack-file.ts";
import { prepareStateFiles, type StateFiles } from "./state-files.ts";

interface StandUpParts {
  readonly engine: DynamoDbEngine;
  readonly files: StateFiles;
  readonly runner: Runner;
  readonly apiUrl: string;
}

/** Stands up the synthesized stacks and resolves when they take events. Files go to `.local` in the working directory. */
export async function startStack(options: Options, runner: Runner): Promise<void> {
  const { say, shutdown } = runner;
  const files = prepareStateFiles();
  await claimStackFile(files.stack);
  const apiPort = await takeApiPort(options.port, shutdown);
  const engine = chooseEngine(options, process.env["AWS_ENDPOINT_URL_DYNAMODB"]);
  say("Building and synthesizing the stacks, starting the emulators …\n");
  const run = await standUp(options, { engine, files, runner, apiUrl: apiPort.url });
  await runner.beforeOpen?.(run.description);
  apiPort.open(run.listener);

  writeStackFile(files.stack, run.description);
  shutdown.add(() => releaseStackFile(files.stack, run.description.pid));
  say(beforeReady({ ...run, engine, options, stateDirectory: files.directory }));
  say(`ready ${apiPort.url}`);
  say(whatToTry(run.description));
}

/** Everything but the door: emulators, resources, what moves. */
async function standUp(
  options: Options,
  { engine, files, runner, apiUrl }: StandUpParts,
): Promise<RunningSystem> {
  const secrets = createSecretStore(Date.now);
  const functions = createLateFunctions();
  // The emulators start while the synthesis runs, which takes longer.
  const [assembly, endpoints] = await Promise.all([
    assemble(options, files.assembly, runner),
    startEmulators(
      options,
      { engine, secrets, findFunction: functions.find },
      { ...runner, stateDirectory: files.directory },
    ),
  ]);
  const system = createSystem(assembly, { endpoints, apiUrl });
  const lacking = await createResources(system.deployment, system.clients, secrets);
  const checkpoints = checkpointFile(options, engine, files.directory);
  const { timeLapse } = options;
  const parts = { checkpointFile: checkpoints, timeLapse, files, secrets, functions, runner };
  const run = await runSystem(system, parts);
  return { ...run, notRun: [...lacking, ...run.notRun] };
}

/** An engine that keeps tables keeps their streams too. */
function checkpointFile({ dataDirectory }: Options, engine: DynamoDbEngine, fallback: string) {
  const keeper = engine.kind === "endpoint" ? fallback : dataDirectory;
  return keeper === undefined ? undefined : join(keeper, "stream-checkpoints.json");
}

async function assemble(
  { assembly, timeLapse }: Options,
  outputDirectory: string,
  { shutdown }: Runner,
) {
  if (assembly !== undefined) return loadCloudAssembly(assembly);
  const settings = lapsedSettings(timeLapse);
  await synthesize({ project: projectDirectory, outputDirectory, settings }, shutdown);
  return loadCloudAssembly(outputDirectory);
}
