import { resolve } from "node:path";
import { CommandError } from "../terminal/command-error.ts";
import { givenPath } from "../terminal/given-path.ts";
import { openSpool, type Spool } from "./spool.ts";

/** Where the spool for an address lies unless a person says otherwise: in the project's folder, which is the working one. */
const defaultDirectory = (url: string): string => {
  const { host, pathname } = new URL(url);
  const name = `${host}${pathname}`.replaceAll(/[^A-Za-z0-9.-]+/g, "_").replace(/_$/, "");
  return resolve(".bridge", name);
};

/**
 * Opens the spool of an address. Throws CommandError where events wait in it for another one: what was read for one
 * stack must not reach another.
 */
export const openSpoolOf = (url: string, given: string | undefined): Spool => {
  const spool = openSpool(given === undefined ? defaultDirectory(url) : givenPath(given));
  const other = spool.fact("url");
  if (other !== undefined && other !== url && spool.size() > 0) {
    const { directory } = spool;
    const waiting = spool.size();
    spool.close();
    throw new CommandError(
      `${waiting} events in the spool ${directory} wait for ${other}: send them there first, or give another --spool`,
    );
  }
  // Nothing is written where nothing is new: the disk may be full.
  if (other !== url) spool.state("url", url);
  return spool;
};
