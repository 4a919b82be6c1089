import { resolve } from "node:path";

/** A path as the person meant it: npm runs scripts in the project's folder and says in INIT_CWD where the person stands. */
export const givenPath = (path: string): string =>
  resolve(process.env["INIT_CWD"] ?? process.cwd(), path);
