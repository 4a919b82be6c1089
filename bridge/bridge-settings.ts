import * as v from "valibot";
import { readRunningStack } from "./running-stack.ts";
import { isBridgeKey } from "./sign.ts";
import { CommandError } from "./terminal/command-error.ts";
import { readTextFile } from "./terminal/read-text-file.ts";
import { UsageError } from "./terminal/usage-error.ts";

/** Where to send, and with which key. */
export type BridgeSettings = {
  readonly url: string;
  /** Reads the key again: it may have been replaced. */
  readonly readKey: () => Promise<string>;
  /** Whether this is the stack that runs on this machine. */
  readonly isLocal: boolean;
  /** The name of the key, where the bridge can know it. */
  readonly application?: string;
};

/** What a person said about the address and the key. */
export type GivenSettings = {
  readonly url?: string | undefined;
  readonly keyFile?: string | undefined;
  readonly environmentKey?: string | undefined;
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

const checkUrl = (url: string): string => {
  if (URL.canParse(url) && /^https?:/.test(url)) return url;
  throw new UsageError("--url: give the address with https:// (or http:// on this machine)");
};

const keyReader = ({ keyFile, environmentKey }: GivenSettings) => {
  if (keyFile !== undefined) return async () => checkKey(await readSecretFile(keyFile), keyFile);
  if (!environmentKey) return undefined;
  return async () => checkKey(environmentKey.trim(), "BRIDGE_KEY");
};

const LocalStackSchema = v.object({
  url: v.pipe(
    v.string(),
    v.url(),
    v.transform((url) => url.replace(/\/+$/, "")),
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
 * The address and key as given, else those of the stack that runs on this machine. The local key is never used for
 * another address.
 */
export const readBridgeSettings = async (given: GivenSettings): Promise<BridgeSettings> => {
  const readKey = keyReader(given);
  await readKey?.();
  const local = await readLocal();
  if (given.url !== undefined) {
    if (readKey === undefined)
      throw new UsageError("--url needs a key: give --key-file FILE or set BRIDGE_KEY");
    const url = checkUrl(given.url);
    return { url, readKey, isLocal: url === local?.url };
  }
  if (local === undefined)
    throw new CommandError(
      "no local stack is running here: give --url and --key-file, or start one with npm start in the adapter's folder",
    );
  const { url, name } = local;
  if (readKey !== undefined) return { url, readKey, isLocal: true };
  return { url, readKey: readLocalKey, isLocal: true, application: name };
};
