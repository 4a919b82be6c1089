import type { RequestListener } from "node:http";
import { followAlerts } from "./alert-follower.ts";
import type { SecretStore } from "./emulators/secret-store.ts";
import { fileCheckpoints, memoryCheckpoints } from "./event-sources/checkpoints.ts";
import { apiListener } from "./http/api-listener.ts";
import type { LateFunctions } from "./late-functions.ts";
import { startFunctions } from "./local-functions.ts";
import { readApi } from "./resources/api.ts";
import { readFunctions } from "./resources/functions.ts";
import { createLocalAccess } from "./resources/local-access.ts";
import { grantLocalAccess } from "./resources/secrets.ts";
import { startStreamMappings } from "./resources/stream-mappings.ts";
import type { Runner } from "./runner.ts";
import { describeStack } from "./stack-description.ts";
import type { StackDescription } from "./stack-file.ts";
import type { StateFiles } from "./state-files.ts";
import type { System } from "./system.ts";

/** What the moving parts are run with. */
export interface RunParts {
  /** Where kept tables' streams are read on from at the next start; undefined where nothing is kept. */
  readonly checkpointFile: string | undefined;
  readonly files: StateFiles;
  readonly secrets: SecretStore;
  readonly functions: LateFunctions;
  readonly runner: Runner;
}
/** The system when it moves. */
export interface RunningSystem {
  readonly description: StackDescription;
  readonly listener: RequestListener;
  /** Event sources that are not run, a line each. */
  readonly notRun: readonly string[];
  /** Functions that cannot be loaded, a line each. */
  readonly broken: readonly string[];
}

/** Starts everything that moves: functions, event sources, the alert follower. The resources must be there. */
export async function runSystem(system: System, parts: RunParts): Promise<RunningSystem> {
  const { deployment, clients, endpoints } = system;
  const { checkpointFile, files, secrets, runner } = parts;
  const access = createLocalAccess(new Date());
  const description = describeStack(deployment, {
    url: system.apiUrl,
    region: system.region,
    endpoints,
    access,
    alertsFile: files.alerts,
  });
  grantLocalAccess(secrets, description.secrets, access);

  const definitions = readFunctions(deployment, endpoints, system);
  const functions = startFunctions(definitions, files.functionLog, runner);
  parts.functions.arrive(functions.find);
  const stop = new AbortController();
  runner.shutdown.add(() => stop.abort());
  const [broken] = await Promise.all([
    functions.warm(),
    followAlerts(clients, description.topics.alerts, description.alertsFile, stop.signal),
  ]);
  const notRun = startStreamMappings(deployment, {
    ...runner,
    find: functions.find,
    clients,
    region: system.region,
    checkpoints:
      checkpointFile === undefined ? memoryCheckpoints() : fileCheckpoints(checkpointFile),
    stop: stop.signal,
  });
  const api = readApi(deployment, functions.find, system.account);
  return { description, listener: apiListener(api), notRun, broken };
}
