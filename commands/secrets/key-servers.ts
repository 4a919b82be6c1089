import * as v from "valibot";
import { UsageError } from "../../bridge/terminal/usage-error.ts";
import {
  everyServer,
  ListedServerSchema,
  maxServersOfKey,
  mayName,
} from "../../lambda/domain/access/bridge-key.ts";

const split = (text: string): string[] => {
  const names = [...new Set(text.split(",").map((name) => name.trim()))];
  if (names.includes("")) throw new UsageError("--servers: a name is empty");
  if (names.length > 1 && names.includes(everyServer))
    throw new UsageError("--servers: '*' means every T-Server: give it alone, or names");
  if (names.length > maxServersOfKey)
    throw new UsageError(`--servers: at most ${maxServersOfKey} names, or '*' for all`);
  if (!names.every((name) => v.is(ListedServerSchema, name)))
    throw new UsageError("--servers: a name has 1 to 128 characters, none a control character");
  return names;
};

/**
 * The T-Servers that a new key may name: the values of `--servers` and `--server-name`. Throws UsageError where neither
 * is given, or the one contradicts the other.
 */
export const requireServers = (
  text: string | undefined,
  serverName: string | undefined,
): readonly string[] => {
  if (text === undefined && serverName !== undefined) return [serverName];
  if (text === undefined)
    throw new UsageError(
      "--servers is missing: name the T-Servers whose events this bridge sends, or '*' for all",
    );
  const servers = split(text);
  if (serverName !== undefined && !mayName({ servers: [...servers] }, serverName))
    throw new UsageError("--server-name must be one of --servers");
  return servers;
};

const readable = 30;
const cut = (name: string): string =>
  name.length <= readable ? name : `${[...name].slice(0, readable - 1).join("")}…`;

/** A key's list in a table: as many names as can be read, and how many more there are. */
export const describeServers = (servers: readonly string[] | undefined): string => {
  if (servers === undefined) return "unrestricted";
  const shown: string[] = [];
  for (const name of servers.map(cut)) {
    if (shown.length > 0 && [...shown, name].join(", ").length > readable) break;
    shown.push(name);
  }
  const more = servers.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "") || "none";
};
