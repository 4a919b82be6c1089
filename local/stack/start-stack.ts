import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { takeApiPort } from "../api/api-port.ts";
import { createInsteadAnswers, noInsteadAnswers } from "../api/instead-answers.ts";
import { frontPage, withFrontPage } from "../command/front-page.ts";
import type { LocalOptions } from "../command/local-options.ts";
import { textAfterReady, textBeforeReady } from "../command/welcome.ts";
import { claimDataDirectory } from "../disk/data-directory.ts";
import { chooseEngine } from "../emulators/choose-engine.ts";
import type { DynamoDbEngine } from "../emulators/dynamodb-engine.ts";
import { localCredentials } from "../emulators/local-clients.ts";
import type { AwsCredentials } from "../emulators/request-signature.ts";
import { createSecretStore } from "../emulators/secret-store.ts";
import { startEmulators } from "../emulators/start-emulators.ts";
import { createFunctionRegistry } from "../functions/function-registry.ts";
import type { StackProcess } from "../processes/stack-process.ts";
import { type CloudAssembly, loadCloudAssembly } from "../templates/cloud-assembly.ts";
import { lapsedSettings, projectDirectory, synthesize } from "../templates/synthesis.ts";
import { type AccessFile, memoryAccess, openAccessFile } from "./access-file.ts";
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

// Emulators that take any credentials may keep tables apart by the access key id: it stays the same.
const makeCredentials = (): AwsCredentials => ({
  accessKeyId: localCredentials.accessKeyId,
  secretAccessKey: randomBytes(30).toString("base64url"),
});

const findAccess = ({ dataDirectory }: LocalOptions): AccessFile =>
  dataDirectory === undefined ? memoryAccess() : openAccessFile(join(dataDirectory, "access.json"));

const storeSecrets = (access: AccessFile) =>
  createSecretStore(Date.now, {
    read: () => access.read().secrets,
    write: (secrets) => access.change({ secrets }),
  });

const prepareAnswers = ({ answers }: LocalOptions, { say, shutdown }: StackProcess) => {
  if (answers === undefined) return noInsteadAnswers;
  const insteadAnswers = createInsteadAnswers(answers, Math.random);
  shutdown.add(() => {
    const summary = insteadAnswers.summary();
    if (summary !== undefined) say(summary);
  });
  return insteadAnswers;
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
  // What the stack and its emulators write has keys, tokens and names of people.
  process.umask(0o077);
  const files = prepareStateFiles();
  const { directory: stateDirectory } = files;
  await claimStackFile(files.stack);
  const engine = chooseEngine(options, process.env["AWS_ENDPOINT_URL_DYNAMODB"]);
  const { dataDirectory } = options;
  const warning =
    dataDirectory === undefined ? undefined : await claimDataDirectory(dataDirectory, shutdown);
  const apiPort = await takeApiPort(options.port, shutdown);
  say("Building and synthesizing the stacks, starting the emulators …\n");

  const access = findAccess(options);
  const secrets = storeSecrets(access);
  const credentials = makeCredentials();
  const registry = createFunctionRegistry();
  const emulators = { engine, secrets, credentials, findFunction: registry.find };
  // The emulators start while the synthesis runs, which takes longer.
  const [assembly, { trimStream, scratchParent, ...addresses }] = await Promise.all([
    loadAssembly(options, files.assembly, stackProcess),
    startEmulators(options, emulators, { ...stackProcess, stateDirectory }),
  ]);
  const foundation = { ...addresses, secrets, credentials, apiUrl: apiPort.url };
  const created = await createStack(assembly, foundation);
  const { timeLapse } = options;
  const checkpointFile = findCheckpointFile(options, engine, stateDirectory);
  const { description, listener, ...running } = await runStack(created, {
    ...{ checkpointFile, trimStream, scratchParent, timeLapse, files, access, registry },
    insteadAnswers: prepareAnswers(options, stackProcess),
    stackProcess,
  });
  await stackProcess.beforeOpen?.(description);
  apiPort.open(withFrontPage(frontPage(description), listener));

  writeStackFile(files.stack, description);
  shutdown.add(() => releaseStackFile(files.stack, description.pid));
  const notRun = [...created.notCreated, ...running.notRun];
  const warnings = warning === undefined ? [] : [warning];
  const facts = { engine, options, stateDirectory, notRun, warnings, broken: running.broken };
  say(textBeforeReady(facts));
  print(`ready ${apiPort.url}`);
  print(textAfterReady(description));
};
