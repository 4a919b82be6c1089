import type { RequestListener } from "node:http";
import { apiListener } from "../api/api-listener.ts";
import { type FindFunction, readApi } from "../api/read-http-api.ts";
import type { SecretStore } from "../emulators/secret-store.ts";
import { memoryCheckpoints } from "../event-sources/streams/checkpoints.ts";
import { keepCheckpoints } from "../event-sources/streams/keep-checkpoints.ts";
import type { LateFunctions } from "../functions/function-registry.ts";
import { startFunctions } from "../functions/local-functions.ts";
import { readFunctions } from "../functions/read-functions.ts";
import { systemClock } from "../processes/stack-clock.ts";
import type { Runner } from "../processes/stack-process.ts";
import { grantLocalAccess } from "../resources/secrets.ts";
import { followAlerts } from "./alert-follower.ts";
import type { System } from "./created-stack.ts";
import { createLocalAccess } from "./local-access.ts";
import type { Surroundings } from "./local-services.ts";
import { startMovingParts } from "./moving-parts.ts";
import { describeStack } from "./stack-description.ts";
import type { StackDescription } from "./stack-file.ts";
import type { StateFiles } from "./state-files.ts";

/** What the moving parts are run with. */
export interface RunParts {
  /** Where kept tables' streams are read on from at the next start; undefined where nothing is kept. */
  readonly checkpointFile: string | undefined;
  /** By what waiting times are divided. */
  readonly timeLapse: number;
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

/** Starts everything that moves: functions, event sources, schedules, the alert follower. The resources must be there. */
export async function runSystem(system: System, parts: RunParts): Promise<RunningSystem> {
  const { deployment } = system;
  const description = describeWithAccess(system, parts);
  const definitions = readFunctions(deployment, system.endpoints, system);
  const functions = startFunctions(definitions, parts.files.functionLog, parts.runner);
  parts.functions.arrive(functions.find);
  const surroundings = createSurroundings(system, functions.find, parts);
  const [broken] = await Promise.all([
    functions.warm(),
    followAlerts(surroundings, description.topics.alerts, description.alertsFile),
  ]);
  const notRun = await startMovingParts(deployment, surroundings);
  const api = readApi(deployment, functions.find, system.account);
  return { description, listener: apiListener(api), notRun, broken };
}

/** Describes the stack; the key and the token that the description names are new, and in the secrets from here on. */
function describeWithAccess(
  system: System,
  { files, secrets, timeLapse }: RunParts,
): StackDescription {
  const access = createLocalAccess(new Date());
  const description = describeStack(system.deployment, {
    url: system.apiUrl,
    region: system.region,
    endpoints: system.endpoints,
    access,
    alertsFile: files.alerts,
    timeLapse,
  });
  grantLocalAccess(secrets, description.secrets, access);
  return description;
}

function createSurroundings(
  { clients, region, account }: System,
  find: FindFunction,
  { checkpointFile, timeLapse, runner }: RunParts,
): Surroundings {
  const { say, shutdown, onDeath } = runner;
  const stopping = new AbortController();
  shutdown.add(() => stopping.abort());
  const stop = stopping.signal;
  const endsWith = (what: string) => (error: unknown) => {
    if (!stop.aborted) onDeath(`${what} (${String(error)})`);
  };
  const clock = systemClock(stop);
  const checkpoints =
    checkpointFile === undefined
      ? memoryCheckpoints()
      : keepCheckpoints(checkpointFile, { say, clock, onFailure: endsWith("the disk watch") });
  return { find, clients, region, account, checkpoints, clock, timeLapse, stop, say, endsWith };
}
