import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { sameSpelling } from "../http/api-address.ts";
import { CommandError } from "../terminal/command-error.ts";
import { givenPath } from "../terminal/given-path.ts";
import { openSpool, type Spool } from "./spool.ts";

/** Where the spool for an address lies among others. */
const directoryIn = (folder: string, url: string): string => {
  const { host, pathname } = new URL(url);
  const name = `${host}${pathname}`.replaceAll(/[^A-Za-z0-9.-]+/g, "_").replace(/_$/, "");
  return resolve(folder, name);
};

/** The addresses that a spool was last used for; none of a new one. */
const addressesOf = (spool: Spool): readonly string[] =>
  spool.fact("url")?.split(" ").map(sameSpelling) ?? [];

const isForAll = (spool: Spool, urls: readonly string[]): boolean => {
  const known = new Set(addressesOf(spool));
  return urls.every((url) => known.has(url));
};

const waitingIn = (spool: Spool): string =>
  `${spool.size()} events in the spool ${spool.directory}`;

/** Closes what is not used. Throws CommandError where events wait in it: left behind, they would be as good as lost. */
const leave = (spools: readonly Spool[], used: Spool): void => {
  const full = spools.find((spool) => spool.size() > 0);
  const why = full && `${waitingIn(full)} wait for ${addressesOf(full).join(" or ")}`;
  for (const spool of spools) spool.close();
  if (why === undefined) return;
  used.close();
  throw new CommandError(`${why}: send them first, by giving this address alone with --url`);
};

/**
 * Several addresses have one spool. It is that of the first one, unless there is one already: then an address was added, or
 * their order has changed.
 */
const openIn = (folder: string, urls: readonly string[]): Spool => {
  const [first = "", ...others] = new Set(urls.map((url) => directoryIn(folder, url)));
  const hasSpool = (directory: string): boolean => existsSync(join(directory, "spool.sqlite"));
  const spools = [first, ...others].filter(hasSpool).map(openSpool);
  const used = spools.find((spool) => isForAll(spool, urls)) ?? spools[0];
  if (used === undefined) return openSpool(first);
  leave(
    spools.filter((spool) => spool !== used),
    used,
  );
  return used;
};

/**
 * Opens the spool for some addresses, of which the first is preferred: the one that a person gives, else one in `folder`,
 * which is in the project's, where commands run. Throws CommandError where events wait in it for other addresses: what was
 * read for one stack must not reach another.
 */
export const openSpoolOf = (
  urls: readonly string[],
  given: string | undefined,
  folder = ".bridge",
): Spool => {
  const spool = given === undefined ? openIn(folder, urls) : openSpool(givenPath(given));
  const others = addressesOf(spool);
  if (others.length > 0 && !others.some((url) => urls.includes(url)) && spool.size() > 0) {
    const waiting = waitingIn(spool);
    spool.close();
    throw new CommandError(
      `${waiting} wait for ${others.join(" or ")}: send them there first, or give another --spool`,
    );
  }
  const fact = urls.join(" ");
  // Nothing is written where nothing is new: the disk may be full.
  if (spool.fact("url") !== fact) spool.state("url", fact);
  return spool;
};
