import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseEngine } from "../../local/emulators/choose-engine.ts";
import type { Endpoints, LocalClients } from "../../local/emulators/local-clients.ts";
import { createSecretStore } from "../../local/emulators/secret-store.ts";
import { startEmulators } from "../../local/emulators/start-emulators.ts";
import type { FunctionDefinition } from "../../local/functions/function-definition.ts";
import { readFunctions } from "../../local/functions/read-functions.ts";
import { createShutdown } from "../../local/processes/shutdown.ts";
import { createStack } from "../../local/stack/created-stack.ts";
import { createLocalAccess } from "../../local/stack/local-access.ts";
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
  const { endpoints } = await startEmulators(
    { dataDirectory: undefined },
    { engine, secrets, findFunction: () => undefined },
    { stateDirectory, shutdown, onDeath },
  );
  const apiUrl = "http://127.0.0.1:1";
  const stack = await createStack(await assembly, { endpoints, secrets, apiUrl });
  const access = createLocalAccess(new Date());
  const stage = (name: string) => `dn-registration-local-${name}`;
  const keys = secrets.find("dn-registration-local/bridge-keys");
  if (keys !== undefined)
    secrets.put({ ...keys, text: JSON.stringify({ keys: [access.bridgeKey] }) });
  return {
    clients: stack.clients,
    bridgeKey: access.bridgeKey.key,
    statusTable: stage("status"),
    historyTable: stage("history"),
    endpoints,
    definition: (name, others) => {
      const all = readFunctions(stack.templates, { ...endpoints, ...others }, stack);
      return all.find((one) => one.name === stage(name)) ?? fail(`function ${name}`);
    },
    stop: shutdown.run,
  };
};
