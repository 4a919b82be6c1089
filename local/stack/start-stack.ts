import { join } from "node:path";
import { takeApiPort } from "../api/api-port.ts";
import { frontPage, withFrontPage } from "../command/front-page.ts";
import type { LocalOptions } from "../command/local-options.ts";
import { textAfterReady, textBeforeReady } from "../command/welcome.ts";
import { chooseEngine } from "../emulators/choose-engine.ts";
import type { DynamoDbEngine } from "../emulators/dynamodb-engine.ts";
import { createSecretStore } from "../emulators/secret-store.ts";
import { startEmulators } from "../emulators/start-emulators.ts";
import { createFunctionRegistry } from "../functions/function-registry.ts";
import type { StackProcess } from "../processes/stack-process.ts";
import { type CloudAssembly, loadCloudAssembly } from "../templates/cloud-assembly.ts";
import { lapsedSettings, projectDirectory, synthesize } from "../templates/synthesis.ts";
import { createStack } from "./created-stack.ts";
import { runStack } from "./run-stack.ts";
import { claimStackFile, releaseStackFile, writeStackFile } from "./stack-file.ts";
import { prepareStateFiles } from "./state-files.ts";

const loadAssembly = async (
  { assembly, timeLapse }: LocalOptions,
  outputDirectory: string,
  { shutdown }: StackProcess,
): Promise<CloudAssembly> => {
  if (assembly !== undefined) return loadCloudAssembly(assembly);
  const settings = lapsedSettings(timeLapse);
  await synthesize({ project: projectDirectory, outputDirectory, settings }, shutdown);
  return loadCloudAssembly(outputDirectory);
};

/** An engine that keeps tables keeps their streams too. */
const findCheckpointFile = (
  { dataDirectory }: LocalOptions,
  engine: DynamoDbEngine,
  stateDirectory: string,
): string | undefined => {
  const directory = engine.kind === "endpoint" ? stateDirectory : dataDirectory;
  return directory === undefined ? undefined : join(directory, "stream-checkpoints.json");
};

/**
 * Starts the local stack and resolves when it takes events. Its stages: the synthesized cloud assembly, the created stack
 * (resources on emulators), the running stack (functions and what invokes them), the open API. Files go to `.local` in the
 * working directory.
 */
export const startStack = async (
  options: LocalOptions,
  stackProcess: StackProcess,
): Promise<void> => {
  const { say, print, shutdown } = stackProcess;
  const files = prepareStateFiles();
  const { directory: stateDirectory } = files;
  await claimStackFile(files.stack);
  const apiPort = await takeApiPort(options.port, shutdown);
  const engine = chooseEngine(options, process.env["AWS_ENDPOINT_URL_DYNAMODB"]);
  say("Building and synthesizing the stacks, starting the emulators …\n");

  const secrets = createSecretStore(Date.now);
  const registry = createFunctionRegistry();
  const emulators = { engine, secrets, findFunction: registry.find };
  // The emulators start while the synthesis runs, which takes longer.
  const [assembly, { endpoints, trimStream }] = await Promise.all([
    loadAssembly(options, files.assembly, stackProcess),
    startEmulators(options, emulators, { ...stackProcess, stateDirectory }),
  ]);
  const created = await createStack(assembly, { endpoints, secrets, apiUrl: apiPort.url });
  const { timeLapse } = options;
  const checkpointFile = findCheckpointFile(options, engine, stateDirectory);
  const settings = { checkpointFile, trimStream, timeLapse, files, registry, stackProcess };
  const { description, listener, ...running } = await runStack(created, settings);
  await stackProcess.beforeOpen?.(description);
  apiPort.open(withFrontPage(frontPage(description), listener));

  writeStackFile(files.stack, description);
  shutdown.add(() => releaseStackFile(files.stack, description.pid));
  const notRun = [...created.notCreated, ...running.notRun];
  say(textBeforeReady({ engine, options, stateDirectory, notRun, broken: running.broken }));
  print(`ready ${apiPort.url}`);
  print(textAfterReady(description));
};
