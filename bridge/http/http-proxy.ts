import { CommandError } from "../terminal/command-error.ts";
import { isExcepted } from "./no-proxy.ts";
import { isThisMachine } from "./this-machine.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** A proxy that tunnels to an address. `shown` names it and where it was set, without credentials. */
export type HttpProxy = {
  readonly url: URL;
  /** The value of `Proxy-Authorization`. */
  readonly authorization?: string;
  readonly shown: string;
};

// HTTP_PROXY is meant for http://, which never leaves this machine here; where it is all that is set, it is the proxy.
const variables = ["HTTPS_PROXY", "ALL_PROXY", "HTTP_PROXY"].flatMap((name) => [
  name.toLowerCase(),
  name,
]);

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const authorizationOf = ({ username, password }: URL): string | undefined =>
  username === "" && password === ""
    ? undefined
    : `Basic ${Buffer.from(`${decode(username)}:${decode(password)}`).toString("base64")}`;

/** What is set, read as curl does: without a scheme it is http://. Not repeated where it is wrong: it may hold a password. */
const readProxy = (variable: string, text: string): HttpProxy => {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const given = URL.canParse(full) ? new URL(full) : undefined;
  if (given === undefined || !["http:", "https:"].includes(given.protocol))
    throw new CommandError(
      `${variable} names no proxy that the bridge can use: give http://HOST:PORT, or name the adapter's host in NO_PROXY`,
    );
  const authorization = authorizationOf(given);
  const url = new URL(`${given.protocol}//${given.host}`);
  return {
    url,
    ...(authorization !== undefined && { authorization }),
    shown: `the proxy ${url.origin} (${variable})`,
  };
};

/**
 * The proxy for an address by HTTPS_PROXY, ALL_PROXY, HTTP_PROXY and NO_PROXY, in small letters first; undefined where it is
 * reached without one, as everything on this machine is. Throws CommandError for a proxy that cannot be used.
 */
export const findProxy = (address: string, environment: Environment): HttpProxy | undefined => {
  const url = new URL(address);
  if (isThisMachine(url)) return undefined;
  const variable = variables.find((name) => Boolean(environment[name]?.trim()));
  const noProxy = environment["no_proxy"] || environment["NO_PROXY"] || "";
  if (variable === undefined || isExcepted(url, noProxy)) return undefined;
  return readProxy(variable, environment[variable]?.trim() ?? "");
};
