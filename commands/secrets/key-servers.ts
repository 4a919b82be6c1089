import * as v from "valibot";
import { UsageError } from "../../bridge/terminal/usage-error.ts";
import {
  everyServer,
  ListedServerSchema,
  maxServersOfKey,
  mayName,
} from "../../lambda/domain/access/bridge-key.ts";

// No T-Server has such a name, and a key for one would let nothing through.
const mistakes: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [/;/, "names are separated by commas, not by semicolons"],
  [/\*/, "no patterns: name each T-Server, or give '*' alone for all"],
  [/["'`\u2018-\u201f]/, "no quotes inside: one pair around the whole list, 'A,B C'"],
  [/^\/servers\//, "the name alone, without /servers/ before it"],
];

const adviceOn = (name: string): string | undefined =>
  mistakes.find(([pattern]) => pattern.test(name))?.[1];

const refuseMistakes = (names: readonly string[]): void => {
  const advice = names.map(adviceOn).find((one) => one !== undefined);
  if (advice !== undefined) throw new UsageError(`--servers: ${advice}`);
};

// It takes one name: advice on lists would mislead.
const refuseMistakenName = (name: string): void => {
  if (adviceOn(name) !== undefined)
    throw new UsageError(
      "--server-name: the name of one T-Server, without * ; quotes or /servers/",
    );
};

/**
 * Throws UsageError where names stand outside the values of `--servers`, which come as arguments then: after a space, or
 * file names that a shell made of a bare asterisk.
 */
export const refuseLooseServers = (
  positionals: readonly string[],
  servers: readonly string[] | undefined,
): void => {
  if (servers !== undefined && positionals.length > 1 && positionals.includes("add"))
    throw new UsageError(
      "--servers: separate the names by commas ('A,B C'), and write '*' in quotes: else the shell makes file names of it",
    );
};

const split = (texts: readonly string[]): string[] => {
  const names = [...new Set(texts.flatMap((text) => text.split(",")).map((name) => name.trim()))];
  if (names.includes("")) throw new UsageError("--servers: a name is empty");
  if (names.length > 1 && names.includes(everyServer))
    throw new UsageError("--servers: '*' means every T-Server: give it alone, or names");
  if (names.length > maxServersOfKey)
    throw new UsageError(`--servers: at most ${maxServersOfKey} names, or '*' for all`);
  if (!names.every((name) => v.is(ListedServerSchema, name)))
    throw new UsageError("--servers: a name has 1 to 128 characters, none a control character");
  if (names.length > 1 || names[0] !== everyServer) refuseMistakes(names);
  return names;
};

/**
 * The T-Servers that a new key may name: the values of `--servers`, joined, and of `--server-name`. Throws UsageError
 * where neither is given, the one contradicts the other, or a value cannot be what was meant.
 */
export const requireServers = (
  texts: readonly string[] | undefined,
  serverName: string | undefined,
): readonly string[] => {
  if (serverName !== undefined) refuseMistakenName(serverName);
  if (texts === undefined && serverName !== undefined) return [serverName];
  if (texts === undefined)
    throw new UsageError(
      "--servers is missing: name the T-Servers whose events this bridge sends, or '*' for all",
    );
  const servers = split(texts);
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

/** What a new key may name, in full. */
export const allServers = (servers: readonly string[]): string =>
  servers[0] === everyServer
    ? "every T-Server"
    : servers.map((name) => JSON.stringify(name)).join(", ");
