import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseEngine } from "../../local/emulators/choose-engine.ts";
import {
  type Endpoints,
  type LocalClients,
  localCredentials,
} from "../../local/emulators/local-clients.ts";
import { createSecretStore } from "../../local/emulators/secret-store.ts";
import { startEmulators } from "../../local/emulators/start-emulators.ts";
import type { FunctionDefinition } from "../../local/functions/function-definition.ts";
import { readFunctions } from "../../local/functions/read-functions.ts";
import { createShutdown } from "../../local/processes/shutdown.ts";
import { memoryAccess } from "../../local/stack/access-file.ts";
import { createStack } from "../../local/stack/created-stack.ts";
import { grantLocalAccess } from "../../local/stack/local-access.ts";
import { type CloudAssembly, loadCloudAssembly } from "../../local/templates/cloud-assembly.ts";
import { projectDirectory, synthesize } from "../../local/templates/synthesis.ts";

/** The stacks' resources on fresh emulators, with nothing that moves: no stream is read, no queue emptied. */
export type BenchSystem = {
  readonly clients: LocalClients;
  readonly bridgeKey: string;
  readonly statusTable: string;
  readonly historyTable: string;
  /** A function of the stacks by its name, its variables pointing to the emulators. */
  readonly definition: (name: string, endpoints?: Partial<Endpoints>) => FunctionDefinition;
  readonly endpoints: Endpoints;
  readonly stop: () => Promise<void>;
};

let assembly: Promise<CloudAssembly> | undefined;

const assemble = async (): Promise<CloudAssembly> => {
  const shutdown = createShutdown();
  const outputDirectory = mkdtempSync(join(tmpdir(), "bench-assembly-"));
  process.once("exit", () => rmSync(outputDirectory, { recursive: true, force: true }));
  await synthesize({ project: projectDirectory, outputDirectory, settings: {} }, shutdown);
  return loadCloudAssembly(outputDirectory);
};

const fail = (what: string): never => {
  throw new Error(`${what} has ended in the middle of a measurement`);
};

/** Starts emulators of their own for one measurement: what the last one left would be measured too. */
export const startBenchSystem = async (): Promise<BenchSystem> => {
  assembly ??= assemble();
  const shutdown = createShutdown();
  const stateDirectory = mkdtempSync(join(tmpdir(), "bench-"));
  shutdown.add(() => rmSync(stateDirectory, { recursive: true, force: true }));
  const secrets = createSecretStore(Date.now);
  const engine = chooseEngine({ engine: undefined, dataDirectory: undefined }, undefined);
  const onDeath = (what: string): void => {
    if (!shutdown.started()) fail(what);
  };
  const credentials = localCredentials;
  const addresses = await startEmulators(
    { dataDirectory: undefined },
    { engine, secrets, credentials, findFunction: () => undefined },
    { stateDirectory, shutdown, onDeath },
  );
  const apiUrl = "http://127.0.0.1:1";
  const stack = await createStack(await assembly, { ...addresses, secrets, credentials, apiUrl });
  const stage = (name: string) => `dn-registration-local-${name}`;
  const names = {
    bridgeKeys: "dn-registration-local/bridge-keys",
    readerTokens: "dn-registration-local/reader-tokens",
  };
  const { bridge } = grantLocalAccess(secrets, names, memoryAccess(), new Date());
  const { endpoints } = addresses;
  return {
    clients: stack.clients,
    bridgeKey: bridge.key,
    statusTable: stage("status"),
    historyTable: stage("history"),
    endpoints,
    definition: (name, others) => {
      const surroundings = { ...stack, endpoints: { ...endpoints, ...others } };
      const all = readFunctions(stack.templates, surroundings);
      return all.find((one) => one.name === stage(name)) ?? fail(`function ${name}`);
    },
    stop: shutdown.run,
  };
};
