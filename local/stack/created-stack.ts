import {
  createLocalClients,
  type Endpoints,
  type LocalClients,
} from "../emulators/local-clients.ts";
import type { AwsCredentials } from "../emulators/request-signature.ts";
import type { SecretStore } from "../emulators/secret-store.ts";
import { createResources } from "../resources/create-resources.ts";
import type { CloudAssembly } from "../templates/cloud-assembly.ts";
import { type ResolvedTemplates, resolveTemplates } from "../templates/resolved-templates.ts";

/** What a stack is created on: the emulators and the address of its API. */
export type StackFoundation = {
  /** For the stack itself and its functions. */
  readonly endpoints: Endpoints;
  /** For other programs. */
  readonly guardedEndpoints: Endpoints;
  /** What the functions and other programs sign with. */
  readonly credentials: AwsCredentials;
  readonly secrets: SecretStore;
  readonly apiUrl: string;
};
/** The stack when its resources exist on the emulators and nothing runs yet: no function, no event source, no schedule. */
export type CreatedStack = StackFoundation & {
  readonly templates: ResolvedTemplates;
  readonly clients: LocalClients;
  readonly region: string;
  readonly account: string;
  /** Resources that the local stack does not support, one line each. */
  readonly notCreated: readonly string[];
};
const account = "000000000000";

/** Resolves the templates and creates their resources on the emulators. Stacks without a region are in us-east-1. */
export const createStack = async (
  assembly: CloudAssembly,
  foundation: StackFoundation,
): Promise<CreatedStack> => {
  const { endpoints, secrets, apiUrl } = foundation;
  const region = assembly.stacks.find((stack) => stack.region !== undefined)?.region ?? "us-east-1";
  const location = { region, account, queueBaseUrl: endpoints.sqs, apiUrl };
  const templates = resolveTemplates(assembly, location);
  const clients = createLocalClients(endpoints, region);
  const notCreated = await createResources(templates, clients, secrets);
  return { ...foundation, templates, clients, region, account, notCreated };
};
