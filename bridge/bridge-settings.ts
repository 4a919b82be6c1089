import * as v from "valibot";
import { type DestinationList, destinationOf } from "./destinations.ts";
import { addressProblem, sameSpelling } from "./http/api-address.ts";
import { isThisMachine } from "./http/this-machine.ts";
import { readRunningStack } from "./running-stack.ts";
import { isBridgeKey } from "./sign.ts";
import { CommandError } from "./terminal/command-error.ts";
import { readTextFile } from "./terminal/read-text-file.ts";
import { UsageError } from "./terminal/usage-error.ts";

/** Where to send, and with which key. */
export type BridgeSettings = {
  /** Where to send: to the first that answers. */
  readonly destinations: DestinationList;
  /** Reads the key again: it may have been replaced. */
  readonly readKey: () => Promise<string>;
  /** Whether the stack that runs on this machine is the only address. */
  readonly isLocal: boolean;
  /** The name of the key, where the bridge can know it. */
  readonly application?: string;
};

/** What a person said about the addresses and the key, and where the proxy variables are. */
export type GivenSettings = {
  readonly urls: readonly string[];
  readonly keyFile?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/** The content of a file that holds one secret, without the white space around it. */
export const readSecretFile = async (file: string): Promise<string> =>
  (await readTextFile(file)).trim();

const checkKey = (key: string, from: string): string => {
  if (isBridgeKey(key)) return key;
  throw new CommandError(
    `${from} holds no bridge key: one begins with whsec_; the adapter's npm run keys -- add makes it`,
  );
};

const keyReader = ({ keyFile, environment }: GivenSettings) => {
  const environmentKey = environment["BRIDGE_KEY"];
  if (keyFile !== undefined) return async () => checkKey(await readSecretFile(keyFile), keyFile);
  if (!environmentKey) return undefined;
  return async () => checkKey(environmentKey.trim(), "BRIDGE_KEY");
};

const LocalStackSchema = v.object({
  url: v.pipe(
    v.string(),
    v.check((url) => addressProblem(url) === undefined && isThisMachine(new URL(url))),
    v.transform(sameSpelling),
  ),
  bridge: v.object({ name: v.string(), key: v.string() }),
  pid: v.number(),
});

const readLocal = async () => {
  const stack = await readRunningStack(LocalStackSchema);
  return stack && { url: stack.url, ...stack.bridge };
};

/** The local stack has a new key each time it starts. */
const readLocalKey = async (): Promise<string> => {
  const stack = await readLocal();
  if (stack === undefined) throw new Error("no local stack is running");
  return stack.key;
};

/**
 * The addresses and the key as given, else those of the stack that runs on this machine. The local key is never used for
 * another address.
 */
export const readBridgeSettings = async (given: GivenSettings): Promise<BridgeSettings> => {
  const readKey = keyReader(given);
  await readKey?.();
  const local = await readLocal();
  const at = (url: string) => destinationOf(url, given.environment);
  const [first, ...others] = given.urls;
  if (first !== undefined) {
    if (readKey === undefined)
      throw new UsageError("--url needs a key: give --key-file FILE or set BRIDGE_KEY");
    const isLocal = given.urls.every((url) => url === local?.url);
    return { destinations: [at(first), ...others.map(at)], readKey, isLocal };
  }
  if (local === undefined)
    throw new CommandError(
      "no local stack is running here: give --url and --key-file, or start one with npm start in the adapter's folder",
    );
  const { url, name } = local;
  const destinations: DestinationList = [at(url)];
  if (readKey !== undefined) return { destinations, readKey, isLocal: true };
  return { destinations, readKey: readLocalKey, isLocal: true, application: name };
};
