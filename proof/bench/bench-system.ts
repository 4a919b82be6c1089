import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseEngine } from "../../local/emulators/choose-engine.ts";
import { startEmulators } from "../../local/emulators/emulators.ts";
import { createSecretStore } from "../../local/emulators/secret-store.ts";
import type { FunctionDefinition } from "../../local/functions/function-definition.ts";
import { readFunctions } from "../../local/resources/functions.ts";
import { createLocalAccess } from "../../local/resources/local-access.ts";
import type { Endpoints, LocalClients } from "../../local/resources/local-clients.ts";
import { createResources } from "../../local/resources/resources.ts";
import { createShutdown } from "../../local/shutdown.ts";
import { projectDirectory, synthesize } from "../../local/synthesis.ts";
import { createSystem } from "../../local/system.ts";
import { type CloudAssembly, loadCloudAssembly } from "../../local/template/cloud-assembly.ts";

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

/** Starts emulators of their own for one measurement: an emulator gets slower with every record of its streams. */
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
  const endpoints = await startEmulators(
    { dataDirectory: undefined },
    { engine, secrets, findFunction: () => undefined },
    { stateDirectory, shutdown, onDeath },
  );
  const system = createSystem(await assembly, { endpoints, apiUrl: "http://127.0.0.1:1" });
  await createResources(system.deployment, system.clients, secrets);
  const access = createLocalAccess(new Date());
  const stage = (name: string) => `dn-registration-local-${name}`;
  const keys = secrets.find("dn-registration-local/bridge-keys");
  if (keys !== undefined)
    secrets.put({ ...keys, text: JSON.stringify({ keys: [access.bridgeKey] }) });
  return {
    clients: system.clients,
    bridgeKey: access.bridgeKey.key,
    statusTable: stage("status"),
    historyTable: stage("history"),
    endpoints,
    definition: (name, others) => {
      const all = readFunctions(system.deployment, { ...endpoints, ...others }, system);
      return all.find((one) => one.name === stage(name)) ?? fail(`function ${name}`);
    },
    stop: shutdown.run,
  };
};
