import { CommandError } from "../operations/command-error.ts";
import { readLocalStack } from "../operations/local-stack.ts";
import { readTextFile } from "../operations/read-text-file.ts";
import { UsageError } from "../operations/usage-error.ts";
import { isBridgeKey } from "./sign.ts";

/** Where to send, and with which key. */
export interface BridgeSettings {
  readonly url: string;
  readonly key: string;
}

/** The content of a file that holds one secret, without the white space around it. */
export const readSecretFile = async (file: string): Promise<string> =>
  (await readTextFile(file)).trim();

const checkKey = (key: string, from: string): string => {
  if (isBridgeKey(key)) return key;
  throw new CommandError(
    `${from} holds no bridge key: one begins with whsec_ and is made by npm run keys -- add`,
  );
};

const checkUrl = (url: string): string => {
  if (URL.canParse(url) && /^https?:/.test(url)) return url;
  throw new UsageError("--url: give the address with https:// (or http:// on this machine)");
};

const givenKey = async (keyFile: string | undefined, environmentKey: string | undefined) => {
  if (keyFile !== undefined) return checkKey(await readSecretFile(keyFile), keyFile);
  return environmentKey ? checkKey(environmentKey.trim(), "BRIDGE_KEY") : undefined;
};

/**
 * The address and key as given, else those of the stack that runs on this machine. The local key is never used for
 * another address.
 */
export const readBridgeSettings = async (
  options: { readonly url?: string | undefined; readonly "key-file"?: string | undefined },
  environmentKey: string | undefined,
): Promise<BridgeSettings> => {
  const key = await givenKey(options["key-file"], environmentKey);
  if (options.url !== undefined) {
    if (key === undefined)
      throw new UsageError("--url needs a key: give --key-file FILE or set BRIDGE_KEY");
    return { url: checkUrl(options.url), key };
  }
  const stack = await readLocalStack();
  if (stack?.local === undefined)
    throw new CommandError(
      "no local stack is running: start it with npm start, or give --url and --key-file",
    );
  return { url: stack.url, key: key ?? stack.local.bridge.key };
};
