import type { RequestListener } from "node:http";
import { apiListener } from "../api/api-listener.ts";
import type { InsteadAnswers } from "../api/instead-answers.ts";
import { readHttpApi } from "../api/read-http-api.ts";
import { hasSpace } from "../disk/disk-space.ts";
import { watchDisk } from "../disk/disk-watch.ts";
import type { TrimStream } from "../emulators/dynamodb-engine.ts";
import { startEventSources } from "../event-sources/start-event-sources.ts";
import { keepCheckpoints, memoryCheckpoints } from "../event-sources/streams/checkpoints.ts";
import { startStreamTrimmer } from "../event-sources/streams/stream-trimmer.ts";
import type { FindFunction, FunctionRegistry } from "../functions/function-registry.ts";
import { startFunctions } from "../functions/local-functions.ts";
import { readFunctions } from "../functions/read-functions.ts";
import { systemClock } from "../processes/stack-clock.ts";
import type { StackProcess } from "../processes/stack-process.ts";
import { startSchedules } from "../schedules/start-schedules.ts";
import { relaySubscriptions } from "../subscriptions/relayed-subscriptions.ts";
import type { AccessFile } from "./access-file.ts";
import { followAlerts } from "./alert-follower.ts";
import type { CreatedStack } from "./created-stack.ts";
import { grantLocalAccess } from "./local-access.ts";
import type { LocalServices } from "./local-services.ts";
import { describeStack, type StackDescription } from "./stack-description.ts";
import type { StateFiles } from "./state-files.ts";

type RunSettings = {
  /** Keeps the positions in the streams for the next start; undefined when no table is kept. */
  readonly checkpointFile: string | undefined;
  /** Undefined when the streams need no trimming. */
  readonly trimStream: TrimStream | undefined;
  /** Where the tables are that end with the stack, if they fill a disk. */
  readonly scratchParent: string | undefined;
  /** The divisor of all waiting times. */
  readonly timeLapse: number;
  readonly files: StateFiles;
  /** Where the keys and tokens are kept. */
  readonly access: AccessFile;
  readonly registry: FunctionRegistry;
  readonly insteadAnswers: InsteadAnswers;
  readonly stackProcess: StackProcess;
};
type RunningStack = {
  readonly description: StackDescription;
  /** Answers the requests of the HTTP API. */
  readonly listener: RequestListener;
  /** What the templates ask for and the local stack does not run, one line each. */
  readonly notRun: readonly string[];
  /** Functions that cannot be loaded, one line each. */
  readonly broken: readonly string[];
};

/** Describes the stack with a key and a token, which its secrets accept from here on. */
const describeWithAccess = (
  { templates, apiUrl, region, guardedEndpoints, credentials, secrets }: CreatedStack,
  { files, access, timeLapse }: RunSettings,
): StackDescription => {
  const description = describeStack(templates, {
    url: apiUrl,
    region,
    endpoints: guardedEndpoints,
    credentials,
    alertsFile: files.alerts,
    timeLapse,
  });
  return { ...description, ...grantLocalAccess(secrets, description.secrets, access, new Date()) };
};

const createServices = (
  { clients, region, account }: CreatedStack,
  findFunction: FindFunction,
  { checkpointFile, trimStream, scratchParent, timeLapse, stackProcess }: RunSettings,
): LocalServices => {
  const { say, shutdown, onDeath } = stackProcess;
  const stopping = new AbortController();
  shutdown.add(() => stopping.abort());
  const stop = stopping.signal;
  const onFailureOf = (what: string) => (error: unknown) => {
    if (!stop.aborted) onDeath(`${what} (${String(error)})`);
  };
  const clock = systemClock(stop);
  const checkpoints =
    checkpointFile === undefined
      ? memoryCheckpoints()
      : keepCheckpoints(checkpointFile, { say, clock, onFailure: onFailureOf("the disk watch") });
  if (scratchParent !== undefined) {
    const watched = { directory: scratchParent, hasSpace: () => hasSpace(scratchParent) };
    watchDisk({ ...watched, say, wait: clock.wait }).catch(onFailureOf("the disk watch"));
  }
  const onFailure = onFailureOf("the trimming of streams");
  const trimmer = trimStream && startStreamTrimmer(trimStream, { checkpoints, clock, onFailure });
  const shared = { checkpoints, trimmer, clock, timeLapse, stop, say, onFailureOf };
  return { findFunction, clients, region, account, ...shared };
};

/** Runs a created stack: its functions, what invokes them (event sources, subscriptions, schedules), and the alert follower. */
export const runStack = async (
  created: CreatedStack,
  settings: RunSettings,
): Promise<RunningStack> => {
  const { templates, account } = created;
  const { registry, files, stackProcess } = settings;
  const description = describeWithAccess(created, settings);
  const definitions = readFunctions(templates, created);
  const functions = startFunctions(definitions, files.functionLog, stackProcess);
  registry.register(functions.find);
  const services = createServices(created, functions.find, settings);
  const [broken] = await Promise.all([
    functions.warm(),
    followAlerts(services, description.topics.alerts, description.alertsFile),
  ]);
  const notRun = [
    ...startEventSources(templates, services),
    ...(await relaySubscriptions(templates, services)),
    ...startSchedules(templates, services),
  ];
  const api = readHttpApi(templates, functions.find, account);
  return { description, listener: apiListener(api, settings.insteadAnswers), notRun, broken };
};
