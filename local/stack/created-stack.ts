import {
  createLocalClients,
  type Endpoints,
  type LocalClients,
} from "../emulators/local-clients.ts";
import type { CloudAssembly } from "../templates/cloud-assembly.ts";
import { createDeployment, type Deployment } from "../templates/resolved-templates.ts";

/** The templates with everything resolved, and the way to the emulators that carry them. */
export interface System {
  readonly deployment: Deployment;
  readonly clients: LocalClients;
  readonly endpoints: Endpoints;
  readonly apiUrl: string;
  readonly region: string;
  readonly account: string;
}
const account = "000000000000";

/** Joins templates and emulators. Stacks that are bound to no region are in us-east-1. */
export function createSystem(
  assembly: CloudAssembly,
  { endpoints, apiUrl }: { readonly endpoints: Endpoints; readonly apiUrl: string },
): System {
  const region = assembly.stacks.find((stack) => stack.region !== undefined)?.region ?? "us-east-1";
  const place = { region, account, queueBaseUrl: endpoints.sqs, apiUrl };
  return {
    deployment: createDeployment(assembly, place),
    clients: createLocalClients(endpoints, region),
    endpoints,
    apiUrl,
    region,
    account,
  };
}
